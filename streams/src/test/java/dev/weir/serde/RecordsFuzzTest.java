/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.event.*;
import dev.weir.state.*;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

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
          SingleObject.of(TrialState.class));

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
