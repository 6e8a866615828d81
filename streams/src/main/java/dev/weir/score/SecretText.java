/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.policy.LowerCase;
import dev.weir.score.Marks.Mark;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One text's words read for credentials and private matters: keys, what is called a password,
 * codes, private words, and rows that each hold a person. One pass.
 */
final class SecretText {
  private static final int MIN_KEY = 12;
  private static final int MAX_KEY = 200;
  private static final int MIN_PASSWORD = 4;
  private static final int MAX_GAP = 6;
  private static final Set<String> NO_PASSWORDS =
      Set.of(
          "your",
          "the",
          "a",
          "an",
          "my",
          "not",
          "too",
          "invalid",
          "required",
          "incorrect",
          "wrong",
          "expired",
          "none",
          "null",
          "true",
          "false",
          "string",
          "changed",
          "reset",
          "weak",
          "strong",
          "being",
          "must",
          "should",
          "still",
          "now",
          "here",
          "very",
          "also",
          "same");

  private final String text;
  private final Set<Fact> facts = EnumSet.noneOf(Fact.class);
  private long credentials;
  private long persons;
  private boolean personInLine;

  private SecretText(String text) {
    this.text = text;
  }

  static SecretText read(String text) {
    SecretText read = new SecretText(Words.visible(text));
    read.words();
    return read;
  }

  Set<Fact> facts() {
    return facts;
  }

  /** Keys and passwords, each where it stands. */
  long credentials() {
    return credentials;
  }

  /** Lines or rows that hold an address, a telephone number or a private word. */
  long persons() {
    return persons;
  }

  private void words() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || (c == '-' && text.startsWith("-----BEGIN", i))) {
        i = word(i);
      } else {
        if (c == '\n' || c == '{') {
          personInLine = false;
        } else if (c == '@' && i > 0 && i + 1 < text.length() && isName(i - 1) && isName(i + 1)) {
          person();
        }
        i++;
      }
    }
  }

  private boolean isName(int i) {
    return Character.isLetterOrDigit(text.charAt(i));
  }

  private void person() {
    persons += personInLine ? 0 : 1;
    personInLine = true;
  }

  /** Reads the word that begins here; where to go on. */
  private int word(int start) {
    int key = Marks.key(text, start);
    if (key > 0) {
      int end = key(start, key);
      if (end > 0) {
        return end;
      }
    }
    int end = start + 1;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    if (Marks.isPossible(Character.toLowerCase(text.charAt(start)), end - start)) {
      String word = LowerCase.of(text.substring(start, end));
      for (Mark mark : Marks.beginning(word)) {
        int after = phrase(mark.words(), end);
        if (after > 0) {
          found(mark, after);
        }
      }
    }
    return end;
  }

  /** Marks a key and tells where it ends; 0 if what follows its beginning is too plain for one. */
  private int key(int start, int prefix) {
    int end = start + prefix;
    boolean digit = false;
    boolean other = false;
    while (end < text.length() && end - start < MAX_KEY && isKey(text.charAt(end))) {
      char c = text.charAt(end);
      digit |= c >= '0' && c <= '9';
      other |= Character.isLetter(c);
      end++;
    }
    boolean armour = text.startsWith("-----", start) || text.startsWith("ssh-", start);
    if (!armour && (end - start < Math.max(MIN_KEY, prefix + 8) || !digit || !other)) {
      return 0;
    }
    facts.add(SECRET_KEY);
    credentials++;
    return end;
  }

  private static boolean isKey(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '_'
        || c == '.'
        || c == '+'
        || c == '/'
        || c == '=';
  }

  /** Where a phrase ends whose first word ends here; 0 if the text goes on otherwise. */
  private int phrase(List<String> words, int from) {
    int at = from;
    for (String word : words.subList(1, words.size())) {
      int gap = 0;
      while (at < text.length() && gap < 2 && " _-".indexOf(text.charAt(at)) >= 0) {
        at++;
        gap++;
      }
      if (gap == 0 || !text.regionMatches(true, at, word, 0, word.length())) {
        return 0;
      }
      at += word.length();
    }
    return at < text.length() && Character.isLetterOrDigit(text.charAt(at)) && at > from ? 0 : at;
  }

  private void found(Mark mark, int after) {
    switch (mark.kind()) {
      case CODE -> facts.add(SECRET_CODE);
      case PERSONAL -> {
        facts.add(SECRET_PERSONAL);
        person();
      }
      case PASSWORD -> {
        if (isTold(after)) {
          facts.add(SECRET_PASSWORD);
          credentials++;
        }
      }
      default -> throw new IllegalStateException("keys are no words");
    }
  }

  /** Whether a value follows: after a sign or "is", and not a word of common speech. */
  private boolean isTold(int after) {
    int at = after;
    boolean sign = false;
    while (at < text.length() && at - after < MAX_GAP) {
      char c = text.charAt(at);
      if (c == ':' || c == '=') {
        sign = true;
      } else if (text.regionMatches(true, at, "is ", 0, 3) && at > after) {
        sign = true;
        at += 2;
      } else if (" \t\"'`>".indexOf(c) < 0) {
        break;
      }
      at++;
    }
    int end = at;
    while (end < text.length()
        && end - at < 64
        && " \t\n\r\"'`,;<>{}()".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return sign && end - at >= MIN_PASSWORD && isSecret(text.substring(at, end));
  }

  private static boolean isSecret(String value) {
    char first = value.charAt(0);
    return first != '$'
        && first != '*'
        && first != '['
        && first != '%'
        && !NO_PASSWORDS.contains(LowerCase.of(value))
        && !value.contains("...");
  }
}
