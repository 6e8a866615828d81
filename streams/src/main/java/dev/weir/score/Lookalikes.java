/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Letters of other scripts that pass for Latin ones, wide forms, invisible characters and strange
 * blanks, brought back to what they pass for. One pass; plain text is returned as it is.
 */
final class Lookalikes {
  private static final String FROM =
      "аеорсухіјѕԁһӏԛԝɡɑıօոսհցѵᴍʀꜱɩΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρτυιкмтвнАВЕКМНОРСТХ";
  private static final String TO =
      "aeopcyxijsdhlqwgaionuhgvmrsiABEZHIKMNOPTYXoavptuikmtbhABEKMHOPCTX";

  /**
   * What was found of characters so far: to normalise each letter of a long text took a scorer many
   * milliseconds. Threads may find one twice, and then find the same.
   */
  private static final @Nullable String[] KNOWN = new String[0x20000];

  /** Room for letters that become two or more. */
  private static final int SPARE = 16;

  private Lookalikes() {}

  static String plain(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) < 128) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    char[] out = new char[text.length() + SPARE];
    text.getChars(0, i, out, 0);
    int end = i;
    while (i < text.length()) {
      int c = text.charAt(i);
      if (c < 128) {
        out[end++] = (char) c;
        i++;
        continue;
      }
      c = text.codePointAt(i);
      i += Character.charCount(c);
      String plain = plain(c);
      int room = end + plain.length() + text.length() - i; // for what follows as it is
      out = room > out.length ? Arrays.copyOf(out, 2 * room) : out;
      plain.getChars(0, plain.length(), out, end);
      end += plain.length();
    }
    return new String(out, 0, end);
  }

  private static String plain(int c) {
    String known = c < KNOWN.length ? KNOWN[c] : null;
    if (known != null) {
      return known;
    }
    StringBuilder found = new StringBuilder(2);
    find(c, found);
    String plain = found.toString();
    if (c < KNOWN.length) {
      KNOWN[c] = plain;
    }
    return plain;
  }

  private static void find(int c, StringBuilder out) {
    if (c >= 0xFF01 && c <= 0xFF5E) {
      out.append((char) (c - 0xFEE0));
    } else if (c >= 0x1D400 && c < 0x1D6A4) {
      int letter = (c - 0x1D400) % 52;
      out.append((char) (letter < 26 ? 'A' + letter : 'a' + letter - 26));
    } else if (c >= 0x1D7CE && c <= 0x1D7FF) {
      out.append((char) ('0' + (c - 0x1D7CE) % 10));
    } else if (c == 0x2028 || c == 0x2029) {
      out.append('\n');
    } else if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
      out.append((char) ('0' + Character.digit(c, 10)));
    } else if (Character.getType(c) == Character.SPACE_SEPARATOR) {
      out.append(' ');
    } else if ((c < 0x10000 && Flow.isMark((char) c)) || Character.getType(c) == Character.FORMAT) {
      return;
    } else {
      int at = c < 0x10000 ? FROM.indexOf(c) : -1;
      out.append(
          at >= 0 ? String.valueOf(TO.charAt(at)) : c == 0x2044 || c == 0x2215 ? "/" : dash(c));
    }
  }

  /** What a character is taken for where texts are normalised (Unicode's NFKC): plain or itself. */
  private static String folded(int c) {
    String as = Character.toString(c);
    boolean may = (c >= 0x2000 && c < 0x3400) || (c >= 0xFB00 && c < 0x20000) || c < 0x250;
    if (!may || Character.getType(c) == Character.OTHER_LETTER) {
      return as;
    }
    String plain = Normalizer.normalize(as, Normalizer.Form.NFKC);
    for (int i = 0; i < plain.length(); i++) {
      if (plain.charAt(i) >= 128) {
        return as;
      }
    }
    return plain;
  }

  private static String dash(int c) {
    if (c == 0x3002 || c == 0xFF61) {
      return ".";
    }
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ? "-" : folded(c);
  }
}
