/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.policy.Fact;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
  private static Map<Fact, Object> read(Map<String, Object> arguments) {
    return Money.read(new Arguments(arguments));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1,200.50 | 1200.5",
        "$1,200 | 1200",
        "1.200,50 € | 1320.55",
        "1 200,50 EUR | 1320.55",
        "1'200 CHF | 1320",
        "2k | 2000",
        "USD 3 million | 3000000",
        "five thousand dollars | 5000",
        "1.5 BTC | 90000",
        "10,000 JPY | 70",
        "-40 | 40"
      })
  void shouldReadAmountsAsPeopleWriteThem(String text, double dollars) {
    assertThat((Double) read(Map.of("amount", text)).get(MONEY_AMOUNT))
        .isCloseTo(dollars, within(0.01));
  }

  @Test
  void shouldTakeTheCurrencyFromBeside() {
    assertThat(read(Map.of("amount", 3.0, "currency", "ETH"))).containsEntry(MONEY_AMOUNT, 7500.0);
    assertThat(read(Map.of("symbol", "BTCUSDT", "quantity", 0.5)))
        .containsEntry(MONEY_AMOUNT, 30000.0);
    assertThat(read(Map.of("amount_cents", 4_200L))).containsEntry(MONEY_AMOUNT, 42.0);
    assertThat(read(Map.of("price", "$20", "quantity", 15L))).containsEntry(MONEY_AMOUNT, 300.0);
    assertThat(read(Map.of("amount", "50 %")))
        .containsEntry(MONEY_PERCENT, 50.0)
        .doesNotContainKey(MONEY_AMOUNT);
    assertThat(read(Map.of("amount", 3.0, "currency", "ETH"))).containsEntry(MONEY_STATED, 3.0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"soon", "1 or 2 maybe 3", "see invoice"})
  void shouldReadNoAmountWhereThereIsNone(String text) {
    assertThat(read(Map.of("amount", text))).isEmpty();
  }

  @Property(tries = 300)
  void shouldReadWhatIsWrittenInEitherStyle(@ForAll @IntRange(min = 1, max = 9_999_999) int n) {
    String english = String.format(java.util.Locale.US, "%,d.00", n);
    String german = String.format(java.util.Locale.GERMANY, "%,d,00", n);
    assertThat(read(Map.of("amount", english))).containsEntry(MONEY_AMOUNT, (double) n);
    assertThat(read(Map.of("amount", german))).containsEntry(MONEY_AMOUNT, (double) n);
  }

  @Test
  void shouldCountWhatIsActedOn() {
    assertThat(Targets.read(new Arguments(Map.of("ids", List.of(1L, 2L, 3L)))))
        .containsEntry(TARGETS_COUNT, 3L);
    assertThat(Targets.read(new Arguments(Map.of("to", "a@x.y, b@x.y;c@x.y"))))
        .containsEntry(TARGETS_COUNT, 3L)
        .containsEntry(TARGETS_PEOPLE, 3L);
    assertThat(Targets.read(new Arguments(Map.of("filter", Map.of()))))
        .containsEntry(TARGETS_ALL, true);
    assertThat(Targets.read(new Arguments(Map.of("pattern", "*"))))
        .containsEntry(TARGETS_ALL, true);
    assertThat(Targets.read(new Arguments(Map.of("select_all", true))))
        .containsEntry(TARGETS_ALL, true);
    assertThat(Targets.read(new Arguments(Map.of("channel", "#all-hands"))))
        .containsEntry(TARGETS_CHANNELS, 1L);
    assertThat(Targets.read(new Arguments(Map.of("limit", 500L))))
        .containsEntry(TARGETS_LIMIT, 500L);
    assertThat(Targets.read(new Arguments(Map.of("title", "a, b and c")))).isEmpty();
  }
}
