/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.Phase;
import dev.weir.event.Price;
import dev.weir.event.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class SingleObjectTest {
  private static final SingleObject<ActionEvent> CODEC = SingleObject.of(ActionEvent.class);

  @Test
  void shouldWriteAsAvrosOwnEncoderWhenARecordIsEncoded() throws IOException {
    ActionEvent event = event("e", "");
    ByteBuffer expected =
        new BinaryMessageEncoder<ActionEvent>(
                SpecificData.getForClass(ActionEvent.class), ActionEvent.getClassSchema())
            .encode(event);

    assertThat(ByteBuffer.wrap(CODEC.encode(event))).isEqualTo(expected);
  }

  @Test
  void shouldReadWhatItWroteWhenSizesAlternate() {
    for (int size : new int[] {0, 200_000, 1, 70_000, 65_536, 0}) {
      ActionEvent event = event("e", "x".repeat(size));
      assertThat(CODEC.decode(CODEC.encode(event))).isEqualTo(event);
    }
  }

  @Test
  void shouldReadWhatItWroteWhenSeveralThreadsShareIt() throws Exception {
    int threads = 8;
    SingleObject<ActionEvent> shared = SingleObject.of(ActionEvent.class);
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Integer>> counts = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      String name = "t" + thread;
      Callable<Integer> work =
          () -> {
            together.await();
            int equal = 0;
            for (int i = 0; i < 500; i++) {
              ActionEvent event = event(name + i, name.repeat(i * 7 % 300));
              equal += shared.decode(shared.encode(event)).equals(event) ? 1 : 0;
            }
            return equal;
          };
      counts.add(pool.submit(work));
    }
    for (Future<Integer> count : counts) {
      assertThat(count.get()).isEqualTo(500);
    }
    pool.shutdown();
  }

  @Test
  void shouldRefuseWhenBytesFollowTheRecord() {
    byte[] bytes = CODEC.encode(event("e", ""));

    assertThatThrownBy(() -> CODEC.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("bytes follow");
    assertThat(CODEC.decode(bytes)).isEqualTo(event("e", ""));
  }

  @Test
  void shouldRefuseWhenTheRecordIsCutAnywhere() {
    byte[] bytes = CODEC.encode(event("e", "text"));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> CODEC.decode(cut)).isInstanceOf(MalformedRecordException.class);
    }
  }

  @Test
  void shouldRefuseWhenTheSchemaIsAnotherRecords() {
    byte[] price =
        SingleObject.of(Price.class)
            .encode(
                Price.newBuilder()
                    .setPolicyDigest(ByteBuffer.allocate(32))
                    .setSequence(1)
                    .setPrice(1)
                    .setCutShare(1)
                    .setWindowActions(1)
                    .setWindowBaseCost(1)
                    .setWindow(List.of())
                    .setCredit(0)
                    .setPartitions(1)
                    .setTaxRatio(1)
                    .setAsOf(Instant.EPOCH)
                    .build());

    assertThat(SingleObject.isSingleObject(price)).isTrue();
    assertThat(CODEC.reads(SingleObject.fingerprint(price))).isFalse();
    assertThatThrownBy(() -> CODEC.decode(price))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("%016x", SingleObject.fingerprint(price));
  }

  @Test
  void shouldRefuseWhenTheMarkerIsAnother() {
    for (String hex : List.of("", "c301", "c3020000000000000000", "000102030405060708")) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      assertThat(SingleObject.isSingleObject(bytes)).isFalse();
      assertThatThrownBy(() -> CODEC.decode(bytes)).isInstanceOf(MalformedRecordException.class);
    }
  }

  @Test
  void shouldReadAnEarlierVersionWhenItIsGiven() throws IOException {
    Schema earlier = withoutCostAndExecuted();
    byte[] written = writtenWith(earlier);

    assertThatThrownBy(() -> CODEC.decode(written)).isInstanceOf(MalformedRecordException.class);
    SingleObject<ActionEvent> both = SingleObject.of(ActionEvent.class, List.of(earlier));
    ActionEvent read = both.decode(written);

    assertThat(both.reads(SingleObject.fingerprint(earlier))).isTrue();
    assertThat(read.getEventId()).isEqualTo("e");
    assertThat(read.getPhase()).isEqualTo(Phase.OBSERVED);
    assertThat(read.getCost()).isNull();
    assertThat(read.getAttributes()).isEqualTo(Map.of("k", "v"));
    assertThat(SingleObject.fingerprint(both.encode(read)))
        .isEqualTo(SingleObject.fingerprint(both.schema()))
        .isNotEqualTo(SingleObject.fingerprint(written));
    assertThat(both.decode(both.encode(read))).isEqualTo(read);
  }

  @Test
  void shouldRefuseWhenAKeyStandsTwiceInAMap() {
    ActionEvent event = event("e", "");
    event.setAttributes(Map.of("k", "1"));
    byte[] one = CODEC.encode(event);
    // 02 "k" "1" 00 becomes 04 "k" "1" "k" "1" 00
    byte[] twice = Arrays.copyOf(one, one.length + 4);
    int map = one.length - 6;
    assertThat(one[map]).isEqualTo((byte) 2);
    twice[map] = 4;
    System.arraycopy(one, map + 1, twice, map + 5, 5);

    assertThatThrownBy(() -> CODEC.decode(twice))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void shouldRefuseWhenTextIsNotUtf8() {
    byte[] bytes = CODEC.encode(event("e", ""));
    bytes[SingleObject.HEADER_BYTES + 1] = (byte) 0xFF;

    assertThatThrownBy(() -> CODEC.decode(bytes)).isInstanceOf(MalformedRecordException.class);
    assertThat(CODEC.decode(CODEC.encode(event("\ufffd", ""))).getEventId()).isEqualTo("\ufffd");
  }

  private static ActionEvent event(String id, String objective) {
    return ActionEvent.newBuilder()
        .setEventId(id)
        .setOccurredAt(Instant.parse("2026-03-01T12:00:00.123Z"))
        .setTaskId("t")
        .setAgent(Agent.newBuilder().setId("a").build())
        .setTool(Tool.newBuilder().setName("n").build())
        .setObjective(objective)
        .build();
  }

  private static Schema withoutCostAndExecuted() {
    Schema current = ActionEvent.getClassSchema();
    String json =
        current
            .toString()
            .replace("[\"PROPOSED\",\"EXECUTED\",\"OBSERVED\"]", "[\"PROPOSED\",\"OBSERVED\"]");
    Schema fewer = new Schema.Parser().parse(json);
    return Schema.createRecord(
        current.getName(),
        current.getDoc(),
        current.getNamespace(),
        false,
        fewer.getFields().stream()
            .filter(field -> !field.name().equals("cost"))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList());
  }

  private static byte[] writtenWith(Schema schema) throws IOException {
    Schema agent = schema.getField("agent").schema();
    Schema tool = schema.getField("tool").schema();
    GenericRecord record =
        new GenericRecordBuilder(schema)
            .set("event_id", "e")
            .set("occurred_at", 1L)
            .set("task_id", "t")
            .set("agent", new GenericRecordBuilder(agent).set("id", "a").build())
            .set("tool", new GenericRecordBuilder(tool).set("name", "n").build())
            .set("attributes", Map.of("k", "v"))
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(SingleObject.HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0xC3)
            .put((byte) 1)
            .putLong(SingleObject.fingerprint(schema))
            .array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
