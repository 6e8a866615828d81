/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.Arrays;

/**
 * Reads a text once, from left to right, into {@link Tokens}: words and the values that name one
 * thing (addresses, accounts, hosts, paths, dates, numbers, ids), in a form that trivial rewriting
 * does not change. Undone on the way: case, look-alikes and invisible characters ({@link Letters}),
 * percent-encoding, {@code hxxp}, {@code [.]}, {@code (at)}, groups of digits. Linear.
 */
final class TextScanner {
  static final int MAX_CHUNK = 512;
  private static final int AHEAD = 5;

  private final Sentence sentence;
  private final Chunk chunk;
  private String text = "";

  /** The text folded, with a line's end before it and {@link #AHEAD} after it. */
  private char[] folded = new char[64];

  TextScanner(Tokens out) {
    this.sentence = new Sentence(out);
    this.chunk = new Chunk(out, sentence);
  }

  /** Adds the tokens of a text; it ends the sentence. */
  void scan(String what) {
    text = what;
    fold();
    sentence.begin();
    int n = what.length();
    for (int i = 0; i < n; ) {
      char c = at(i);
      if (c == ' ') {
        i++;
      } else {
        i = isWord(c) || begins(c, i) ? chunk(i) : between(c, i);
      }
    }
    chunk.endGroup();
    sentence.end();
    decode(chunk.takeEncoded());
  }

  /** One level of Base64: what was decoded is not decoded again. */
  private void decode(String decoded) {
    if (!decoded.isEmpty()) {
      scan(decoded);
      chunk.takeEncoded();
    }
  }

  private void fold() {
    int n = text.length();
    if (folded.length < n + 1 + AHEAD) {
      folded = new char[n + 1 + AHEAD];
    }
    folded[0] = '\n';
    for (int i = 0; i < n; i++) {
      folded[i + 1] = Letters.fold(text.charAt(i));
    }
    Arrays.fill(folded, n + 1, n + 1 + AHEAD, '\n');
  }

  /** The folded character at {@code i}, from one before the text to a few after it. */
  private char at(int i) {
    return folded[i + 1];
  }

