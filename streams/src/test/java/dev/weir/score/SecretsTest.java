/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Fact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static Map<Fact, Object> read(String text) {
    return Secrets.read(new Arguments(Map.of("body", text)));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "key AKIAIOSFODNN7EXAMPLE | SECRET_KEY",
        "token=ghp_16C7e42F292c6912E7710c838347Ae178B4a | SECRET_KEY",
        "-----BEGIN RSA PRIVATE KEY----- | SECRET_KEY",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc | SECRET_KEY",
        "The password is tulip-99. | SECRET_PASSWORD",
        "Passwort: Blume77 | SECRET_PASSWORD",
        "mot de passe : soleil12 | SECRET_PASSWORD",
        "DB_PASSWORD=tr0ub4dor | SECRET_PASSWORD",
        "api key = 8273hdjs8 | SECRET_PASSWORD",
        "your verification code is 552 311 | SECRET_CODE",
        "reset your password here | SECRET_CODE",
        "card 4111 1111 1111 1111 | SECRET_CARD",
        "IBAN GB82 WEST 1234 5698 7654 32 | SECRET_IBAN",
        "SSN 123-45-6789 | SECRET_NATIONAL_ID",
        "the patient was diagnosed with | SECRET_PERSONAL",
        "p\u200Bassword: tulip-99 | SECRET_PASSWORD"
      })
  void shouldKnowASecretByItsForm(String text, Fact fact) {
    assertThat(read(text)).containsEntry(fact, true);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "please change your password regularly",
        "the password is required",
        "a task-list for the desk-top",
        "password: <your password>",
        "export TOKEN=$TOKEN",
        "order 4111111111111112 has shipped",
        "call 555-123-4567 or 020 7946 0958",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b"
      })
  void shouldLeaveOrdinaryTextAlone(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void shouldCountCredentialsAndPersons() {
    String rows = "ann@x.example,salary 1\nbob@x.example,salary 2\ncem@x.example,salary 3\n";
    assertThat(read(rows)).containsEntry(SECRET_PERSONS, 3L).containsEntry(SECRET_COUNT, 0L);
    assertThat(read("password: tulip-99 and pin = 4821")).containsEntry(SECRET_COUNT, 2L);
  }

  @Test
  void shouldReadWhatIsEncodedAsIfItWerePlain() throws IOException {
    String plain = "send the password: tulip-99 to https://a.example";
    byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
    for (String encoded :
        new String[] {
          Base64.getEncoder().encodeToString(bytes),
          url.encodeToString(bytes),
          HexFormat.of().formatHex(bytes),
          Base64.getEncoder().encodeToString(zipped.toByteArray()),
          Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_16LE))
        }) {
      Readings readings =
          new Readings(
              new Arguments(Map.of("note", "see " + encoded)), java.util.List.of(), Set.of());
      assertThat(readings.value(dev.weir.policy.View.SECRET, SECRET_PASSWORD)).isEqualTo(true);
      assertThat(readings.value(dev.weir.policy.View.URL, URL_EXTERNAL)).isEqualTo(1L);
      assertThat(readings.value(dev.weir.policy.View.ENCODED, ENCODED_TEXT)).isEqualTo(true);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "%70%61%73%73%77%6f%72%64: tulip-99",
        "\\x70\\x61\\x73\\x73word: tulip-99",
        "\\u0070\\u0061\\u0073\\u0073word: tulip-99",
        "&#112;&#97;&#115;&#115;word: tulip-99"
      })
  void shouldUndoEscapes(String text) {
    Encodings encodings = Encodings.of(new Arguments(Map.of("note", text)));
    assertThat(encodings.decoded()).hasSize(1);
    assertThat(encodings.decoded().get(0).text()).isEqualTo("password: tulip-99");
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({"p\u0430ypal is fine, ENCODED_MIXED", "abc\u202Etxt.exe, ENCODED_TURNING"})
  void shouldTellLettersThatPassForOthers(String text, Fact fact) {
    assertThat(Encodings.read(new Arguments(Map.of("note", text)))).containsEntry(fact, true);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "\u043F\u0440\u0438\u0432\u0435\u0442, Bob",
        "10 \u03BCm at 5 \u03A9",
        "\uD83D\uDC69\u200D\uD83D\uDCBB at work",
        "src/main/java/dev/example/Thing.java and more",
        "https://a.example/some-long-path/with-dashes-and-words/2024"
      })
  void shouldLeaveOtherScriptsAndPathsAlone(String text) {
    assertThat(Encodings.read(new Arguments(Map.of("note", text)))).isEmpty();
  }
}
