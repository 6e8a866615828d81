/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Tokens.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The run of characters without a space that is being read: what kind of value it is, and its hash.
 * Neighbouring groups of digits and capitals ({@code GB29 NWBK 6016 …}) also count as one account.
 */
final class Chunk {
  private static final int MIN_GROUPED = 8;
  private static final int MAX_GROUP = 6;
  private static final int MIN_ENCODED = 20;

  private final Tokens out;
  private final Sentence sentence;
  private char[] raw = new char[32];
  private int length;
  private String encoded = "";

  private long hash;
  private int letters;
  private int digits;
  private int capitals;
  private int ats;
  private int dots;
  private int slashes;
  private int dashes;
  private int colons;
  private int underscores;
  private int lastWord;
  private char first;

  private long group;
  private int groups;
  private int groupDigits;
  private int groupLength;
  private boolean adjoins;

  Chunk(Tokens out, Sentence sentence) {
    this.out = out;
    this.sentence = sentence;
  }

  void begin(char before) {
    adjoins = groups > 0 && before == ' ';
    hash = Hashes.SEED;
    letters = 0;
    digits = 0;
    capitals = 0;
    ats = 0;
    dots = 0;
    slashes = 0;
    dashes = 0;
    colons = 0;
    underscores = 0;
    lastWord = out.end();
    first = 0;
    length = 0;
  }

  /** A word of letters alone, from {@code from} to {@code end}, that joins no group. */
  void word(char[] folded, int from, int end, long hash, boolean capital) {
    endGroup();
    out.append(folded, from, end);
    add(Hashes.end(hash), capital && end - from > 2);
  }

  private void add(long word, boolean capital) {
    boolean known = sentence.word(word);
    out.add(capital && !known ? Kind.NAME : Kind.WORD, word);
  }

  boolean isEmpty() {
    return first == 0;
  }

  boolean onlyLetters() {
    return digits == 0 && ats == 0 && slashes == 0 && dots == 0;
  }

  void letter(char c, boolean capital) {
    first = first == 0 ? c : first;
    if (TextScanner.digit(c)) {
      digits++;
    } else {
      letters++;
      capitals += capital ? 1 : 0;
    }
    hash = Hashes.with(hash, c);
    keep(capital ? Character.toUpperCase(c) : c);
    out.append(c);
    lastWord = out.end();
  }

  private void keep(char c) {
    room(1);
    raw[length++] = c;
  }

  private void room(int more) {
    if (length + more > raw.length) {
      raw = Arrays.copyOf(raw, TextScanner.MAX_CHUNK);
    }
  }

  /** Letters of ASCII and digits: {@code folded} holds what {@code text} folds to, one further. */
  void letters(char[] text, char[] folded, int from, int end) {
    first = first == 0 ? folded[from + 1] : first;
    long h = hash;
    int numeric = 0;
    int upper = 0;
    room(end - from);
    for (int i = from; i < end; i++) {
      char c = folded[i + 1];
      boolean digit = c <= '9';
      boolean capital = !digit && text[i] != c;
      numeric += digit ? 1 : 0;
      upper += capital ? 1 : 0;
      h = Hashes.with(h, c);
      raw[length++] = capital ? (char) (c - 'a' + 'A') : c;
    }
    hash = h;
    digits += numeric;
    letters += end - from - numeric;
    capitals += upper;
    out.append(folded, from + 1, end + 1);
    lastWord = out.end();
  }

  void join(char c) {
    first = first == 0 ? c : first;
    switch (c) {
      case '@' -> ats++;
      case '.' -> dots++;
      case '/' -> slashes++;
      case '-' -> dashes++;
      case ':' -> colons++;
      case '_' -> underscores++;
      default -> {}
    }
    keep(c);
    if (c != '\'' && c != ',') {
      out.append(c);
    }
  }

  void end() {
    out.cut(lastWord);
    if (letters + digits == 0) {
      return;
    }
    Kind kind = kind();
    group();
    if (kind == Kind.WORD) {
      add(Hashes.end(hash), capitals > 0 && letters > 2);
    } else {
      sentence.value();
      value(kind);
    }
  }

  private Kind kind() {
    boolean number = letters == 0;
    if (ats == 1 && letters + digits > 2) {
      return first == '@' ? Kind.HANDLE : Kind.EMAIL;
    } else if (slashes > 0 && !(number && slashes == 2)) {
      return (colons > 0 && slashes > 1) || isHost(out.mark()) ? Kind.URL : Kind.PATH;
    } else if (first == '#') {
      return Kind.HANDLE;
    } else if (number) {
      return numeric();
    } else if (dots > 0) {
      return isHost(out.mark()) ? Kind.HOST : letters + digits < 4 ? Kind.WORD : Kind.PATH;
    } else if (digits == 0 && underscores == 0) {
      return Kind.WORD;
    }
    return letters + digits >= 10 && digits >= 6 ? Kind.ACCOUNT : Kind.ID;
  }

