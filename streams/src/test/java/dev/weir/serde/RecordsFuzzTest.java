/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.event.*;
import dev.weir.event.Disposition;
import dev.weir.event.ExpiryNotice;
import dev.weir.event.Handover;
import dev.weir.event.Reviewer;
import dev.weir.event.Signal;
import dev.weir.event.SignalRow;
import dev.weir.state.*;
import dev.weir.state.OpenReview;
import dev.weir.state.TaskHolds;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * Any bytes behind a record's header are that record, which encodes and decodes again, or are
 * refused as malformed. The first byte says which record.
 */
class RecordsFuzzTest {
  private static final List<SingleObject<? extends SpecificRecord>> CODECS =
      List.of(
          SingleObject.of(ActionEvent.class),
          SingleObject.of(Assessment.class),
          SingleObject.of(Concentration.class),
          SingleObject.of(DeadLetter.class),
          SingleObject.of(DuplicateNotice.class),
          SingleObject.of(Escalation.class),
          SingleObject.of(EscalationEnded.class),
          SingleObject.of(Exposure.class),
          SingleObject.of(PolicyDocument.class),
          SingleObject.of(PolicyPointer.class),
          SingleObject.of(Price.class),
          SingleObject.of(ShadowSample.class),
          SingleObject.of(TaskRisk.class),
          SingleObject.of(ControllerState.class),
          SingleObject.of(FleetEntry.class),
          SingleObject.of(PolicyStanding.class),
          SingleObject.of(TaskCore.class),
          SingleObject.of(TaskObjective.class),
          SingleObject.of(TaskProvenance.class),
          SingleObject.of(TaskRecent.class),
          SingleObject.of(TrialState.class),
          SingleObject.of(AuditState.class),
          SingleObject.of(ChanceEpoch.class),
          SingleObject.of(ChanceState.class),
          SingleObject.of(LedgerHour.class),
          SingleObject.of(Verdict.class),
          SingleObject.of(AgentExposure.class),
          SingleObject.of(AgentRecord.class),
          SingleObject.of(AgentBucket.class),
          SingleObject.of(FindingState.class),
          SingleObject.of(AgentShelf.class),
          SingleObject.of(AgentProfile.class),
          SingleObject.of(AuditReport.class),
          SingleObject.of(Disposition.class),
          SingleObject.of(Handover.class),
          SingleObject.of(ExpiryNotice.class),
          SingleObject.of(GrantNotice.class),
          SingleObject.of(Reviewer.class),
          SingleObject.of(Grant.class),
          SingleObject.of(Signal.class),
          SingleObject.of(SignalRow.class),
          SingleObject.of(Outcome.class),
          SingleObject.of(TaskOutcomes.class),
          SingleObject.of(OpenReview.class),
          SingleObject.of(TaskHolds.class));

  private static final Path GOLDEN = Path.of("..", "schemas", "src", "test", "resources", "golden");
  private static final Path SEEDS =
      Path.of("src/test/resources/dev/weir/serde/RecordsFuzzTestInputs/decode");

  /** With {@code -Dgolden.update=true} the seeds are written anew, and the test fails once. */
  @Test
  void shouldStartFromTheGoldenBytesOfEveryRecord() throws IOException {
    Map<String, byte[]> seeds = new TreeMap<>();
    try (Stream<Path> golden = Files.list(GOLDEN)) {
      for (Path file : golden.toList()) {
        String name = file.getFileName().toString().replaceFirst("-.*", "");
        seeds.put(name, seed(name, Files.readString(file).replace("\n", "")));
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
        Files.write(SEEDS.resolve(seed.getKey()), seed.getValue());
      }
      fail("rewrote %s; commit it and build without golden.update", SEEDS);
    }
    assertThat(seeds).hasSameSizeAs(CODECS);
    for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
      assertThat(SEEDS.resolve(seed.getKey()))
          .as("a seed; -Dgolden.update=true writes it")
          .hasBinaryContent(seed.getValue());
    }
  }

  /** A record's place in the list, then its golden bytes behind the header. */
  private static byte[] seed(String name, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    byte[] seed = Arrays.copyOfRange(bytes, SingleObject.HEADER_BYTES - 1, bytes.length);
    List<String> names = CODECS.stream().map(codec -> codec.schema().getName()).toList();
    assertThat(names).as("records that are fuzzed").contains(name);
    seed[0] = (byte) names.indexOf(name);
    return seed;
  }

  @FuzzTest(maxDuration = "5m")
  void decode(byte[] bytes) {
    if (bytes.length > 0) {
      assertSound(CODECS.get(Byte.toUnsignedInt(bytes[0]) % CODECS.size()), bytes);
    }
  }

  private static <T extends SpecificRecord> void assertSound(SingleObject<T> codec, byte[] bytes) {
    byte[] value =
        ByteBuffer.allocate(SingleObject.HEADER_BYTES + bytes.length - 1)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0xC3)
            .put((byte) 0x01)
            .putLong(SingleObject.fingerprint(codec.schema()))
            .put(bytes, 1, bytes.length - 1)
            .array();
    T record;
    try {
      record = codec.decode(value);
    } catch (MalformedRecordException e) {
      return;
    }
    byte[] encoded = codec.encode(record);
    T again = codec.decode(encoded);
    // A record that holds a NaN equals none by Avro, and the entries of a map have no order.
    assertThat(again.equals(record) || Arrays.equals(codec.encode(again), encoded)).isTrue();
    assertThat(encoded.length).isLessThanOrEqualTo(value.length);
  }
}
