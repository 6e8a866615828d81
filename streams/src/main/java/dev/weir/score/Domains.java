/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.Set;

/** Where the host of a web address stands in a token's text. */
final class Domains {
  /** Common ones: a two-part name with another ending is read as a file's. */
  private static final Set<String> NAMES =
      Set.of(
          "com",
          "org",
          "net",
          "io",
          "dev",
          "gov",
          "edu",
          "co",
          "uk",
          "de",
          "fr",
          "es",
          "it",
          "nl",
          "eu",
          "ch",
          "at",
          "us",
          "ca",
          "au",
          "jp",
          "cn",
          "ru",
          "br",
          "in",
          "info",
          "biz",
          "me",
          "app",
          "ai",
          "cloud",
          "site",
          "online",
          "xyz",
          "tech",
          "shop",
          "store",
          "top",
          "local",
          "internal",
          "mil",
          "int",
          "example",
          "test",
          "tv",
          "cc",
          "to",
          "ly",
          "gl",
          "link");

  private Domains() {}

  static boolean endsInDomain(Tokens text, int from, int end) {
    if (end - from < 2 || end - from > 8) {
      return false;
    }
    StringBuilder label = new StringBuilder();
    for (int i = from; i < end; i++) {
      label.append(text.charAt(i));
    }
    return NAMES.contains(label.toString());
  }

  /** Behind the scheme, and behind {@code www.}. */
  static int start(Tokens text, int from) {
    int start = from;
    for (int i = from; i + 2 < text.end() && i < from + 12; i++) {
      if (text.charAt(i) == ':' && text.charAt(i + 1) == '/' && text.charAt(i + 2) == '/') {
        start = i + 3;
        break;
      }
    }
    boolean www =
        start + 4 < text.end()
            && text.charAt(start) == 'w'
            && text.charAt(start + 1) == 'w'
            && text.charAt(start + 2) == 'w'
            && text.charAt(start + 3) == '.';
    return www ? start + 4 : start;
  }

  static int end(Tokens text, int start) {
    int end = start;
    while (end < text.end() && text.charAt(end) != '/' && text.charAt(end) != ':') {
      end++;
    }
    return end;
  }
}
