/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many are reached, as people write it. */
class CountsTest {
  @ParameterizedTest
  @CsvSource({
    "consumer app (46 M weekly users),46000000",
    "city with 610 000 inhabitants,610000",
    "shared with 38 people,38",
    "'1,250 customers and 3 stores',1250",
    "2.6 M followers,2600000",
    "all 12 clusters,12"
  })
  void shouldCountThoseReachedWhenTheyAreNamed(String text, long count) {
    assertThat(Counts.in(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7 days", "pump-12 of users", "version 2.1.0", "users", "10:30"})
  void shouldCountNobodyWhenNumbersAreOfOtherThings(String text) {
    assertThat(Counts.in(text)).isZero();
  }
}