  private Kind numeric() {
    if (colons > 0 || slashes == 2 || (dashes == 2 && digits <= 8)) {
      return Kind.DATE;
    }
    return digits >= 8 || (dashes + dots > 1 && digits >= 7) ? Kind.ACCOUNT : Kind.NUMBER;
  }

  /** Whether the first part ends in a label that top-level domains look like. */
  private boolean isHost(int from) {
    int end = from;
    int dot = -1;
    while (end < out.end() && out.charAt(end) != '/') {
      dot = out.charAt(end) == '.' ? end : dot;
      end++;
    }
    return dot > from && Domains.endsInDomain(out, dot + 1, end);
  }

  private void value(Kind kind) {
    if (kind == Kind.URL) {
      url();
    } else if (kind == Kind.NUMBER) {
      out.add(kind, number());
    } else {
      out.add(kind, Hashes.end(hash));
      if (kind == Kind.PATH && slashes > 0) {
        baseName();
      }
      if (length >= MIN_ENCODED && encoded.isEmpty()) {
        decode();
      }
    }
  }

  /** A number's sign, point and zeros at the end do not count. */
  private long number() {
    int from = out.mark();
    int end = out.end();
    int dot = -1;
    for (int i = from; i < end; i++) {
      dot = out.charAt(i) == '.' ? i : dot;
    }
    while (dot >= 0 && end > dot && (out.charAt(end - 1) == '0' || end - 1 == dot)) {
      end--;
    }
    long h = Hashes.SEED;
    for (int i = from; i < end; i++) {
      h = out.charAt(i) == '-' || out.charAt(i) == '+' ? h : Hashes.with(h, out.charAt(i));
    }
    return Hashes.end(h);
  }

  /** A web address is its host, and the whole of it without scheme and {@code www}. */
  private void url() {
    int from = out.mark();
    int start = Domains.start(out, from);
    int host = Domains.end(out, start);
    int end = out.end();
    String rest = text(host, end);
    String name = text(start, host);
    out.cut(from);
    add(Kind.HOST, name);
    if (!rest.isEmpty() && !rest.equals("/")) {
      add(Kind.URL, name + rest);
    }
  }

  private void baseName() {
    int from = out.start(out.count() - 1);
    int end = out.end();
    int cut = end;
    while (cut > from && out.charAt(cut - 1) != '/') {
      cut--;
    }
    if (cut > from && end - cut > 2) {
      add(Kind.PATH, text(cut, end));
    }
  }

  private void add(Kind kind, String text) {
    long h = Hashes.SEED;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c);
      h = TextScanner.isWord(c) ? Hashes.with(h, c) : h;
    }
    out.add(kind, Hashes.end(h));
  }

  private String text(int from, int end) {
    return out.text(from, end);
  }

  private void group() {
    int size = letters + digits;
    boolean plain = size <= MAX_GROUP && dots + slashes + ats + underscores == 0;
    boolean letteredPart =
        capitals == letters && (size == 2 || (adjoins && groups > 0 && size > 2));
    boolean part = plain && (digits > 0 || letteredPart);
    if (!part || !adjoins) {
      endGroup();
    }
    if (part) {
      int from = out.mark();
      for (int i = from; i < out.end(); i++) {
        char c = out.charAt(i);
        group = TextScanner.isWord(c) ? Hashes.with(group, c) : group;
      }
      groups++;
      groupDigits += digits;
      groupLength += size;
    }
  }

  /** No further group follows. */
  void endGroup() {
    if (groups > 1 && groupLength >= MIN_GROUPED && groupDigits >= MAX_GROUP) {
      out.addEmpty(Kind.ACCOUNT, Hashes.end(group));
    }
    group = Hashes.SEED;
    groups = 0;
    groupDigits = 0;
    groupLength = 0;
  }

  /** What was decoded of a long token since the last call, or "". */
  String takeEncoded() {
    String taken = encoded;
    encoded = "";
    return taken;
  }

  /** Any other character fails the decoder, and a failure costs more than all else here. */
  private boolean isBase64() {
    for (int i = 0; i < length; i++) {
      char c = raw[i];
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '/' && c != '=') {
        return false;
      }
    }
    return true;
  }

  private void decode() {
    int whole = length % 4 == 1 ? length - 1 : length;
    if (capitals == 0 || letters == capitals || !isBase64()) {
      return;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(new String(raw, 0, whole));
      String text = new String(bytes, StandardCharsets.UTF_8);
      encoded = text.chars().allMatch(c -> (c >= ' ' && c != 0xfffd) || c == '\n') ? text : "";
    } catch (IllegalArgumentException e) {
      encoded = "";
    }
  }
}
