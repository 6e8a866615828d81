/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Bounded;
import dev.weir.event.Confirmed;
import dev.weir.event.ConfirmedGroup;
import dev.weir.event.Viability;
import dev.weir.event.ViabilityAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViabilitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0.80, 0.99, YES, yes",
    "0.79, 0.99, UNKNOWN, 'unknown, 3,000 audits'",
    "0.10, 0.80, UNKNOWN, 'unknown, 3,000 audits'",
    "0.10, 0.79, NO, no"
  })
  void shouldAnswerByTheWholeIntervalWhenSomethingIsConfirmed(
      double low, double high, ViabilityAnswer answer, String words) {
    Bounded share = new Bounded((low + high) / 2, low, high);
    ConfirmedGroup total =
        ConfirmedGroup.newBuilder()
            .setName("")
            .setPassed(1)
            .setAudits(3_000)
            .setReviewed(1)
            .setCaught(1)
            .setAboveCap(0)
            .setCapturedShare(share)
            .build();
    Confirmed confirmed = new Confirmed(0.95, total, List.of(), List.of(), List.of(), false);

    Viability viability = Viabilities.of(confirmed, 3_000, 0.8);

    assertThat(viability.getAnswer()).isEqualTo(answer);
    assertThat(Viabilities.words(viability)).isEqualTo(words);
  }

  @Test
  void shouldBeUnknownWhenNothingIsConfirmed() {
    assertThat(Viabilities.words(Viabilities.of(null, 0, 0.8))).isEqualTo("unknown, 0 audits");
  }
}
