/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.action.Actions;
import dev.weir.event.ActionEvent;
import dev.weir.event.Assessment;
import dev.weir.event.Concentration;
import dev.weir.event.DeadLetter;
import dev.weir.event.Disposition;
import dev.weir.event.DuplicateNotice;
import dev.weir.event.Escalation;
import dev.weir.event.ExpiryNotice;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.event.Reviewer;
import dev.weir.event.Signal;
import dev.weir.event.TaskRisk;
import dev.weir.event.Verdict;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {
  private static final byte[] BYTES = {0, 15, (byte) 255};

  private final RecordJson json = new RecordJson();

  @ParameterizedTest
  @ValueSource(
      classes = {
        ActionEvent.class,
        Assessment.class,
        Escalation.class,
        Disposition.class,
        Verdict.class,
        ExpiryNotice.class,
        Reviewer.class,
        Signal.class,
        DeadLetter.class,
        DuplicateNotice.class,
        TaskRisk.class,
        Exposure.class,
        Price.class,
        Concentration.class
      })
  <R extends SpecificRecord> void shouldShowEveryFieldWhenRecordIsKnown(Class<R> type) {
    R record = filled(type);

    JsonNode shown = json.of(SingleObject.of(type).encode(record));

    assertThat(shown.isObject()).isTrue();
    assertThat(shown.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(
            record.getSchema().getFields().stream().map(Schema.Field::name).toList());
    assertThat(shown.findValuesAsText("digest")).allMatch("000fff"::equals);
    assertThat(shown.findValuesAsText("policy_digest")).allMatch("000fff"::equals);
    assertThat(shown.findValuesAsText("nonce")).allMatch("000fff"::equals);
    shown.findValues("covers").forEach(c -> assertThat(c.get(0).asText()).isEqualTo("000fff"));
  }

  @Test
  void shouldShowActionAsItWasSentWhenItIsJson() {
    JsonNode shown = json.of(Actions.minimal().bytes());

    assertThat(shown.at("/tool/name").asText()).isEqualTo("send_mail");
  }

  @Test
  void shouldShowTheSameWhenActionIsAvro() {
    JsonNode shown = json.of(Actions.avro(Actions.fullEvent()));

    assertThat(shown.at("/occurred_at").asText()).isEqualTo("2026-03-01T11:59:58.125Z");
    assertThat(shown.at("/phase").asText()).isEqualTo("PROPOSED");
    assertThat(shown.at("/tool/annotations/destructive_hint").asBoolean()).isTrue();
    assertThat(shown.at("/attributes/k").asText()).isEqualTo("v");
  }

  @Test
  void shouldShowTextOrBase64WhenBytesAreNothingKnown() {
    assertThat(json.of("no { json".getBytes(UTF_8)).asText()).isEqualTo("no { json");
    assertThat(json.of(BYTES).asText()).isEqualTo("base64:AA//");
    assertThat(json.of(null).isNull()).isTrue();
  }

  @Test
  void shouldShowAllOfItWhenMoreFollowsTheJson() {
    assertThat(json.of("{\"a\":1} {\"b\":2}".getBytes(UTF_8)).asText())
        .isEqualTo("{\"a\":1} {\"b\":2}");
  }

  @Test
  void shouldShowEmptyTextWhenValueIsEmpty() {
    assertThat(json.of(new byte[0])).hasToString("\"\"");
    assertThat(json.of(" ".getBytes(UTF_8))).hasToString("\" \"");
  }

  @Test
  void shouldNotThrowWhenRecordBreaksOff() {
    byte[] whole = Actions.avro(Actions.fullEvent());

    for (int length = 0; length < whole.length; length++) {
      assertThat(json.of(Arrays.copyOf(whole, length)).isTextual()).isTrue();
    }
  }

  @SuppressWarnings("unchecked")
  private static <R extends SpecificRecord> R filled(Class<R> type) {
    SingleObject.of(type); // trusts the generated classes
    return (R) value(SpecificData.getForClass(type).getSchema(type));
  }

  private static Object value(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> {
        SpecificRecord record =
            (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        yield record;
      }
      case UNION -> value(schema.getTypes().get(1));
      case ARRAY -> new ArrayList<>(List.of(value(schema.getElementType())));
      case MAP -> new HashMap<>(Map.of("k", value(schema.getValueType())));
      case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().get(0), schema);
      case BYTES -> ByteBuffer.wrap(BYTES);
      case STRING -> "text";
      case BOOLEAN -> true;
      case INT -> 7;
      case LONG -> schema.getLogicalType() == null ? (Object) 7L : Instant.ofEpochMilli(7);
      case DOUBLE -> 0.5;
      default -> throw new AssertionError(schema);
    };
  }
}
