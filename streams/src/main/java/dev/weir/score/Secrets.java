/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Credentials and personal matters in the text of arguments. Numbers are known by their check
 * digits, keys by published prefixes, the rest by plain words. Linear in the text.
 */
final class Secrets {
  private static final int MAX_WORDS = 4_000;
  private static final Set<String> PASSWORD_NAMES =
      Set.of("password", "passwd", "passphrase", "secret", "cvv", "pin");
  private static final List<String> KEY_MARKS =
      List.of(
          "-----begin",
          "akia",
          "ghp_",
          "gho_",
          "github_pat_",
          "sk-",
          "xoxb-",
          "xoxp-",
          "glpat-",
          "aiza",
          "eyj",
          "hf_",
          "ssh-rsa",
          "ssh-ed25519");
  private static final List<String> PASSWORD_MARKS =
      List.of(
          "password:",
          "password is",
          "passwd",
          "password=",
          "passphrase",
          "pwd:",
          "pwd=",
          "api key",
          "api_key",
          "access token",
          "secret key");
  private static final List<String> CODE_MARKS =
      List.of(
          "security code",
          "verification code",
          "one-time",
          "otp",
          "reset your password",
          "password reset",
          "reset link",
          "confirmation code",
          "login code",
          "2fa",
          "pin code");
  private static final List<String> PERSONAL_MARKS =
      List.of(
          "diagnos",
          "patient",
          "medical",
          "health record",
          "prescription",
          "salary",
          "passport",
          "social security",
          "ssn",
          "date of birth",
          "criminal",
          "lawsuit",
          "disciplinary",
          "terminated",
          "biometric",
          "bank account");

  private Secrets() {}

  static Map<Fact, Object> read(Arguments arguments) {
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    for (Leaf leaf : arguments.leaves()) {
      String text = leaf.text();
      if (text.length() >= 6) {
        words(Words.normal(text), facts);
        numbers(text, facts);
      }
      if (!text.isBlank() && isPasswordName(leaf)) {
        facts.put(SECRET_PASSWORD, true);
      }
    }
    if (!facts.isEmpty()) {
      facts.put(SECRET_PRESENT, true);
    }
    return facts;
  }

  private static boolean isPasswordName(Leaf leaf) {
    return leaf.isNamed(PASSWORD_NAMES);
  }

  private static void words(String text, Map<Fact, Object> facts) {
    mark(facts, SECRET_PASSWORD, text, PASSWORD_MARKS);
    mark(facts, SECRET_CODE, text, CODE_MARKS);
    mark(facts, SECRET_PERSONAL, text, PERSONAL_MARKS);
    for (String key : KEY_MARKS) {
      int at = text.indexOf(key);
      if (at >= 0
          && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
          && run(text, at) >= 12) {
        facts.put(SECRET_KEY, true);
      }
    }
  }

  private static int run(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) > ' ' && end - at < 64) {
      end++;
    }
    return text.startsWith("-----", at) || text.startsWith("ssh-", at) ? 64 : end - at;
  }

  private static void mark(Map<Fact, Object> facts, Fact fact, String text, List<String> marks) {
    for (String m : marks) {
      int at = text.indexOf(m);
      if (at == 0 || (at > 0 && !Character.isLetterOrDigit(text.charAt(at - 1)))) {
        facts.put(fact, true);
        return;
      }
    }
  }

  private static void numbers(String text, Map<Fact, Object> facts) {
    int seen = 0;
    int i = 0;
    while (i < text.length() && seen < MAX_WORDS) {
      if (!isWord(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < text.length() && (isWord(text.charAt(i)) || joined(text, i))) {
        i++;
      }
      seen++;
      if (i - start >= 13 && i - start <= 42) {
        number(text.substring(start, i).replace(" ", "").replace("-", ""), facts);
      }
    }
  }

  private static boolean isWord(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  private static boolean joined(String text, int i) {
    char c = text.charAt(i);
    return (c == ' ' || c == '-')
        && i + 1 < text.length()
        && text.charAt(i + 1) >= '0'
        && text.charAt(i + 1) <= '9';
  }

  private static void number(String word, Map<Fact, Object> facts) {
    if (word.length() >= 13
        && word.length() <= 19
        && word.chars().allMatch(c -> c <= '9')
        && luhn(word)) {
      facts.put(SECRET_CARD, true);
    } else if (word.length() >= 15
        && word.length() <= 34
        && word.charAt(0) >= 'A'
        && word.charAt(1) >= 'A'
        && mod97(word)) {
      facts.put(SECRET_IBAN, true);
    }
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
