/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Web addresses in arguments, and hosts under names that say so. Read as browsers and programs read
 * them, not as the standard would have them written: what is deceptive is told. One pass over each
 * text, at most 50 hosts.
 */
final class Urls {
  private static final int MAX_HOSTS = 50;
  private static final int MAX_AUTHORITY = 300;
  private static final int MAX_HOST = 253;
  private static final Set<String> HOST_NAMES =
      Set.of(
          "url",
          "uri",
          "link",
          "host",
          "hostname",
          "domain",
          "endpoint",
          "website",
          "webhook",
          "callback",
          "proxy",
          "ip",
          "server",
          "site",
          "href");

  private final Set<String> domains;
  private final Set<String> hosts = new LinkedHashSet<>();
  private final Set<String> kinds = new TreeSet<>();
  private boolean credentials;
  private boolean deceptive;
  private long query;

  /** How far the text at hand was searched for a query. */
  private int searched;

  private Urls(Set<String> domains) {
    this.domains = domains;
  }

  static Map<Fact, Object> read(Arguments arguments, Set<String> domains) {
    Urls urls = new Urls(domains);
    for (Leaf leaf : arguments.leaves()) {
      urls.read(leaf);
    }
    return urls.facts();
  }

  private void read(Leaf leaf) {
    String text = leaf.text();
    searched = 0;
    int at = text.indexOf("://");
    if (at < 0 && leaf.isNamed(HOST_NAMES) && text.indexOf('.') > 0 && text.indexOf(' ') < 0) {
      authority(text, 0);
    }
    while (at >= 0 && hosts.size() < MAX_HOSTS) {
      authority(text, at + 3);
      at = text.indexOf("://", at + 3);
    }
  }

  private void authority(String text, int start) {
    int end = authorityEnd(text, start);
    String authority = text.substring(start, end);
    int at = authority.lastIndexOf('@');
    String raw = bare(authority.substring(at + 1));
    String host = Words.normal(raw);
    if (host.isEmpty() || host.length() > MAX_HOST) {
      return;
    }
    String address = Hosts.address(host);
    deceptive |=
        (end < text.length() && text.charAt(end) == '\\')
            || (at > 0 && authority.lastIndexOf('.', at) > 0)
            || (address != null && !address.equals(raw))
            || raw.indexOf('%') >= 0
            || host.startsWith("xn--")
            || host.contains(".xn--")
            || Scripts.isMixed(raw);
    credentials |= at > 0 && authority.lastIndexOf(':', at) > 0;
    String kept = address == null ? host : address;
    hosts.add(kept);
    String kind = Hosts.kind(kept);
    if (!kind.isEmpty()) {
      kinds.add(kind);
    }
    if (end >= searched) { // an address within another has a shorter query, if any
      query = Math.max(query, query(text, end));
    }
  }

  /** How many characters of query follow. */
  private long query(String text, int from) {
    int i = from;
    int mark = -1;
    while (i < text.length() && text.charAt(i) > ' ' && text.charAt(i) != '"') {
      mark = mark < 0 && text.charAt(i) == '?' ? i : mark;
      i++;
    }
    searched = i;
    return mark < 0 ? 0 : i - mark - 1;
  }

  private Map<Fact, Object> facts() {
    if (hosts.isEmpty()) {
      return Map.of();
    }
    Map<Fact, Object> facts = new FactMap();
    long external = 0;
    boolean rawIp = false;
    boolean metadata = false;
    for (String host : hosts) {
      external += isExternal(host, domains) ? 1 : 0;
      rawIp |= Hosts.isAddress(host) && !Hosts.isLoopback(host);
      metadata |= Hosts.isMetadata(host);
    }
    facts.put(URL_PRESENT, true);
    facts.put(URL_HOSTS, List.copyOf(hosts));
    facts.put(URL_EXTERNAL, external);
    facts.put(URL_RAW_IP, rawIp);
    facts.put(URL_METADATA, metadata);
    facts.put(URL_CREDENTIALS, credentials);
    facts.put(URL_DECEPTIVE, deceptive);
    facts.put(URL_KINDS, List.copyOf(kinds));
    facts.put(URL_QUERY, query);
    return facts;
  }

  /** The host of a web address, lower case, or "" if the word is none. */
  static String host(String word) {
    int at = word.indexOf("://");
    if (at < 0 || at > 12) {
      return "";
    }
    String authority = word.substring(at + 3, authorityEnd(word, at + 3));
    return Words.normal(bare(authority.substring(authority.lastIndexOf('@') + 1)));
  }

  /** Neither private nor within one of our own domains. */
  static boolean isExternal(String host, Set<String> domains) {
    return !Hosts.isPrivate(host) && !Hosts.isWithin(host, domains);
  }

  private static int authorityEnd(String text, int start) {
    int end = start;
    int limit = Math.min(text.length(), start + MAX_AUTHORITY);
    while (end < limit && "/?# \t\r\n'\"<>)\\,;|`".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Without port, and without the dot at the end. */
  private static String bare(String host) {
    int port = host.lastIndexOf(':');
    String bare = port > 0 && host.indexOf(']') < port ? host.substring(0, port) : host;
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
