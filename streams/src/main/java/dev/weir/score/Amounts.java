/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads amounts as people and programs write them: {@code $1,200.50}, {@code 1.200,50 €}, {@code
 * 2k}, {@code USD 3 million}, {@code 50 %}. Linear in the text, of which 64 characters are read.
 */
final class Amounts {
  private static final int MAX_TEXT = 64;
  private static final double MAX = 1e15;
  private static final Map<String, Double> DOLLARS = load();
  private static final Map<String, Double> FACTORS =
      Map.ofEntries(
          Map.entry("k", 1e3),
          Map.entry("tsd", 1e3),
          Map.entry("thousand", 1e3),
          Map.entry("mille", 1e3),
          Map.entry("mil", 1e3),
          Map.entry("lakh", 1e5),
          Map.entry("m", 1e6),
          Map.entry("mn", 1e6),
          Map.entry("mio", 1e6),
          Map.entry("million", 1e6),
          Map.entry("millions", 1e6),
          Map.entry("millionen", 1e6),
          Map.entry("crore", 1e7),
          Map.entry("bn", 1e9),
          Map.entry("b", 1e9),
          Map.entry("billion", 1e9),
          Map.entry("hundred", 1e2));
  private static final Map<String, Double> SPELLED =
      Map.ofEntries(
          Map.entry("one", 1.0),
          Map.entry("two", 2.0),
          Map.entry("three", 3.0),
          Map.entry("four", 4.0),
          Map.entry("five", 5.0),
          Map.entry("six", 6.0),
          Map.entry("seven", 7.0),
          Map.entry("eight", 8.0),
          Map.entry("nine", 9.0),
          Map.entry("ten", 10.0),
          Map.entry("twenty", 20.0),
          Map.entry("fifty", 50.0));

  /**
   * An amount.
   *
   * @param number as written, never negative
   * @param currency lower-case code, sign or name, or ""
   * @param percent it is a percentage
   */
  record Amount(double number, String currency, boolean percent) {}

  private Amounts() {}

  /** About how many dollars a unit is worth, or null where the currency is not known. */
  static @Nullable Double dollars(String currency) {
    return DOLLARS.get(currency);
  }

  /** The currency that a trading pair begins with ({@code btcusdt}, {@code ETH-EUR}), or "". */
  static String base(String pair) {
    String text = Words.normal(pair.substring(0, Math.min(pair.length(), 12)));
    for (int end = Math.min(5, text.length()); end >= 3; end--) {
      if (DOLLARS.containsKey(text.substring(0, end))) {
        return text.substring(0, end);
      }
    }
    return "";
  }

  /** The amount that a value is or spells, or null: words beside it need a currency among them. */
  static @Nullable Amount of(Object value) {
    if (value instanceof Number n) {
      double d = n.doubleValue();
      return Double.isFinite(d) ? new Amount(Math.min(Math.abs(d), MAX), "", false) : null;
    }
    return value instanceof String s && s.length() <= MAX_TEXT ? spelled(Words.normal(s)) : null;
  }

  private static @Nullable Amount spelled(String text) {
    double number = -1;
    String currency = "";
    boolean percent = false;
    boolean foreign = false;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int end = i + 1;
      if (digit(c)) {
        end = endOfNumber(text, i);
        if (number >= 0) {
          return null;
        }
        number = number(text.substring(i, end));
      } else if (Character.isLetter(c)) {
        end = endOfWord(text, i);
        String word = text.substring(i, end);
        number = word(word, number);
        currency = DOLLARS.containsKey(word) ? word : currency;
        foreign |= !DOLLARS.containsKey(word) && !isNumeral(word);
      } else if (DOLLARS.containsKey(text.substring(i, end))) {
        currency = text.substring(i, end);
      } else {
        percent |= c == '%';
      }
      i = end;
    }
    return number < 0 || (foreign && currency.isEmpty())
        ? null
        : new Amount(Math.min(number, MAX), currency, percent);
  }

  private static boolean isNumeral(String word) {
    return FACTORS.containsKey(word) || SPELLED.containsKey(word);
  }

  private static double word(String word, double number) {
    Double factor = FACTORS.get(word);
    if (factor != null) {
      return (number < 0 ? 1 : number) * factor;
    }
    Double spelled = SPELLED.get(word);
    return spelled != null && number < 0 ? spelled : number;
  }

  private static int endOfWord(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int endOfNumber(String text, int from) {
    int end = from;
    while (end < text.length() && (digit(text.charAt(end)) || grouped(text, end))) {
      end++;
    }
    return end;
  }

  private static boolean grouped(String text, int i) {
    char c = text.charAt(i);
    return (c == '.' || c == ',' || c == '\'' || c == '_' || c == ' ' || c == '\u2019')
        && i + 1 < text.length()
        && digit(text.charAt(i + 1));
  }

  private static double number(String text) {
    int mark = mark(text);
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (digit(text.charAt(i))) {
        plain.append(text.charAt(i));
      } else if (i == mark) {
        plain.append('.');
      }
    }
    return Double.parseDouble(plain.toString());
  }

  /** Where the decimals begin, or -1: the last mark, unless it can only group thousands. */
  private static int mark(String text) {
    int dot = text.lastIndexOf('.');
    int comma = text.lastIndexOf(',');
    int last = Math.max(dot, comma);
    if (last < 0 || (dot >= 0 && comma >= 0)) {
      return last;
    }
    char c = text.charAt(last);
    boolean several = text.indexOf(c) != last;
    boolean three = text.length() - last == 4;
    return several || (three && c == ',') ? -1 : last;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Map<String, Double> load() {
    Map<String, Double> dollars = new HashMap<>();
    try (InputStream in =
            Objects.requireNonNull(Amounts.class.getResourceAsStream("currencies.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        if (!line.startsWith("#") && colon > 0) {
          for (String name : line.substring(colon + 1).strip().split(" ", -1)) {
            dollars.put(name, Double.valueOf(line.substring(0, colon)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(dollars);
  }
}
