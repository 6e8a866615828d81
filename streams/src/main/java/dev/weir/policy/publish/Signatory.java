/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy.publish;

import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Whose signature counts: who may publish policies, or register reviewers.
 *
 * @param name what signed records call them
 * @param key what their signatures are checked with
 * @param from first moment at which a record of theirs counts, by broker time
 * @param until first moment at which none does any more
 */
public record Signatory(String name, PublicKey key, Instant from, Instant until) {
  private static final String FORM = "NAME=KEY, NAME=KEY;from=DATE;until=DATE";

  /** Reads what a key is given as: base64, PEM, or where to find it. */
  @FunctionalInterface
  public interface KeyReader {
    /** The key that {@code text} is or names. */
    PublicKey read(String text);
  }

  /**
   * Reads {@code NAME=KEY} with {@code ;from=DATE} and {@code ;until=DATE}, ISO-8601 days or
   * moments in UTC, where wanted.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static Signatory parse(String text, KeyReader keys) {
    String[] parts = text.split(";", -1);
    int equals = parts[0].indexOf('=');
    String name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
    if (name.isEmpty() || name.length() > 64 || !name.chars().allMatch(Signatory::inName)) {
      throw new IllegalArgumentException(
          "one is written as %s, the name in a-z A-Z 0-9 . _ - @".formatted(FORM));
    }
    Instant from = Instant.MIN;
    Instant until = Instant.MAX;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("from=")) {
        from = moment(part.substring(5));
      } else if (part.startsWith("until=")) {
        until = moment(part.substring(6));
      } else {
        throw new IllegalArgumentException("%s is not written as %s".formatted(name, FORM));
      }
    }
    return new Signatory(name, keys.read(parts[0].substring(equals + 1).strip()), from, until);
  }

  /** Whether a record that the broker appended then may be theirs. */
  public boolean validAt(long brokerMs) {
    Instant at = Instant.ofEpochMilli(brokerMs);
    return !at.isBefore(from) && at.isBefore(until);
  }

  private static boolean inName(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ".-_@".indexOf(c) >= 0;
  }

  private static Instant moment(String text) {
    try {
      return text.indexOf('T') >= 0
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s is no date such as 2027-01-01 or 2027-01-01T12:00:00Z".formatted(text));
    }
  }
}
