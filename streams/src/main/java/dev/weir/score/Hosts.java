/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What hosts are: addresses in any notation, private or metadata services, kinds of public services
 * by {@code hosts.txt}. Host names are lower case and in NFKC.
 */
final class Hosts {
  private static final Set<String> METADATA =
      Set.of(
          "169.254.169.254",
          "169.254.170.2",
          "100.100.100.200",
          "168.63.129.16",
          "[fd00:ec2::254]",
          "metadata.google.internal",
          "metadata.azure.internal",
          "metadata");

  /** How an IPv6 address begins that maps an IPv4 one. */
  private static final String MAPPED = "[::ffff:";

  private static final Set<String> LOCAL_ENDS =
      Set.of("localhost", "local", "internal", "lan", "intranet", "home", "localdomain", "arpa");
  private static final Map<String, String> KINDS = load();

  private Hosts() {}

  /** The dotted form of an IPv4 address in any notation that programs accept, or null. */
  static @Nullable String address(String host) {
    if (host.isEmpty() || host.length() > 40 || !Character.isDigit(host.charAt(0))) {
      return null;
    }
    String[] parts = host.split("\\.", 6);
    int n = parts.length > 1 && parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
    if (n > 4) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < n; i++) {
      long part = number(parts[i]);
      int bytes = i == n - 1 ? 4 - i : 1;
      if (part < 0 || part >= 1L << (8 * bytes)) {
        return null;
      }
      value = value << (8 * bytes) | part;
    }
    return (value >> 24)
        + "."
        + (value >> 16 & 255)
        + "."
        + (value >> 8 & 255)
        + "."
        + (value & 255);
  }

  /** A decimal, octal (0…) or hexadecimal (0x…) number; -1 if it is none. */
  private static long number(String text) {
    boolean hex = text.startsWith("0x");
    int radix = hex ? 16 : text.length() > 1 && text.charAt(0) == '0' ? 8 : 10;
    String digits = hex ? text.substring(2) : text;
    if (digits.isEmpty() || digits.length() > 12) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  static boolean isAddress(String host) {
    return host.startsWith("[") || address(host) != null;
  }

  /** This machine or one that only its own network reaches. */
  static boolean isPrivate(String host) {
    if (host.startsWith("[")) {
      return host.startsWith("[::1]")
          || host.startsWith("[fc")
          || host.startsWith("[fd")
          || host.startsWith("[fe80")
          || (host.startsWith(MAPPED) && address(mapped(host)) != null && isPrivate(mapped(host)));
    }
    String address = address(host);
    if (address == null) {
      return host.indexOf('.') < 0
          || LOCAL_ENDS.contains(host.substring(host.lastIndexOf('.') + 1));
    }
    return address.startsWith("10.")
        || address.startsWith("127.")
        || address.startsWith("192.168.")
        || address.startsWith("169.254.")
        || address.equals("0.0.0.0")
        || (address.startsWith("172.") && between(address, 16, 31))
        || (address.startsWith("100.") && between(address, 64, 127));
  }

  private static boolean between(String address, int low, int high) {
    int dot = address.indexOf('.');
    int second = Integer.parseInt(address.substring(dot + 1, address.indexOf('.', dot + 1)));
    return second >= low && second <= high;
  }

  static boolean isLoopback(String host) {
    String address = address(host);
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || (address != null && (address.startsWith("127.") || address.equals("0.0.0.0")));
  }

  /** A cloud's metadata service, which hands out a machine's credentials. */
  static boolean isMetadata(String host) {
    String address = address(host);
    return METADATA.contains(address == null ? mapped(host) : address);
  }

  /** The IPv4 address that an IPv6 one maps, in dotted form; any other host as it is. */
  private static String mapped(String host) {
    if (!host.startsWith(MAPPED)) {
      return host;
    }
    String rest = host.substring(MAPPED.length(), host.length() - (host.endsWith("]") ? 1 : 0));
    int colon = rest.indexOf(':');
    long high = colon < 0 ? -1 : number("0x" + rest.substring(0, colon));
    long low = colon < 0 ? -1 : number("0x" + rest.substring(colon + 1));
    boolean isHex = high >= 0 && high <= 0xffff && low >= 0 && low <= 0xffff;
    return isHex ? (high >> 8) + "." + (high & 255) + "." + (low >> 8) + "." + (low & 255) : rest;
  }

  /** The kind of public service that a host is, or "". */
  static String kind(String host) {
    String rest = host;
    while (!rest.isEmpty()) {
      String kind = KINDS.get(rest);
      if (kind != null) {
        return kind;
      }
      int dot = rest.indexOf('.');
      rest = dot < 0 ? "" : rest.substring(dot + 1);
    }
    return "";
  }

  static boolean isWithin(String host, Set<String> domains) {
    for (String domain : domains) {
      if (host.endsWith(domain)
          && (host.length() == domain.length()
              || host.charAt(host.length() - domain.length() - 1) == '.')) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> load() {
    Map<String, String> kinds = new HashMap<>();
    try (InputStream in = Objects.requireNonNull(Hosts.class.getResourceAsStream("hosts.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        if (!line.startsWith("#") && colon > 0) {
          for (String host : line.substring(colon + 1).strip().split(" ", -1)) {
            kinds.put(host, line.substring(0, colon));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(kinds);
  }
}
