/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import org.jspecify.annotations.Nullable;

/** Whole numbers below a million in English words. */
final class NumberWords {
  private static final String[] SMALL = {
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen"
  };
  private static final String[] TENS = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
  };

  private NumberWords() {}

  /** The number in words; null where it has a fraction, is negative or too large. */
  static @Nullable String of(double number) {
    boolean whole = number == Math.rint(number) && number >= 0 && number < 1_000_000;
    return whole ? of((int) number) : null;
  }

  private static String of(int number) {
    if (number < 20) {
      return SMALL[number];
    } else if (number < 100) {
      return TENS[number / 10] + (number % 10 == 0 ? "" : "-" + SMALL[number % 10]);
    } else if (number < 1000) {
      return SMALL[number / 100] + " hundred" + rest(number % 100);
    }
    return of(number / 1000) + " thousand" + rest(number % 1000);
  }

  private static String rest(int number) {
    return number == 0 ? "" : " " + of(number);
  }
}
