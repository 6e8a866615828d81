/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Undoes one encoding of one run of text, at most 4 KiB of it. What does not come out as text comes
 * out empty. Linear.
 */
final class Decoder {
  /** Characters of one run that are decoded. */
  static final int MAX_ENCODED = 4 << 10;

  private static final int MAX_PLAIN = 4 << 10;
  private static final int MIN_PLAIN = 8;

  private Decoder() {}

  /** A character of Base64, base64url or hexadecimal. */
  static boolean isCode(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '='
        || c == '-'
        || c == '_';
  }

  static boolean looksHex(String text, int start, int end) {
    int digits = 0;
    for (int i = start; i < end; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
      digits += text.charAt(i) <= '9' ? 1 : 0;
    }
    return digits > 4 && (end - start) % 2 == 0;
  }

  /** Both cases and digits or =, few slashes and dashes: words, paths and names are otherwise. */
  static boolean looksBase64(String text, int start, int end) {
    int upper = 0;
    int lower = 0;
    int digit = 0;
    int joints = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      upper += c >= 'A' && c <= 'Z' ? 1 : 0;
      lower += c >= 'a' && c <= 'z' ? 1 : 0;
      digit += (c >= '0' && c <= '9') || c == '=' ? 1 : 0;
      joints += c == '/' || c == '-' || c == '_' ? 1 : 0;
    }
    int length = end - start;
    return upper > length / 10 && lower > length / 10 && digit > 0 && joints <= length / 12;
  }

  static String base64(String run) {
    int end = run.indexOf('=');
    String code = (end < 0 ? run : run.substring(0, end)).replace('-', '+').replace('_', '/');
    try {
      int whole = code.length() % 4 == 1 ? code.length() - 1 : code.length();
      return text(Base64.getDecoder().decode(code.substring(0, whole)));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  static String hex(String run) {
    byte[] bytes = new byte[run.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(run.charAt(2 * i), 16);
      int low = Character.digit(run.charAt(2 * i + 1), 16);
      bytes[i] = (byte) (high << 4 | low);
    }
    return text(bytes);
  }

  /** The text that Base64 with lines stands for, packed or of wide letters too; or null. */
  static @Nullable String mime(String text) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text.strip());
      return plain(bytes);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String plain(byte[] bytes) {
    boolean packed =
        bytes.length > 3
            && ((bytes[0] == 0x1F && bytes[1] == (byte) 0x8B)
                || (bytes[0] == 0x78 && (bytes[1] & 0x1F) != 0x20));
    String unpacked = packed ? text(bytes) : "";
    if (!unpacked.isEmpty()) {
      return unpacked;
    }
    boolean wide = bytes.length > 3 && bytes[1] == 0 && bytes[3] == 0;
    return new String(bytes, wide ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
  }

  /** The text that Base32 (RFC 4648) stands for, or null. */
  static @Nullable String base32(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int bits = 0;
    int value = 0;
    for (int i = 0; i < Math.min(text.length(), MAX_ENCODED); i++) {
      char c = text.charAt(i);
      int digit = c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' : c - '2' + 26;
      if (c == '=' || c <= ' ') {
        continue;
      }
      if (digit < 0 || digit > 31) {
        return null;
      }
      value = (value << 5 | digit) & 0xFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(value >> bits);
      }
    }
    return plain(bytes.toByteArray());
  }

  /** The text that pairs of hexadecimal digits stand for; what is none is passed over. */
  static String pairs(String text) {
    StringBuilder out = new StringBuilder();
    int high = -1;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit >= 0 && high < 0) {
        high = digit;
      } else if (digit >= 0) {
        out.append((char) (high * 16 + digit));
        high = -1;
      }
    }
    return out.toString();
  }

  private static String text(byte[] bytes) {
    if (bytes.length > 3 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B) {
      return inflated(bytes, true);
    } else if (bytes.length > 3 && bytes[0] == 0x78 && (bytes[1] & 0x1F) != 0x20) {
      String plain = inflated(bytes, false);
      return plain.isEmpty() ? printable(bytes, bytes.length) : plain;
    }
    return printable(wide(bytes), wide(bytes).length);
  }

  /** UTF-16 of ASCII, as one shell of Windows takes its commands, in single bytes. */
  private static byte[] wide(byte[] bytes) {
    int zeros = 0;
    for (int i = 1; i < bytes.length; i += 2) {
      zeros += bytes[i] == 0 ? 1 : 0;
    }
    if (bytes.length < 4 || zeros < bytes.length / 2 - 1) {
      return bytes;
    }
    byte[] narrow = new byte[bytes.length / 2];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = bytes[2 * i];
    }
    return narrow;
  }

  private static String inflated(byte[] bytes, boolean gzip) {
    byte[] plain = new byte[MAX_PLAIN];
    int length = 0;
    try (InputStream in =
        gzip
            ? new GZIPInputStream(new ByteArrayInputStream(bytes))
            : new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      length = in.readNBytes(plain, 0, MAX_PLAIN);
    } catch (IOException e) { // cut off: what came out so far is lost with the stream
      return "";
    }
    return printable(plain, length);
  }

  private static String printable(byte[] bytes, int length) {
    int plain = 0;
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      plain += (b >= 32 && b < 127) || b == '\n' || b == '\t' || b == '\r' || b < 0 ? 1 : 0;
    }
    int high = 0;
    for (int i = 0; i < length; i++) {
      high += bytes[i] < 0 ? 1 : 0;
    }
    boolean text = length >= MIN_PLAIN && plain >= length * 95 / 100 && high <= length / 3;
    if (!text) {
      return "";
    }
    String found = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return found.indexOf('\uFFFD') >= 0 && high > length / 20 ? "" : found;
  }

  /** Whether an escape begins here: %41, those with a backslash and x or u, &#65;. */
  static boolean isEscape(String text, int i) {
    char c = text.charAt(i);
    if (c == '%') {
      return isHex(text, i + 1, 2);
    } else if (c == '\\' && i + 1 < text.length()) {
      char kind = text.charAt(i + 1);
      return (kind == 'x' && isHex(text, i + 2, 2)) || (kind == 'u' && isHex(text, i + 2, 4));
    }
    return c == '&' && text.startsWith("&#", i);
  }

  private static boolean isHex(String text, int from, int length) {
    if (from + length > text.length()) {
      return false;
    }
    for (int i = from; i < from + length; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The text with its escapes undone, at most 4 KiB. */
  static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < text.length() && plain.length() < MAX_PLAIN) {
      if (!isEscape(text, i)) {
        plain.append(text.charAt(i));
        i++;
        continue;
      }
      char c = text.charAt(i);
      int from = c == '%' ? i + 1 : i + 2;
      boolean decimal = c == '&' && from < text.length() && text.charAt(from) != 'x';
      from += c == '&' && !decimal ? 1 : 0;
      int most = c == '&' ? 7 : c == '\\' && text.charAt(i + 1) == 'u' ? 4 : 2;
      int end = from;
      int value = 0;
      int radix = decimal ? 10 : 16;
      while (end < text.length()
          && end - from < most
          && Character.digit(text.charAt(end), radix) >= 0) {
        value = value * radix + Character.digit(text.charAt(end), radix);
        end++;
      }
      plain.append(Character.isBmpCodePoint(value) ? (char) value : '?');
      i =
          c == '&' && end < text.length() && text.charAt(end) == ';'
              ? end + 1
              : Math.max(end, i + 1);
    }
    return plain.toString();
  }
}
