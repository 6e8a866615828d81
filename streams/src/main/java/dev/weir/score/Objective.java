/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How an action compares with what its task is for, word by word. Cheap and honest: it says whether
 * the objective names what the action aims at, not whether it wants it.
 */
final class Objective {
  private static final int MAX_TARGETS = 32;
  private static final int MAX_LENGTH = 200;

  private static final Set<String> TARGET_NAMES =
      Set.of(
          "recipient",
          "recipients",
          "to",
          "cc",
          "bcc",
          "email",
          "emails",
          "address",
          "account",
          "iban",
          "payee",
          "user",
          "username",
          "participants",
          "attendees",
          "invitees",
          "guest",
          "guests",
          "phone",
          "collaborator",
          "collaborators",
          "host",
          "url",
          "domain",
          "channel",
          "name",
          "names",
          "path",
          "file",
          "filename",
          "destination",
          "target",
          "recipientid",
          "repo",
          "repository");

  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "com", "org", "net", "www", "http", "https", "mail", "email", "gmail", "outlook",
          "hotmail", "yahoo", "txt", "docx", "pdf", "csv", "the", "and", "for");

  private Objective() {}

  static Map<Fact, Object> read(
      String text, List<String> toolWords, Arguments arguments, double amount) {
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    facts.put(Fact.OBJECTIVE_TEXT, text);
    facts.put(Fact.OBJECTIVE_INTENT_MISSING, Verbs.missing(toolWords, text));
    facts.put(Fact.OBJECTIVE_AMOUNT_MISSING, amount > 0 && !Numbers.names(text, amount));
    long unmentioned = 0;
    double distance = 0;
    Set<String> seen = new HashSet<>();
    for (Leaf leaf : arguments.leaves()) {
      if (seen.size() >= MAX_TARGETS) {
        break;
      }
      if (isTarget(leaf) && seen.add(leaf.text())) {
        double d = distance(Words.normal(leaf.text().strip()), text);
        unmentioned += d > 0 ? 1 : 0;
        distance = Math.max(distance, d);
      }
    }
    facts.put(Fact.OBJECTIVE_UNMENTIONED, unmentioned);
    facts.put(Fact.OBJECTIVE_DISTANCE, distance);
    return facts;
  }

  private static boolean isTarget(Leaf leaf) {
    if (leaf.text().isBlank() || leaf.text().length() > MAX_LENGTH) {
      return false;
    }
    for (String word : leaf.words()) {
      if (TARGET_NAMES.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** 0 where the text names the target, else from 0.25 (all its words occur) to 1 (none does). */
  static double distance(String target, String text) {
    if (text.contains(target)) {
      return 0;
    }
    int words = 0;
    int absent = 0;
    for (String word : Words.ofText(target, 3, 12)) {
      if (!EMPTY_WORDS.contains(word)) {
        words++;
        absent += text.contains(word) ? 0 : 1;
      }
    }
    return words == 0 ? 1 : 0.25 + 0.75 * absent / words;
  }
}
