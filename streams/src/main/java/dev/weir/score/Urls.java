/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Web addresses in arguments. */
final class Urls {
  private static final int MAX_URLS = 50;

  private Urls() {}

  static Map<Fact, Object> read(Arguments arguments, Set<String> domains) {
    Set<String> hosts = new LinkedHashSet<>();
    boolean credentials = false;
    for (Leaf leaf : arguments.leaves()) {
      String text = leaf.text();
      int at = text.indexOf("://");
      while (at >= 0 && hosts.size() < MAX_URLS) {
        int end = authorityEnd(text, at + 3);
        String authority = text.substring(at + 3, end);
        credentials |= authority.indexOf('@') > 0;
        String host = hostOf(authority);
        if (!host.isEmpty()) {
          hosts.add(host);
        }
        at = text.indexOf("://", at + 3);
      }
    }
    if (hosts.isEmpty()) {
      return Map.of();
    }
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    facts.put(URL_PRESENT, true);
    facts.put(URL_HOSTS, List.copyOf(hosts));
    facts.put(URL_EXTERNAL, hosts.stream().filter(h -> isExternal(h, domains)).count());
    facts.put(URL_RAW_IP, hosts.stream().anyMatch(Urls::isRawAddress));
    facts.put(URL_CREDENTIALS, credentials);
    return facts;
  }

  /** The host of a web address, lower case, or "" if the word is none. */
  static String host(String word) {
    int at = word.indexOf("://");
    return at < 0 || at > 12 ? "" : hostOf(word.substring(at + 3, authorityEnd(word, at + 3)));
  }

  static boolean isExternal(String host, Set<String> domains) {
    if (host.equals("localhost")
        || host.startsWith("127.")
        || host.startsWith("10.")
        || host.startsWith("192.168.")) {
      return false;
    }
    return domains.stream().noneMatch(d -> host.equals(d) || host.endsWith("." + d));
  }

  private static int authorityEnd(String text, int start) {
    int end = start;
    int limit = Math.min(text.length(), start + 300);
    while (end < limit && "/?# \t\r\n'\"<>)\\".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static String hostOf(String authority) {
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int port = host.lastIndexOf(':');
    String bare = port > 0 && host.indexOf(']') < port ? host.substring(0, port) : host;
    return bare.toLowerCase(Locale.ROOT);
  }

  private static boolean isRawAddress(String host) {
    return !host.startsWith("127.")
        && (host.startsWith("[") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
  }
}
