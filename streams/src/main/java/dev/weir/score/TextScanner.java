/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

/**
 * Reads a text once, from left to right, into {@link Tokens}: words and the values that name one
 * thing (addresses, accounts, hosts, paths, dates, numbers, ids), in a form that trivial rewriting
 * does not change. Undone on the way: case, look-alikes and invisible characters ({@link Letters}),
 * percent-encoding, {@code hxxp}, {@code [.]}, {@code (at)}, groups of digits. Linear.
 */
final class TextScanner {
  static final int MAX_CHUNK = 512;
  private static final boolean[] STOPS = new boolean[128];

  static {
    for (char c : " \n\",!?;)]}<>=|*&$^`".toCharArray()) {
      STOPS[c] = true;
    }
  }

  private final Sentence sentence;
  private final Chunk chunk;
  private final FoldedText text = new FoldedText();
  private final SpacedLetters spaced = new SpacedLetters(text);
  private final LineEnds lines;

  private boolean json;

  TextScanner(Tokens out) {
    this.sentence = new Sentence(out);
    this.chunk = new Chunk(out, sentence);
    this.lines = new LineEnds(text, sentence);
  }

  /** Adds the tokens of a text; it ends the sentence. */
  void scan(String what) {
    text.fold(what);
    sentence.begin();
    json = text.length > 0 && (text.raw[0] == '{' || text.raw[0] == '[');
    lines.begin();
    for (int i = 0; i < text.length; ) {
      char c = text.at(i);
      if (c == ' ') {
        if (text.at(i + 1) == ' ' && isWord(text.at(i - 1))) {
          lines.column();
        }
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
    String decoded = chunk.takeEncoded() + spaced.take();
    if (!decoded.isEmpty() && !sentence.hidden()) {
      sentence.hide(true);
      scan(decoded);
      sentence.hide(false);
    }
  }

  /**
   * Takes a word of letters alone, as most of a text is, in one go; where there may be more to it,
   * nothing: then {@link #chunk} reads it.
   */
  private int word(int from) {
    long hash = Hashes.SEED;
    int capitals = 0;
    int i = from;
    for (char c = text.at(i); c >= 'a' && c <= 'z' && i <= from + MAX_CHUNK; c = text.at(++i)) {
      capitals += text.raw[i] == c ? 0 : 1;
      hash = Hashes.with(hash, c);
    }
    int size = i - from;
    boolean spaced = size == 1 && text.at(from + 3) == ' ';
    boolean grouped = capitals == size && size > 1;
    if (size == 0 || size > MAX_CHUNK || spaced || grouped || !stops(text.at(i), text.at(i + 1))) {
      return from;
    }
    chunk.word(text.folded, from + 1, i + 1, hash, capitals > 0);
    return i;
  }

  /** Whether a word of letters ends before {@code c}. */
  private static boolean stops(char c, char after) {
    return c < 128 && (STOPS[c] || ((c == '.' || c == ':') && (after == ' ' || after == '\n')));
  }

  static boolean isWord(char c) {
    return c < 128 ? isPlain(c) : Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  /** What may stand before the first letter of a value. */
  private boolean begins(char c, int i) {
    return switch (c) {
      case '/', '~', '@', '#', '+', '.' ->
          (isWord(text.at(i + 1)) && !isWord(text.at(i - 1)) && text.at(i - 1) != '<')
              || (c == '.' && text.at(i + 1) == '/')
              || (c == '~' && text.at(i + 1) == '/');
      case '%' -> text.hex(i) > 0;
      default -> false;
    };
  }

  /** A character between values: does it end a sentence? */
  private int between(char c, int i) {
    switch (c) {
      case '\n' -> lines.line(i);
      case '.', '!', '?', ';', '\u3002', '\uff01', '\uff1f' -> {
        if (c != ';' && !isWord(text.at(i + 1))) {
          sentence.end();
        }
      }
      case '\\' -> {
        return escape(i);
      }
      case '"' -> {
        if (text.at(i + 1) == ',' || text.at(i + 1) == '}' || text.at(i + 1) == ']') {
          sentence.border(json ? Cues.APART : 0);
        }
      }
      case ':' -> sentence.colon();
      case '(', '*', '\u2022' -> sentence.head();
      case ',' -> {
        if (text.at(i + 1) != ' ') {
          lines.column();
        }
        sentence.comma();
      }
      case '|', '\t' -> lines.column();
      case '<', '[' -> markup(i);
      default -> {}
    }
    return i + 1;
  }

  /** {@code \n} of a quoted text is a line's end; what else is escaped stands for itself. */
  private int escape(int i) {
    char next = i + 1 < text.length ? text.raw[i + 1] : ' ';
    if (next == 'n') {
      lines.line(i + 1);
    }
    return next == 'n' || next == 't' || next == 'r' || next == '"' ? i + 2 : i + 1;
  }

  /** A tag such as {@code <SYSTEM>}, {@code [INST]} or {@code <|user|>}: a switch of roles. */
  private void markup(int i) {
    char close = text.raw[i] == '<' ? '>' : ']';
    int end = i + 1;
    int most = Math.min(text.length, i + 32);
    int capitals = 0;
    boolean bar = false;
    while (end < most && text.raw[end] != close && text.raw[end] != '\n') {
      char c = text.raw[end];
      capitals += c >= 'A' && c <= 'Z' ? 1 : c >= 'a' && c <= 'z' ? -32 : 0;
      bar |= c == '|';
      end++;
    }
    if (end < most && text.raw[end] == close && (capitals >= 4 || bar)) {
      sentence.tag();
    }
  }

  private int chunk(int from) {
    if (text.at(from + 1) == ' ' && text.at(from + 3) == ' ') {
      int end = spaced.end(from);
      if (end > from) {
        return end;
      }
    }
    chunk.begin(text.at(from - 1));
    int i = from;
    int most = Math.min(text.length, from + MAX_CHUNK);
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
    while (end < most && isPlain(text.at(end))) {
      end++;
    }
    if (end > from) {
      chunk.letters(text.raw, text.folded, from, end);
    }
    return end;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** Takes the next character of a value; where the value ends, the same place. */
  private int step(int i) {
    char raw = text.raw[i];
    char c = text.at(i);
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
    char low = i + 1 < text.length ? text.raw[i + 1] : ' ';
    char c = Character.isLowSurrogate(low) ? Letters.fold(text.raw[i], low) : ' ';
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
    char before = text.at(i - 1);
    char after = text.at(i + 1);
    boolean joins =
        switch (c) {
          case '.' -> joinsAtDot(i, before, after);
          case '_', '-', '@', '+', '~' -> true;
          case '#' -> chunk.isEmpty();
          case '/' -> true;
          case ':' -> (digit(before) && digit(after)) || (after == '/' && text.at(i + 2) == '/');
          case ',' ->
              digit(before) && digit(after) && digit(text.at(i + 3)) && !digit(text.at(i + 4));
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
    boolean capital = i + 1 < text.length && Character.isUpperCase(text.raw[i + 1]);
    boolean stop =
        capital && i > 0 && chunk.onlyLetters() && Character.isLowerCase(text.raw[i - 1]);
    return !(stop && isSpaceAfterWord(i + 1))
        && (isWord(after) || after == '/' || (after == '.' && !isWord(before)));
  }

  private boolean isSpaceAfterWord(int from) {
    int end = from;
    int most = Math.min(text.length, from + 40);
    while (end < most && Character.isLetter(text.raw[end])) {
      end++;
    }
    char c = end < text.length ? text.raw[end] : ' ';
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
    int code = text.hex(i);
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

  /** {@code [.]}, {@code (dot)}, {@code [at]} and the like within a value. */
  private int defanged(int i) {
    int end = i + 1;
    while (end < text.length && end < i + 5 && ")]}".indexOf(text.raw[end]) < 0) {
      end++;
    }
    boolean within = end < text.length && end <= i + 4; // no longer than (dot)
    if (!within || !isWord(text.at(end + 1)) || !isWord(text.at(i - 1))) {
      return i;
    }
    String inside = new String(text.raw, i + 1, end - i - 1);
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
