/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.Set;

/** How far away a host is: on this machine, in a private network or the own domains, or outside. */
enum Distance {
  LOOPBACK,
  INTERNAL,
  EXTERNAL;

  private static final String[] PRIVATE_ENDS = {
    ".local",
    ".internal",
    ".lan",
    ".svc",
    ".cluster.local",
    ".localdomain",
    ".corp",
    ".intra",
    ".home.arpa",
    ".test",
    ".private"
  };

  /** The distance of a host, lower case, without port. */
  static Distance of(String host, Set<String> domains) {
    if (host.equals("localhost")
        || (host.startsWith("127.") && isAddress(host))
        || host.equals("0.0.0.0")
        || host.equals("[::1]")
        || host.equals("::1")
        || host.endsWith(".localhost")) {
      return LOOPBACK;
    }
    return isPrivate(host) || isOwn(host, domains) ? INTERNAL : EXTERNAL;
  }

  /** Whether this host hands out a machine's cloud credentials to whoever asks. */
  static boolean isMetadata(String host) {
    return host.equals("169.254.169.254") || host.equals("metadata.google.internal");
  }

  private static boolean isPrivate(String host) {
    if (isAddress(host)) {
      return isPrivateAddress(host);
    }
    for (String end : PRIVATE_ENDS) {
      if (host.endsWith(end)) {
        return true;
      }
    }
    return host.indexOf('.') < 0 && host.indexOf(':') < 0 && isName(host);
  }

  private static boolean isPrivateAddress(String host) {
    if (host.startsWith("172.") && host.length() > 6) {
      int dot = host.indexOf('.', 4);
      String second = dot < 0 ? "" : host.substring(4, dot);
      return second.length() == 2 && second.compareTo("16") >= 0 && second.compareTo("31") <= 0;
    }
    return host.startsWith("10.") || host.startsWith("192.168.") || host.startsWith("169.254.");
  }

  private static boolean isAddress(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return host.indexOf('.') > 0;
  }

  /** Letters, digits and hyphens after a letter: no variable, no number in disguise. */
  private static boolean isName(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || c == '_';
      if (!letter && (i == 0 || (c != '-' && (c < '0' || c > '9')))) {
        return false;
      }
    }
    return !host.isEmpty();
  }

  private static boolean isOwn(String host, Set<String> domains) {
    for (String domain : domains) {
      if (host.equals(domain)
          || (host.endsWith(domain) && host.charAt(host.length() - domain.length() - 1) == '.')) {
        return true;
      }
    }
    return false;
  }

  /** The host of a web address or of {@code user@host:path}, lower case, or "". */
  static String host(String word) {
    String host = Urls.host(word);
    if (!host.isEmpty() || word.startsWith("/") || word.startsWith(".")) {
      return host;
    }
    int colon = word.indexOf(':');
    String head = colon > 0 ? word.substring(0, colon) : word;
    String bare = head.substring(head.lastIndexOf('@') + 1);
    return bare.indexOf('/') >= 0 ? "" : LowerCase.of(bare);
  }
}
