/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.ActionEvent;
import dev.weir.event.RefusalReason;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of everything that is decoded, whatever the bytes were. */
final class Sound {
  private static final Set<RefusalReason> POSSIBLE =
      Set.of(
          RefusalReason.NO_VALUE,
          RefusalReason.TOO_LARGE,
          RefusalReason.UNKNOWN_ENCODING,
          RefusalReason.UNKNOWN_SCHEMA,
          RefusalReason.MALFORMED_AVRO,
          RefusalReason.MALFORMED_JSON,
          RefusalReason.DUPLICATE_KEY,
          RefusalReason.TOO_DEEP,
          RefusalReason.MISSING_FIELD,
          RefusalReason.WRONG_TYPE,
          RefusalReason.FIELD_TOO_LONG,
          RefusalReason.BAD_NUMBER,
          RefusalReason.BAD_TIME,
          RefusalReason.BAD_VALUE,
          RefusalReason.BAD_TEXT);

  private static final ObjectMapper ORACLE =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private Sound() {}

  /** Two decoders made the same of the same bytes. */
  static void assertSame(Intake one, Intake other) {
    if (one instanceof Action action && other instanceof Action same) {
      assertThat(same.event()).isEqualTo(action.event());
      assertThat(same.arguments()).isEqualTo(action.arguments());
    } else {
      assertThat(other).isEqualTo(one);
    }
  }

  /** An action within every limit, whose record encodes and decodes again, or a refusal. */
  static void assertIntake(Intake intake, byte[] value) {
    if (intake instanceof Refusal refusal) {
      assertThat(refusal.reason()).isIn(POSSIBLE);
      assertThat(refusal.detail()).isNotBlank().hasSizeLessThan(200);
      return;
    }
    Action action = (Action) intake;
    ActionEvent event = action.event();
    assertWithin(event.getEventId(), 1, 128);
    assertWithin(event.getTaskId(), 1, 256);
    assertWithin(event.getAgent().getId(), 1, 256);
    assertWithin(event.getTool().getName(), 1, 256);
    for (String id : Arrays.asList(event.getProposalId(), event.getParentEventId())) {
      assertWithin(id, 0, 128);
    }
    for (String text :
        Arrays.asList(
            event.getAgent().getName(),
            event.getAgent().getModel(),
            event.getAgent().getProvider(),
            event.getAgent().getVersion(),
            event.getAgent().getPrincipal(),
            event.getTool().getServer(),
            event.getTool().getCallId(),
            event.getTool().getType(),
            event.getTraceId(),
            event.getSpanId(),
            event.getConversationId(),
            event.getRequestedTier(),
            event.getLanguage(),
            event.getPrincipalGroup())) {
      assertWithin(text, 0, 256);
    }
    assertWithin(event.getObjective(), 0, 16 << 10);
    assertWithin(event.getArgumentsRaw(), 0, 256 << 10);
    assertWithin(event.getArguments(), 2, 256 << 10);
    assertThat(event.getOccurredAt().toEpochMilli())
        .isBetween(0L, Actions.RECEIVED.toEpochMilli() + 86_400_000);
    Double cost = event.getCost();
    assertThat(cost == null || (cost >= 0 && cost <= Double.MAX_VALUE)).isTrue();
    assertThat(event.getAttributes()).hasSizeLessThanOrEqualTo(64);
    event
        .getAttributes()
        .forEach(
            (key, text) -> {
              assertWithin(key, 1, 256);
              assertWithin(text, 0, 1 << 10);
            });
    assertThat(action.value()).isSameAs(value);
    assertThat(action.digest()).isEqualTo(Digest.of(value));
    assertThat(action.arguments()).isEqualTo(oracle(event.getArguments()));
    assertThat(Actions.accepted(Actions.avro(event)).event()).isEqualTo(event);
  }

  private static void assertWithin(String text, int least, int most) {
    if (text == null) {
      assertThat(least).isNotEqualTo(1);
      return;
    }
    try {
      int bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
      assertThat(bytes).isBetween(least, most);
    } catch (CharacterCodingException e) {
      throw new AssertionError("not Unicode", e);
    }
  }

  private static Object oracle(String text) {
    try {
      return text == null ? Map.of() : plain(ORACLE.readValue(text, Map.class));
    } catch (JsonProcessingException e) {
      throw new AssertionError("databind refuses the arguments", e);
    }
  }

  /** Databind's numbers as Long and Double. */
  static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, inner) -> plain.put(key, plain(inner)));
      return plain;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Sound::plain).collect(Collectors.toCollection(ArrayList::new));
    }
    if (value instanceof Integer whole) {
      return whole.longValue();
    }
    return value instanceof BigInteger whole ? (Object) whole.doubleValue() : value;
  }
}
