/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Credentials and personal matters in the text of arguments. Numbers are known by their check
 * digits, keys by documented beginnings and by how random they look, passwords by what stands
 * before them, the rest by plain words. One pass over each text for words, one for numbers.
 */
final class Secrets {
  private static final int MIN_TEXT = 6;
  private static final Set<String> PASSWORD_NAMES =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "cvv",
          "cvc",
          "pin",
          "passcode",
          "apikey",
          "otp",
          "passwort",
          "contraseña",
          "senha",
          "credential",
          "credentials");

  private final Set<Fact> marks = EnumSet.noneOf(Fact.class);
  private long count;
  private long persons;

  private Secrets() {}

  static Map<Fact, Object> read(Arguments arguments) {
    Secrets secrets = new Secrets();
    for (Leaf leaf : arguments.leaves()) {
      secrets.read(leaf);
    }
    return secrets.facts();
  }

  private void read(Leaf leaf) {
    String text = leaf.text();
    if (text.length() >= MIN_TEXT) {
      SecretText found = SecretText.read(text);
      found.facts().forEach(this::mark);
      count += found.credentials();
      persons = Math.max(persons, found.persons());
      numbers(text);
    }
    if (!text.isBlank() && leaf.isNamed(PASSWORD_NAMES)) {
      mark(SECRET_PASSWORD);
      count++;
    }
  }

  private Map<Fact, Object> facts() {
    if (marks.isEmpty() && persons == 0) {
      return Map.of();
    }
    Map<Fact, Object> facts = new FactMap();
    marks.forEach(mark -> facts.put(mark, true));
    facts.put(SECRET_PRESENT, true);
    facts.put(SECRET_COUNT, count);
    facts.put(SECRET_PERSONS, persons);
    return facts;
  }

  private void mark(Fact fact) {
    marks.add(fact);
  }

  private void numbers(String text) {
    int i = 0;
    while (i < text.length()) {
      if (!isWord(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      boolean digits = false;
      while (i < text.length() && (isWord(text.charAt(i)) || joined(text, start, i))) {
        digits |= text.charAt(i) <= '9';
        i++;
      }
      if (digits && i - start >= 11 && i - start <= 42) {
        number(text.substring(start, i).replace(" ", "").replace("-", ""), i - start);
      }
    }
  }

  private static boolean isWord(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  /** A space or dash inside a number, or inside what begins as an IBAN does. */
  private static boolean joined(String text, int start, int i) {
    char c = text.charAt(i);
    if ((c != ' ' && c != '-') || i + 1 >= text.length() || !isWord(text.charAt(i + 1))) {
      return false;
    }
    boolean digits = text.charAt(i - 1) <= '9' && text.charAt(i + 1) <= '9';
    boolean iban =
        i - start >= 4
            && text.charAt(start) >= 'A'
            && text.charAt(start + 1) >= 'A'
            && text.charAt(start + 2) <= '9'
            && text.charAt(start + 3) <= '9';
    return digits ? text.charAt(start) <= '9' || iban : iban;
  }

  private void number(String word, int written) {
    boolean digits = true;
    for (int i = 0; i < word.length() && digits; i++) {
      digits = word.charAt(i) <= '9';
    }
    if (digits && word.length() == 9 && written == 11) {
      if (isSocialSecurity(word)) {
        mark(SECRET_PERSONAL);
        mark(SECRET_NATIONAL_ID);
        count++;
      }
    } else if (digits && word.length() >= 13 && word.length() <= 19) {
      if (isCard(word)) {
        mark(SECRET_CARD);
        count++;
      }
    } else if (isIban(word)) {
      mark(SECRET_IBAN);
      count++;
    }
  }

  /** A number of the United States' social security, by what its parts may not be. */
  private static boolean isSocialSecurity(String d) {
    return !d.startsWith("000")
        && !d.startsWith("666")
        && d.charAt(0) != '9'
        && !d.startsWith("00", 3)
        && !d.startsWith("0000", 5);
  }

  private static boolean isCard(String digits) {
    return "23456".indexOf(digits.charAt(0)) >= 0 && luhn(digits);
  }

  private static boolean isIban(String word) {
    return word.length() >= 15
        && word.length() <= 34
        && word.charAt(0) >= 'A'
        && word.charAt(1) >= 'A'
        && word.charAt(2) <= '9'
        && mod97(word);
  }

  /** ISO/IEC 7812-1, annex B. */
  static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int d = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? d : d * 2 - (d > 4 ? 9 : 0);
    }
    return sum % 10 == 0;
  }

  /** ISO 13616 with ISO 7064 MOD 97-10. */
  static boolean mod97(String iban) {
    String turned = iban.substring(4) + iban.substring(0, 4);
    int rest = 0;
    for (int i = 0; i < turned.length(); i++) {
      int value = Character.digit(turned.charAt(i), 36);
      if (value < 0) {
        return false;
      }
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }
}
