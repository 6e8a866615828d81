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
  private static final boolean[] STOPS = new boolean[128];

  static {
    for (char c : " \n\",!?;)]}<>=|*&$^`".toCharArray()) {
      STOPS[c] = true;
    }
  }

  /** From so many on, borders between columns make a line a row. */
  private static final int MIN_COLUMNS = 2;

  /** From so many on, letters with spaces between them are a text. */
  private static final int MIN_SPACED = 16;

  private static final int MAX_SPACED = 2_000;

  private final Sentence sentence;
  private final Chunk chunk;

  /** The text: {@code length} characters. */
  private char[] text = new char[64 - 1 - AHEAD];

  private int length;
  private String spaced = "";
  private boolean json;

  /** What looks like a border between columns since the line began. */
  private int columns;

  private int lineStart;
  private int indent;

  /** The text folded, with a line's end before it and {@link #AHEAD} after it. */
  private char[] folded = new char[64];

  TextScanner(Tokens out) {
    this.sentence = new Sentence(out);
    this.chunk = new Chunk(out, sentence);
  }

  /** Adds the tokens of a text; it ends the sentence. */
  void scan(String what) {
    fold(what);
    sentence.begin();
    json = length > 0 && (text[0] == '{' || text[0] == '[');
    columns = 0;
    lineStart = 0;
    indent = 0;
    for (int i = 0; i < length; ) {
      char c = at(i);
      if (c == ' ') {
        columns += at(i + 1) == ' ' && isWord(at(i - 1)) ? 1 : 0;
        i++;
        continue;
      }
      int end = word(i);
      if (end > i) {
        i = end;
      } else {
        i = isWord(c) || begins(c, i) ? chunk(i) : between(c, i);
      }
    }
    chunk.endGroup();
    sentence.end();
    decode();
  }

  /** What was hidden in Base64, or by spaces: one level, not decoded again. */
  private void decode() {
    String decoded = chunk.takeEncoded() + spaced;
    spaced = "";
    if (!decoded.isEmpty() && !sentence.hidden()) {
      sentence.hide(true);
      scan(decoded);
      sentence.hide(false);
    }
  }

  /** Where letters with a space after each end that begin here; the same place for none. */
  private int spaced(int from) {
    if (!isAlone(from) || !isAlone(from + 2)) {
      return from;
    }
    int end = from;
    int most = Math.min(length, from + MAX_SPACED);
    StringBuilder joined = new StringBuilder();
    while (end < most && text[end] > ' ' && at(end + 1) <= ' ') {
      joined.append(text[end]);
      end += 2;
      while (end < most && text[end] == ' ') {
        joined.append(' ');
        end++;
      }
    }
    if (joined.length() < MIN_SPACED) {
      return from;
    }
    spaced = spaced.isEmpty() ? joined.toString() : spaced;
    return Math.min(end, length);
  }

  private boolean isAlone(int i) {
    return isWord(at(i)) && at(i - 1) <= ' ' && at(i + 1) == ' ' && i + 2 < length;
  }

  private void fold(String what) {
    int n = what.length();
    if (text.length < n) {
      text = new char[n];
      folded = new char[n + 1 + AHEAD];
    }
    what.getChars(0, n, text, 0);
    length = n;
    folded[0] = '\n';
    for (int i = 0; i < n; i++) {
      folded[i + 1] = Letters.fold(text[i]);
    }
    Arrays.fill(folded, n + 1, n + 1 + AHEAD, '\n');
  }

  /**
   * Takes a word of letters alone, as most of a text is, in one go; where there may be more to it,
   * nothing: then {@link #chunk} reads it.
   */
  private int word(int from) {
    long hash = Hashes.SEED;
    int capitals = 0;
    int i = from;
    for (char c = at(i); c >= 'a' && c <= 'z' && i <= from + MAX_CHUNK; c = at(++i)) {
      capitals += text[i] == c ? 0 : 1;
      hash = Hashes.with(hash, c);
    }
    int size = i - from;
    boolean spaced = size == 1 && at(from + 3) == ' ';
    boolean grouped = capitals == size && size > 1;
    if (size == 0 || size > MAX_CHUNK || spaced || grouped || !stops(at(i), at(i + 1))) {
      return from;
    }
    chunk.word(folded, from + 1, i + 1, hash, capitals > 0);
    return i;
  }

  /** Whether a word of letters ends before {@code c}. */
  private static boolean stops(char c, char after) {
    return c < 128 && (STOPS[c] || ((c == '.' || c == ':') && (after == ' ' || after == '\n')));
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
          sentence.border(json ? Cues.APART : 0);
        }
      }
      case ':' -> sentence.colon();
      case '(', '*', '\u2022' -> sentence.head();
      case ',' -> {
        columns += at(i + 1) == ' ' ? 0 : 1;
        sentence.comma();
      }
      case '|', '\t' -> columns++;
      case '<', '[' -> markup(i);
      default -> {}
    }
    return i + 1;
  }

  /** {@code \n} of a quoted text is a line's end; what else is escaped stands for itself. */
  private int escape(int i) {
    char next = i + 1 < length ? text[i + 1] : ' ';
    if (next == 'n') {
      line(i + 1);
    }
    return next == 'n' || next == 't' || next == 'r' || next == '"' ? i + 2 : i + 1;
  }

  /** A line's end ends a sentence if an empty line, an item of a list, a key or a row follows. */
  private void line(int i) {
    int next = i + 1;
    int most = Math.min(length, i + 40);
    while (next < most && (text[next] == ' ' || text[next] == '\\')) {
      next++;
    }
    char c = next < most ? text[next] : '\n';
    boolean escapedLine = c == 'n' && text[next - 1] == '\\';
    if (columns >= MIN_COLUMNS || (isNumbered(lineStart) && isNumbered(next))) {
      sentence.border(Cues.ROW);
    } else if (next - i - 1 < indent && text[i] == '\n' && isLabelled(next)) {
      sentence.end();
    } else if (at(i - 1) == ':' || isItem(c) || escapedLine || keyed(next)) {
      sentence.end();
    }
    columns = 0;
    lineStart = next;
    indent = next - i - 1;
  }

  /** Whether the first characters before a space hold a digit: rows that are numbered. */
  private boolean isNumbered(int from) {
    int most = Math.min(length, from + 12);
    for (int i = from; i < most && text[i] > ' '; i++) {
      if (digit(at(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isItem(char c) {
    return c == '\n' || c == '-' || c == '*' || c == '#' || c == '\u2022' || c == '|' || c == '[';
  }

  /** Whether a few words and a colon stand here. */
  private boolean isLabelled(int from) {
    int most = Math.min(length, from + 32);
    for (int i = from; i < most && text[i] != '\n'; i++) {
      if (text[i] == ':') {
        return true;
      }
    }
    return false;
  }

  /** Whether a word and a colon stand here. */
  private boolean keyed(int from) {
    int end = from;
    int most = Math.min(length, from + 24);
    while (end < most && (isWord(at(end)) || text[end] == '_')) {
      end++;
    }
    return end > from && end < most && text[end] == ':';
  }

  /** A tag such as {@code <SYSTEM>}, {@code [INST]} or {@code <|user|>}: a switch of roles. */
  private void markup(int i) {
    char close = text[i] == '<' ? '>' : ']';
    int end = i + 1;
    int most = Math.min(length, i + 32);
    int capitals = 0;
    boolean bar = false;
    while (end < most && text[end] != close && text[end] != '\n') {
      char c = text[end];
      capitals += c >= 'A' && c <= 'Z' ? 1 : c >= 'a' && c <= 'z' ? -32 : 0;
      bar |= c == '|';
      end++;
    }
    if (end < most && text[end] == close && (capitals >= 4 || bar)) {
      sentence.tag();
    }
  }

  private int chunk(int from) {
    if (at(from + 1) == ' ' && at(from + 3) == ' ') {
      int end = spaced(from);
      if (end > from) {
        return end;
      }
    }
    chunk.begin(at(from - 1));
    int i = from;
    int most = Math.min(length, from + MAX_CHUNK);
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
    char raw = text[i];
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
    char low = i + 1 < length ? text[i + 1] : ' ';
    char c = Character.isLowSurrogate(low) ? Letters.fold(text[i], low) : ' ';
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
    boolean capital = i + 1 < length && Character.isUpperCase(text[i + 1]);
    boolean stop = capital && i > 0 && chunk.onlyLetters() && Character.isLowerCase(text[i - 1]);
    return !(stop && isSpaceAfterWord(i + 1))
        && (isWord(after) || after == '/' || (after == '.' && !isWord(before)));
  }

  private boolean isSpaceAfterWord(int from) {
    int end = from;
    int most = Math.min(length, from + 40);
    while (end < most && Character.isLetter(text[end])) {
      end++;
    }
    char c = end < length ? text[end] : ' ';
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
    int high = i + 2 < length ? Character.digit(text[i + 1], 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text[i + 2], 16);
    return low < 0 ? -1 : 16 * high + low;
  }

  /** {@code [.]}, {@code (dot)}, {@code [at]} and the like within a value. */
  private int defanged(int i) {
    int end = i + 1;
    while (end < length && end < i + 5 && ")]}".indexOf(text[end]) < 0) {
      end++;
    }
    if (end >= length || !isWord(at(end + 1)) || !isWord(at(i - 1))) {
      return i;
    }
    String inside = new String(text, i + 1, end - i - 1);
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
