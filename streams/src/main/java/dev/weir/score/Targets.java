/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.Map;
import java.util.Set;

/**
 * How many things or people one action acts on: lists, lists written in one text, wildcards, words
 * for all, filters that match all, limits, channels.
 */
final class Targets {
  private static final Set<String> ALL =
      Set.of(
          "*",
          "all",
          "everyone",
          "everybody",
          "@everyone",
          "@channel",
          "@all",
          "@here",
          "%",
          ".*",
          "**",
          "**/*",
          "*.*",
          "alle",
          "tous",
          "todos",
          "tutti");
  private static final Set<String> LIMIT_NAMES =
      Set.of(
          "limit",
          "count",
          "max",
          "top",
          "n",
          "number",
          "quantity",
          "qty",
          "copies",
          "recipients",
          "rows",
          "records",
          "gpus",
          "nodes",
          "instances",
          "replicas",
          "workers",
          "users",
          "customers",
          "employees",
          "orders",
          "contacts",
          "patients",
          "passengers",
          "citizens",
          "accounts",
          "devices",
          "machines",
          "hosts",
          "vehicles",
          "drones",
          "households",
          "subscribers",
          "members",
          "players",
          "messages",
          "tickets",
          "documents",
          "files",
          "examples",
          "affected");
  private static final Set<String> NOT_COUNTED = Set.of("id", "ids", "min", "per");
  private static final Set<String> MANY_NAMES =
      Set.of(
          "ids",
          "id",
          "to",
          "recipients",
          "users",
          "names",
          "emails",
          "accounts",
          "files",
          "paths",
          "items",
          "records",
          "keys",
          "members",
          "hosts",
          "instances",
          "numbers");
  private static final Set<String> PEOPLE_NAMES =
      Set.of(
          "to",
          "cc",
          "bcc",
          "recipient",
          "recipients",
          "users",
          "user",
          "members",
          "attendees",
          "participants",
          "invitees",
          "guests",
          "phones",
          "phone",
          "numbers",
          "channel",
          "channels",
          "subscribers",
          "contacts",
          "customers",
          "patients",
          "employees");

  /** Words of short values that say how far an action reaches. */
  private static final Set<String> WIDE_WORDS =
      Set.of(
          "wide",
          "nationwide",
          "national",
          "statewide",
          "countrywide",
          "citywide",
          "regional",
          "global",
          "worldwide",
          "fleet",
          "fleetwide",
          "frontier",
          "everyone",
          "everything",
          "entire",
          "whole",
          "unrestricted",
          "company",
          "country");

  /** What is only said reaches nobody by itself. */
  private static final Set<String> SAID_NAMES =
      Set.of("body", "text", "message", "content", "description", "reason", "query", "prompt");

  private static final int MAX_ALL = 12;
  private static final int MAX_WIDE = 48;

  private boolean all;
  private long listed;
  private long limit;
  private long affected;
  private long people;
  private long channels;
  private boolean wide;

  private Targets() {}

  static Map<Fact, Object> read(Arguments arguments) {
    Targets targets = new Targets();
    for (Leaf leaf : arguments.leaves()) {
      targets.read(leaf);
    }
    return targets.facts(arguments);
  }

  private void read(Leaf leaf) {
    String text = leaf.text();
    if (!text.isEmpty()) {
      all |= text.length() < MAX_ALL && ALL.contains(leaf.normal().strip());
      wide |= text.length() <= MAX_WIDE && Words.any(Words.ofName(leaf.normal()), WIDE_WORDS);
      affected = Math.max(affected, counted(leaf));
      boolean toPeople = leaf.isNamed(PEOPLE_NAMES);
      boolean many = toPeople || leaf.isNamed(MANY_NAMES);
      long parts = many ? parts(text) : 1;
      listed = Math.max(listed, parts);
      people += toPeople ? parts : 0;
      channels += toPeople && isChannel(text) ? 1 : 0;
    } else if (leaf.value() instanceof Boolean b) {
      all |= b && (leaf.words().contains("all") || leaf.words().contains("everyone"));
    } else if (leaf.value() instanceof Number n && !leaf.isNamed(NOT_COUNTED)) {
      long number = (long) Math.min(1e12, Math.abs(n.doubleValue()));
      limit = leaf.isNamed(LIMIT_NAMES) ? Math.max(limit, number) : limit;
      affected = leaf.isNamed(Counts.REACHED) ? Math.max(affected, number) : affected;
    }
  }

  private static long counted(Leaf leaf) {
    return leaf.isNamed(SAID_NAMES) ? 0 : Counts.in(leaf.text());
  }

  private static boolean isChannel(String text) {
    return text.startsWith("#") || text.equals("general") || text.contains("@channel");
  }

  /** How many things a text lists: parts between commas, semicolons or lines. */
  private static long parts(String text) {
    long parts = 1;
    for (int i = 0; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      parts += c == ',' || c == ';' || c == '\n' ? 1 : 0;
    }
    return parts;
  }

  private Map<Fact, Object> facts(Arguments arguments) {
    long count = Math.max(arguments.longestList(), listed > 1 ? listed : 0);
    boolean everything = all || arguments.emptyFilter();
    if (!everything && count == 0 && limit == 0 && affected == 0 && people == 0 && !wide) {
      return Map.of();
    }
    Map<Fact, Object> facts = new FactMap();
    facts.put(TARGETS_PRESENT, true);
    facts.put(TARGETS_COUNT, count);
    facts.put(TARGETS_ALL, everything);
    facts.put(TARGETS_LIMIT, limit);
    facts.put(TARGETS_AFFECTED, affected);
    facts.put(TARGETS_PEOPLE, people);
    facts.put(TARGETS_CHANNELS, channels);
    facts.put(TARGETS_WIDE, wide);
    return facts;
  }
}