  static boolean isWord(char c) {
    return c < 128 ? isPlain(c) : Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  /** What may stand before the first letter of a value. */
  private boolean begins(char c, int i) {
    return switch (c) {
      case '/', '~', '@', '#', '+', '.' ->
          (isWord(at(i + 1)) && !isWord(at(i - 1)) && at(i - 1) != '<')
              || (c == '.' && at(i + 1) == '/')
              || (c == '~' && at(i + 1) == '/');
      case '%' -> hex(i) > 0;
      default -> false;
    };
  }

  /** A character between values: does it end a sentence? */
  private int between(char c, int i) {
    switch (c) {
      case '\n' -> line(i);
      case '.', '!', '?', ';', '\u3002', '\uff01', '\uff1f' -> {
        if (c != ';' && !isWord(at(i + 1))) {
          sentence.end();
        }
      }
      case '\\' -> {
        return escape(i);
      }
      case '"' -> {
        if (at(i + 1) == ',' || at(i + 1) == '}' || at(i + 1) == ']') {
          sentence.end();
        }
      }
      case ':' -> sentence.colon();
      case '(', '*', '\u2022' -> sentence.head();
      case ',' -> sentence.comma();
      case '<', '[' -> markup(i);
      default -> {}
    }
    return i + 1;
  }

  /** {@code \n} of a quoted text is a line's end; what else is escaped stands for itself. */
  private int escape(int i) {
    char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
    if (next == 'n') {
      line(i + 1);
    }
    return next == 'n' || next == 't' || next == 'r' || next == '"' ? i + 2 : i + 1;
  }

  /** A line's end ends a sentence if an empty line, an item of a list or a key follows. */
  private void line(int i) {
    int next = i + 1;
    int most = Math.min(text.length(), i + 40);
    while (next < most && (text.charAt(next) == ' ' || text.charAt(next) == '\\')) {
      next++;
    }
    char c = next < most ? text.charAt(next) : '\n';
    boolean listed =
        at(i - 1) == ':'
            || c == '\n'
            || c == '-'
            || c == '*'
            || c == '#'
            || c == '\u2022'
            || c == 'n';
    if (c == 'n' && text.charAt(next - 1) != '\\') {
      listed = false;
    }
    if (listed || keyed(next)) {
      sentence.end();
    }
  }

  /** Whether a word and a colon stand here. */
  private boolean keyed(int from) {
    int end = from;
    int most = Math.min(text.length(), from + 24);
    while (end < most && (isWord(at(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end > from && end < most && text.charAt(end) == ':';
  }

  /** A tag such as {@code <SYSTEM>}, {@code [INST]} or {@code <|user|>}: a switch of roles. */
  private void markup(int i) {
    char close = text.charAt(i) == '<' ? '>' : ']';
    int end = i + 1;
    int most = Math.min(text.length(), i + 32);
    int capitals = 0;
    boolean bar = false;
    while (end < most && text.charAt(end) != close && text.charAt(end) != '\n') {
      char c = text.charAt(end);
      capitals += c >= 'A' && c <= 'Z' ? 1 : c >= 'a' && c <= 'z' ? -32 : 0;
      bar |= c == '|';
      end++;
    }
    if (end < most && text.charAt(end) == close && (capitals >= 4 || bar)) {
      sentence.tag();
    }
  }

  private int chunk(int from) {
    chunk.begin(at(from - 1));
    int i = from;
    int most = Math.min(text.length(), from + MAX_CHUNK);
    while (i < most) {
      int plain = plain(i, most);
      int next = plain > i ? plain : step(i);
      if (next == i) {
        break;
      }
      i = next;
    }
    chunk.end();
    return Math.max(i, from + 1);
  }

  /** Takes the letters of ASCII, and digits, that stand here. */
  private int plain(int from, int most) {
    int end = from;
    while (end < most && isPlain(at(end))) {
      end++;
    }
    if (end > from) {
      chunk.letters(text, folded, from, end);
    }
    return end;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** Takes the next character of a value; where the value ends, the same place. */
  private int step(int i) {
    char raw = text.charAt(i);
    char c = at(i);
    if (Character.isHighSurrogate(raw)) {
      return pair(i);
    }
    if (c == Letters.NOTHING) {
      return i + 1;
    }
    if (isWord(c)) {
      chunk.letter(c, raw != c);
      return i + 1;
    }
    return joiner(i, c);
  }

  private int pair(int i) {
    char low = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
    char c = Character.isLowSurrogate(low) ? Letters.fold(text.charAt(i), low) : ' ';
    if (isWord(c)) {
      chunk.letter(c, false);
    } else if (c == '@' || c == '.' || c == '-' || c == '_' || c == '/') {
      chunk.join(c);
    } else if (c != Letters.NOTHING) {
      return i;
    }
    return i + 2;
  }

  private int joiner(int i, char c) {
    char before = at(i - 1);
    char after = at(i + 1);
    boolean joins =
        switch (c) {
          case '.' -> joinsAtDot(i, before, after);
          case '_', '-', '@', '+', '~' -> true;
          case '#' -> chunk.isEmpty();
          case '/' -> true;
          case ':' -> (digit(before) && digit(after)) || (after == '/' && at(i + 2) == '/');
          case ',' -> digit(before) && digit(after) && digit(at(i + 3)) && !digit(at(i + 4));
          case '\'' -> isWord(before) && isWord(after);
          default -> false;
        };
    if (joins) {
      chunk.join(c);
      return i + 1;
    }
    return switch (c) {
      case '\\' -> backslash(i, after);
      case '%' -> percent(i);
      case '[', '(', '{' -> defanged(i);
      default -> i;
    };
  }

  /** A full stop without a space after it ends a sentence if a capital follows. */
  private boolean joinsAtDot(int i, char before, char after) {
    boolean capital = i + 1 < text.length() && Character.isUpperCase(text.charAt(i + 1));
    boolean stop =
        capital && i > 0 && chunk.onlyLetters() && Character.isLowerCase(text.charAt(i - 1));
    return !(stop && isSpaceAfterWord(i + 1))
        && (isWord(after) || after == '/' || (after == '.' && !isWord(before)));
  }

  private boolean isSpaceAfterWord(int from) {
    int end = from;
    int most = Math.min(text.length(), from + 40);
    while (end < most && Character.isLetter(text.charAt(end))) {
      end++;
    }
    char c = end < text.length() ? text.charAt(end) : ' ';
    return c != '@' && c != '.' && c != '/';
  }

  private int backslash(int i, char after) {
    boolean escape = after == 'n' || after == 't' || after == 'r' || !isWord(after);
    if (escape) {
      return i;
    }
    chunk.join('/');
    return i + 1;
  }

  private int percent(int i) {
    int code = hex(i);
    if (code <= ' ' || code >= 127) {
      return i;
    }
    char c = Letters.fold((char) code);
    if (isWord(c)) {
      chunk.letter(c, false);
    } else {
      chunk.join(c);
    }
    return i + 3;
  }

  private int hex(int i) {
    int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
    return low < 0 ? -1 : 16 * high + low;
  }

  /** {@code [.]}, {@code (dot)}, {@code [at]} and the like within a value. */
  private int defanged(int i) {
    int end = i + 1;
    while (end < text.length() && end < i + 5 && ")]}".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (end >= text.length() || !isWord(at(end + 1)) || !isWord(at(i - 1))) {
      return i;
    }
    String inside = text.subSequence(i + 1, end).toString();
    boolean dot = inside.equals(".") || inside.equalsIgnoreCase("dot");
    boolean at = inside.equals("@") || inside.equalsIgnoreCase("at");
    if (dot || at) {
      chunk.join(dot ? '.' : '@');
    }
    return dot || at || inside.equals(":") ? end + 1 : i;
  }

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
