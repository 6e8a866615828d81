/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.ActionEvent;
import java.math.BigInteger;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for all arguments; what holds for all bytes is fuzzed. */
class ActionDecoderPropertiesTest {
  private static final ObjectMapper ORACLE =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void shouldParseArgumentsAsDatabindDoesWhenTheyAreAnything(
      @ForAll("objects") Map<String, Object> arguments) throws Exception {
    String text = ORACLE.writeValueAsString(arguments);

    Action json = Actions.minimal().with("arguments", text).action();

    assertThat(json.arguments()).isEqualTo(Sound.plain(ORACLE.readValue(text, Map.class)));
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
