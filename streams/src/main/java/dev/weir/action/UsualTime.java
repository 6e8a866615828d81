/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Times as programs write them, {@code 2026-11-21T09:00:00Z} with or without a fraction of a
 * second. What it reads, it reads as java.time's ISO-8601 does, for a tenth of the cost; everything
 * else is left to that.
 */
final class UsualTime {
  private static final String FORM = "0000-00-00T00:00:00";
  private static final int MAX_FRACTION = 9;
  private static final int MAX_DAY = 28;

  private UsualTime() {}

  /** The time, or null if {@code text} has another form or may not be a date at all. */
  static @Nullable Instant parse(String text) {
    int end = text.length() - 1;
    if (end < FORM.length() || text.charAt(end) != 'Z' || !hasForm(text)) {
      return null;
    }
    int nanos = nanos(text, FORM.length(), end);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    boolean sure = month >= 1 && month <= 12 && day >= 1 && day <= MAX_DAY;
    if (nanos < 0 || !sure || hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    long days = epochDay(number(text, 0, 4), month, day);
    return Instant.ofEpochSecond(days * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
  }

  private static boolean hasForm(String text) {
    for (int i = 0; i < FORM.length(); i++) {
      char c = text.charAt(i);
      char form = FORM.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : c != form) {
        return false;
      }
    }
    return true;
  }

  /** The fraction after the seconds in ns: 0 where there is none, -1 if it is something else. */
  private static int nanos(String text, int start, int end) {
    int digits = end - start - 1;
    if (digits < 0) {
      return 0;
    }
    if (text.charAt(start) != '.' || digits == 0 || digits > MAX_FRACTION) {
      return -1;
    }
    int nanos = 0;
    for (int i = 1; i <= MAX_FRACTION; i++) {
      char c = i <= digits ? text.charAt(start + i) : '0';
      if (c < '0' || c > '9') {
        return -1;
      }
      nanos = nanos * 10 + (c - '0');
    }
    return nanos;
  }

  private static int number(String text, int start, int length) {
    int number = 0;
    for (int i = start; i < start + length; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  /** Days since 1970-01-01 in the proleptic Gregorian calendar, with the year begun in March. */
  private static long epochDay(int year, int month, int day) {
    long y = month > 2 ? year : year - 1L;
    long monthFromMarch = month > 2 ? month - 3L : month + 9L;
    long dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
    long leaps = Math.floorDiv(y, 4) - Math.floorDiv(y, 100) + Math.floorDiv(y, 400);
    return y * 365 + leaps + dayOfYear - 719_468;
  }
}
