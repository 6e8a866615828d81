/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

/** Keys of one length that share a hash in String and in any other hash of radix 33 or 31. */
final class HashCollisions {
  private HashCollisions() {}

  /** A JSON object with {@code count} such keys: all share the hash of radix 33 (Jackson's). */
  static String object(int count) {
    return object(count, "aB", "b!");
  }

  /** The same for radix 31 (String's). */
  static String objectOfRadix31(int count) {
    return object(count, "Aa", "BB");
  }

  private static String object(int count, String zero, String one) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 13; bit++) {
        json.append((i >> bit & 1) == 0 ? zero : one);
      }
      json.append("\":0");
    }
    return json.append('}').toString();
  }
}
