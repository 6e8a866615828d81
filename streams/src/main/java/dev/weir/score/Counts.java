/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.Set;

/**
 * How many people, machines or things a short text says that something reaches: {@code 46 M weekly
 * users}, {@code 610 000 inhabitants}, {@code shared with 38 people}. One pass over at most {@value
 * #MAX_TEXT} characters.
 */
final class Counts {
  /** Nouns of those that an action may reach, each its own and one of many. */
  static final Set<String> REACHED =
      Set.of(
          "people",
          "persons",
          "users",
          "customers",
          "clients",
          "members",
          "subscribers",
          "followers",
          "inhabitants",
          "residents",
          "citizens",
          "households",
          "homes",
          "patients",
          "students",
          "pupils",
          "candidates",
          "applicants",
          "employees",
          "workers",
          "staff",
          "voters",
          "passengers",
          "drivers",
          "riders",
          "players",
          "viewers",
          "readers",
          "visitors",
          "tenants",
          "policyholders",
          "claimants",
          "beneficiaries",
          "pensioners",
          "donors",
          "participants",
          "attendees",
          "recipients",
          "contacts",
          "merchants",
          "vendors",
          "suppliers",
          "accounts",
          "devices",
          "machines",
          "hosts",
          "servers",
          "endpoints",
          "laptops",
          "phones",
          "meters",
          "chargers",
          "sensors",
          "cameras",
          "vehicles",
          "cars",
          "trucks",
          "drones",
          "vessels",
          "aircraft",
          "trains",
          "sites",
          "stores",
          "branches",
          "clusters",
          "nodes",
          "pods",
          "buckets",
          "databases",
          "tables",
          "rows",
          "records",
          "files",
          "documents",
          "items",
          "images",
          "messages",
          "emails",
          "orders",
          "invoices",
          "payments",
          "claims",
          "tickets",
          "cases",
          "contracts",
          "policies",
          "bookings",
          "repositories",
          "repos",
          "packages",
          "downloads",
          "installs",
          "agents",
          "models",
          "locations",
          "rooms",
          "parcels",
          "seats",
          "shipments",
          "beds",
          "racks",
          "flights",
          "cards",
          "wallets",
          "loans",
          "apps",
          "domains",
          "certificates",
          "credentials",
          "cells",
          "doors",
          "lamps",
          "properties",
          "buildings",
          "units",
          "samples",
          "animals",
          "chickens");

  private static final int MAX_TEXT = 160;
  private static final int MAX_BETWEEN = 3;
  private static final long MAX = 1_000_000_000_000L;

  private Counts() {}

  /** The largest count, 0 where there is none. */
  static long in(String text) {
    if (text.length() > MAX_TEXT || text.length() < 5) {
      return 0;
    }
    long largest = 0;
    for (int i = 0; i < text.length(); i++) {
      if (digit(text, i) && !joined(text, i - 1)) {
        int end = end(text, i);
        largest = Math.max(largest, reached(text, end) ? number(text, i, end) : 0);
        i = end;
      }
    }
    return largest;
  }

  private static boolean digit(String text, int i) {
    return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }

  private static boolean joined(String text, int i) {
    return i >= 0
        && (Character.isLetterOrDigit(text.charAt(i)) || "-_./:#".indexOf(text.charAt(i)) >= 0);
  }

  /** Where a number ends that may be grouped by threes. */
  private static int end(String text, int from) {
    int end = from;
    while (digit(text, end) || (end < text.length() && groups(text, end))) {
      end++;
    }
    return end;
  }

  private static boolean groups(String text, int i) {
    char c = text.charAt(i);
    boolean three =
        digit(text, i + 1) && digit(text, i + 2) && digit(text, i + 3) && !digit(text, i + 4);
    return (c == '.' && digit(text, i + 1))
        || ((c == ',' || c == '\'' || Character.isSpaceChar(c)) && three);
  }

  /** One of the next words is a noun of those reached. */
  private static boolean reached(String text, int from) {
    int at = from;
    for (int word = 0; word <= MAX_BETWEEN && at < text.length(); word++) {
      while (at < text.length() && Character.isSpaceChar(text.charAt(at))) {
        at++;
      }
      int end = at;
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
      if (end == at) {
        return false;
      }
      if (REACHED.contains(LowerCase.of(text.substring(at, end)))) {
        return true;
      }
      at = end;
    }
    return false;
  }

  private static long number(String text, int from, int end) {
    double number = 0;
    double place = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      boolean thousands = digit(text, i + 3) && !digit(text, i + 4);
      if (c == '.' && !thousands) {
        place = 1;
      } else if (c >= '0' && c <= '9') {
        place /= 10;
        number = place > 0 ? number + (c - '0') * place : number * 10 + (c - '0');
      }
    }
    return (long) Math.min(MAX, number * factor(text, end));
  }

  private static double factor(String text, int end) {
    int at = end;
    while (at < text.length() && Character.isSpaceChar(text.charAt(at))) {
      at++;
    }
    int last = at;
    while (last < text.length() && Character.isLetter(text.charAt(last))) {
      last++;
    }
    return switch (LowerCase.of(text.substring(at, last))) {
      case "k", "thousand" -> 1e3;
      case "m", "mn", "mio", "million" -> 1e6;
      case "bn", "billion" -> 1e9;
      default -> 1;
    };
  }
}
