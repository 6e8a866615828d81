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
import java.nio.ByteBuffer;
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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for all bytes, and for all arguments. */
class ActionDecoderPropertiesTest {
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

  private static final List<byte[]> SEEDS =
      List.of(
          Actions.minimal().bytes(),
          Actions.full().bytes(),
          Actions.avro(Actions.minimalEvent()),
          Actions.avro(Actions.fullEvent()));

  /** One decoder for all tries, as in production: no try may spoil it for the next. */
  private final ActionDecoder used = new ActionDecoder(Limits.DEFAULT);

  @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
  void shouldNeverThrowWhenBytesAreMutated(@ForAll("mutants") byte[] value) {
    Intake intake = used.decode(value, Actions.ORIGIN);

    assertSound(intake, value);
    assertThat(Actions.decoded(value).toString().replaceAll("\\[B@\\w+", ""))
        .isEqualTo(intake.toString().replaceAll("\\[B@\\w+", ""));
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void shouldNeverThrowWhenBytesAreRandom(@ForAll byte[] value) {
    assertSound(used.decode(value, Actions.ORIGIN), value);
  }

  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
  void shouldNeverThrowWhenRandomBytesFollowAnAvroHeader(@ForAll byte[] rest) {
    byte[] value = Arrays.copyOf(SEEDS.get(2), 10 + rest.length);
    System.arraycopy(rest, 0, value, 10, rest.length);

    assertSound(used.decode(value, Actions.ORIGIN), value);
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void shouldParseArgumentsAsDatabindDoesWhenTheyAreAnything(
      @ForAll("objects") Map<String, Object> arguments) throws Exception {
    String text = ORACLE.writeValueAsString(arguments);

    Action json = Actions.minimal().with("arguments", text).action();

    assertThat(json.arguments()).isEqualTo(plain(ORACLE.readValue(text, Map.class)));
    assertThat(json.event().getArguments()).isEqualTo(text);
    ActionEvent event = Actions.minimalEvent();
    event.setArguments(text);
    assertThat(Actions.accepted(Actions.avro(event)).arguments()).isEqualTo(json.arguments());
  }

  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
  void shouldParseNumbersAsTheJdkDoesWhenTheyAreInJson(@ForAll("numbers") String number) {
    Object parsed =
        Actions.minimal().with("arguments", "{\"n\":" + number + "}").action().arguments().get("n");

    if (parsed instanceof Long whole) {
      assertThat(new BigInteger(number)).isEqualTo(BigInteger.valueOf(whole));
    } else {
      assertThat(parsed).isEqualTo(Double.parseDouble(number));
    }
  }

  @Provide
  Arbitrary<byte[]> mutants() {
    Arbitrary<byte[]> seeds = Arbitraries.of(SEEDS);
    Arbitrary<byte[]> pieces =
        Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(8),
            Arbitraries.of(
                    "\"",
                    "\\",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\\ud800",
                    "null",
                    "NaN",
                    "1e999",
                    "-",
                    "\"a\":1,",
                    "\"task_id\":\"t\",",
                    "\ufeff",
                    "\u0000",
                    "true",
                    "[[[[[[",
                    "9".repeat(30),
                    "{\"a\":1,\"a\":2}")
                .map(Actions::utf8));
    Arbitrary<byte[]> once =
        Combinators.combine(
                seeds,
                seeds,
                pieces,
                Arbitraries.integers().between(0, 4),
                Arbitraries.doubles().between(0, 1),
                Arbitraries.doubles().between(0, 1))
            .as(ActionDecoderPropertiesTest::mutate);
    return Combinators.combine(
            once, pieces, Arbitraries.integers().between(0, 4), Arbitraries.doubles().between(0, 1))
        .as((value, piece, kind, at) -> mutate(value, value, piece, kind, at, at));
  }

  private static byte[] mutate(
      byte[] value, byte[] other, byte[] piece, int kind, double at, double to) {
    int place = (int) (at * value.length);
    return switch (kind) {
      case 0 -> { // flip bits
        byte[] flipped = value.clone();
        if (flipped.length > 0) {
          flipped[Math.min(place, flipped.length - 1)] ^= piece[0];
        }
        yield flipped;
      }
      case 1 -> Arrays.copyOf(value, place);
      case 2 -> join(value, place, piece, value, place);
      case 3 -> join(value, place, piece, value, Math.min(value.length, place + piece.length));
      default -> join(value, place, new byte[0], other, (int) (to * other.length));
    };
  }

  private static byte[] join(byte[] head, int to, byte[] middle, byte[] tail, int from) {
    ByteBuffer joined = ByteBuffer.allocate(to + middle.length + tail.length - from);
    return joined.put(head, 0, to).put(middle).put(tail, from, tail.length - from).array();
  }

  private static void assertSound(Intake intake, byte[] value) {
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
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, inner) -> plain.put(key, plain(inner)));
      return plain;
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(ActionDecoderPropertiesTest::plain)
          .collect(Collectors.toCollection(ArrayList::new));
    }
    if (value instanceof Integer whole) {
      return whole.longValue();
    }
    return value instanceof BigInteger whole ? (Object) whole.doubleValue() : value;
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(
            text().asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.integers().asGeneric(),
            Arbitraries.bigIntegers().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.just((Object) null));
    Arbitrary<Object> values =
        Arbitraries.recursive(
            () -> leaves,
            inner ->
                Arbitraries.oneOf(
                    inner.list().ofMaxSize(4).asGeneric(),
                    Arbitraries.maps(text(), inner).ofMaxSize(4).asGeneric()),
            0,
            4);
    return Arbitraries.maps(text(), values).ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(25);
    Arbitrary<String> whole =
        Combinators.combine(Arbitraries.of("", "-"), digits)
            .as((sign, text) -> sign + text.replaceFirst("^0+(?=.)", ""));
    Arbitrary<String> fraction = Combinators.combine(whole, digits).as((a, b) -> a + "." + b);
    Arbitrary<String> exponent =
        Combinators.combine(
                Arbitraries.oneOf(whole, fraction),
                Arbitraries.of("e", "E", "e+", "e-"),
                Arbitraries.integers().between(0, 280))
            .as((a, e, b) -> a + e + b);
    return Arbitraries.oneOf(whole, fraction, exponent);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings()
        .withChars('a', '"', '\\', '\n', '\u0000', '\u00e9', '\u20ac', '/', '{')
        .ofMaxLength(8)
        .map(text -> text.replace("a\u00e9", "\ud83d\ude00"));
  }
}
