/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Encoded payloads, decoded one level deep: runs of Base64 (also of gzip) or hexadecimal, and texts
 * with many escapes. What decodes to text becomes a value more, under the same name, and is read as
 * if it were plain. At most 8 payloads of 4 KiB. Beside them, characters that hide or pass for
 * others.
 */
final class Encodings {
  private static final int MIN_RUN = 24;
  private static final int MIN_OPAQUE = 40;
  private static final int MAX_PAYLOADS = 8;
  private static final int MIN_ESCAPES = 4;
  private static final int MAX_MARKUP = 4 << 10;

  private static final boolean[] CODE = new boolean[128];

  static {
    for (char c = 0; c < CODE.length; c++) {
      CODE[c] = Decoder.isCode(c);
    }
  }

  private final List<Leaf> decoded = new ArrayList<>(2);
  private long payloads;
  private long longest;
  private long escapes;
  private long invisible;
  private boolean turning;
  private boolean mixed;

  private Encodings() {}

  /** Reads what these arguments encode. */
  static Encodings of(Arguments arguments) {
    Encodings encodings = new Encodings();
    for (Leaf leaf : arguments.leaves()) {
      encodings.read(leaf);
    }
    return encodings;
  }

  /** The same arguments, and what they encode. */
  Arguments with(Arguments arguments) {
    return decoded.isEmpty() ? arguments : arguments.with(decoded);
  }

  /** What was decoded to text. */
  List<Leaf> decoded() {
    return decoded;
  }

  static Map<Fact, Object> read(Arguments arguments) {
    return of(arguments).facts();
  }

  Map<Fact, Object> facts() {
    if (longest == 0 && escapes < MIN_ESCAPES && invisible == 0 && !turning && !mixed) {
      return Map.of();
    }
    Map<Fact, Object> facts = new FactMap();
    facts.put(ENCODED_PRESENT, true);
    facts.put(ENCODED_LENGTH, longest);
    facts.put(ENCODED_TEXT, payloads > 0);
    facts.put(ENCODED_COUNT, payloads);
    facts.put(ENCODED_ESCAPES, escapes);
    facts.put(ENCODED_INVISIBLE, invisible);
    facts.put(ENCODED_TURNING, turning);
    facts.put(ENCODED_MIXED, mixed);
    return facts;
  }

  private void read(Leaf leaf) {
    String text = leaf.text();
    int length = text.length();
    int start = 0;
    int escaped = 0;
    boolean foreign = false;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 128 && CODE[c]) {
        continue;
      }
      if (i - start >= MIN_RUN) {
        run(leaf, start, i);
      }
      start = i + 1;
      if (c == '%' || c == '\\' || c == '&') {
        escaped += Decoder.isEscape(text, i) ? 1 : 0;
      }
      foreign |= c >= 128;
    }
    if (length - start >= MIN_RUN) {
      run(leaf, start, length);
    }
    if (length <= MAX_MARKUP && (text.contains("</") || text.contains("<!--"))) {
      add(leaf, untagged(text));
    }
    if (escaped >= MIN_ESCAPES) {
      escapes = Math.max(escapes, escaped);
      add(leaf, Decoder.unescaped(text));
    }
    if (foreign) {
      foreign(text);
      String plain = Lookalikes.plain(text);
      if (!plain.equals(text) && disguises(text)) {
        add(leaf, plain);
      }
    }
  }

  /** A text without its markup: what is read on a screen. */
  private static String untagged(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    boolean tag = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean opens = c == '<' && i + 1 < text.length() && "/!".indexOf(text.charAt(i + 1)) >= 0;
      opens |= c == '<' && i + 1 < text.length() && Scripts.isLatin(text.charAt(i + 1));
      tag |= opens;
      if (!tag) {
        plain.append(c);
      }
      tag &= c != '>';
    }
    return plain.toString();
  }

  private void run(Leaf leaf, int start, int end) {
    String text = leaf.text();
    boolean hex = Decoder.looksHex(text, start, end);
    if (!hex && !Decoder.looksBase64(text, start, end)) {
      return;
    }
    if (end - start >= MIN_OPAQUE) {
      longest = Math.max(longest, end - start);
    }
    if (decoded.size() < MAX_PAYLOADS) {
      String run = text.substring(start, Math.min(end, start + Decoder.MAX_ENCODED));
      String plain = hex ? Decoder.hex(run) : Decoder.base64(run);
      if (!plain.isEmpty()) {
        longest = Math.max(longest, end - start);
        payloads++;
        add(leaf, plain);
      }
    }
  }

  private void add(Leaf leaf, String plain) {
    if (decoded.size() < MAX_PAYLOADS) {
      decoded.add(leaf.with(plain));
    }
  }

  /** Letters that are wide, or of another script than those beside them, or hidden between them. */
  private boolean disguises(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean wide = (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0xD835 && c <= 0xD835);
      boolean blank = c >= 128 && Character.getType(c) == Character.SPACE_SEPARATOR;
      if (wide || blank || Scripts.isInvisible(c)) {
        return true;
      }
    }
    return mixed;
  }

  private void foreign(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      turning |= Scripts.isTurning(c);
      boolean inside =
          i > 0
              && i + 1 < text.length()
              && Scripts.isLatin(text.charAt(i - 1))
              && Scripts.isLatin(text.charAt(i + 1));
      boolean tag = c == 0xDB40 && i + 1 < text.length() && text.charAt(i + 1) >= 0xDC20;
      invisible += (Scripts.isInvisible(c) && inside) || tag ? 1 : 0;
    }
    mixed |= Scripts.isMixed(text);
  }
}
