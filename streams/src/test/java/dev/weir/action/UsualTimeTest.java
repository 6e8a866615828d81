/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualTimeTest {
  @Property
  void shouldReadWhatJavaReads(
      @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
      @ForAll @IntRange(max = 999_999_999) int nanos) {
    String text = Instant.ofEpochSecond(second, nanos).toString();
    Instant read = UsualTime.parse(text);
    if (text.charAt(8) < '2') {
      assertThat(read).as(text).isNotNull();
    }
    if (read != null) {
      assertThat(read).as(text).isEqualTo(OffsetDateTime.parse(text).toInstant());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-21T09:00:00",
        "2026-11-21T09:00:00+00:00",
        "2026-11-21t09:00:00Z",
        "2026-13-21T09:00:00Z",
        "2026-00-21T09:00:00Z",
        "2026-11-00T09:00:00Z",
        "2026-02-30T09:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T09:60:00Z",
        "2026-11-21T09:00:60Z",
        "2026-11-21T09:00:00.Z",
        "2026-11-21T09:00:00.1234567890Z",
        "2026-11-21T09:00:00.12x4Z",
        "2026-11-21T09:00:00,5Z",
        "+026-11-21T09:00:00Z",
        "２026-11-21T09:00:00Z"
      })
  void shouldLeaveTheRestToJava(String text) {
    assertThat(UsualTime.parse(text)).isNull();
  }
}
