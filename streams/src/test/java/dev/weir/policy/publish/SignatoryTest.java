/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PublicKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a publisher is written in the configuration. */
class SignatoryTest {
  private static final PublicKey KEY = Ed25519.generate().getPublic();
  private static final String BASE64 = Ed25519.base64(KEY);

  @Test
  void shouldCountFromAndUntilWhenDatesAreGiven() {
    Signatory publisher = parse("alice=" + BASE64 + ";from=2026-01-01;until=2026-06-01T12:00:00Z");

    assertThat(publisher.name()).isEqualTo("alice");
    assertThat(publisher.key()).isEqualTo(KEY);
    assertThat(publisher.validAt(ms("2025-12-31T23:59:59.999Z"))).isFalse();
    assertThat(publisher.validAt(ms("2026-01-01T00:00:00Z"))).isTrue();
    assertThat(publisher.validAt(ms("2026-06-01T11:59:59.999Z"))).isTrue();
    assertThat(publisher.validAt(ms("2026-06-01T12:00:00Z"))).isFalse();
  }

  @Test
  void shouldCountAlwaysWhenNoDateIsGiven() {
    Signatory publisher = parse("risk-team@example=" + BASE64);
    assertThat(publisher.validAt(0)).isTrue();
    assertThat(publisher.validAt(Long.MAX_VALUE / 2)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "=KEY",
        "al ice=KEY",
        "alice=x",
        "alice=KEY;to=2026-01-01",
        "alice=KEY;until=soon",
        "alice=KEY;"
      })
  void shouldSayWhatIsWrongWhenItIsNotWrittenSo(String text) {
    assertThatThrownBy(() -> parse(text.replace("KEY", BASE64)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(written as|no date|no Ed25519).*");
  }

  private static Signatory parse(String text) {
    return Signatory.parse(text, Ed25519::publicKey);
  }

  private static long ms(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
