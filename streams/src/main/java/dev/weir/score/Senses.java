/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Lexicon.Meaning;
import java.util.List;
import java.util.Set;

/**
 * Verbs whose sense hangs on what they are said of: one opens a file by reading it, a door by
 * moving it, an account by making it; money is paid by sending it. Settled in place.
 */
final class Senses {
  /** Stands for a word that joins verbs. */
  static final Meaning AND = new Meaning("", false, true, false, List.of());

  /** Stands for a preposition: what follows is no part of the name of the thing. */
  static final Meaning OF = new Meaning("", true, false, false, List.of());

  private static final Set<String> MONEY =
      Set.of("payment", "wallet", "voucher", "payroll", "loan");
  private static final Set<String> THINGS =
      Set.of(
          "device",
          "lock",
          "vehicle",
          "robot",
          "industrial",
          "traffic",
          "weapon",
          "dose",
          "plant",
          "lifeline");
  private static final Set<String> HANDED = Set.of("agent", "employee", "message");
  private static final Set<String> MOVED =
      Set.of(
          "file", "folder", "repository", "dataset", "server", "network", "task", "code", "record");
  private static final Set<String> READ_OPEN = Set.of("file", "folder", "web", "message", "link");
  private static final Set<String> ENTERED =
      Set.of("payment", "record", "invoice", "database", "tax", "task");
  private static final Set<String> BOOKED_BY_MACHINE = Set.of("database", "record", "table");

  private Senses() {}

  static void settle(Set<String> verbs, Set<String> objects) {
    if (verbs.contains("open")) {
      replace(verbs, "open", opened(objects));
    }
    if (verbs.contains("shut")) {
      replace(verbs, "shut", overlap(objects, THINGS) ? "actuate" : "stop");
    }
    if (verbs.contains("pay")) {
      pay(verbs, objects);
    }
    if (verbs.contains("send") && overlap(objects, MONEY) && !objects.contains("message")) {
      replace(verbs, "send", "pay");
    }
    if (verbs.contains("publish")) {
      published(verbs, objects);
    }
    if (verbs.contains("update") && overlap(objects, THINGS)) {
      verbs.add("actuate");
    }
    if (verbs.contains("create") && objects.contains("industrial")) {
      verbs.add("actuate");
    }
    if ((verbs.contains("enable") || verbs.contains("disable")) && overlap(objects, THINGS)) {
      verbs.add("actuate");
    }
    if (verbs.contains("actuate") && objects.contains("web") && !overlap(objects, THINGS)) {
      replace(verbs, "actuate", "read");
    }
    if (verbs.contains("deploy") && objects.contains("payment")) {
      replace(verbs, "deploy", "pay");
    }
    if (verbs.contains("delegate") && objects.contains("role")) {
      replace(verbs, "delegate", "grant");
    }
    if (verbs.contains("move") && objects.contains("payment") && !overlap(objects, MOVED)) {
      replace(verbs, "move", "pay");
    }
    if (verbs.contains("train") && overlap(objects, Set.of("employee", "student"))) {
      replace(verbs, "train", "schedule");
    }
  }

  private static void pay(Set<String> verbs, Set<String> objects) {
    if (objects.contains("admin")) {
      replace(verbs, "pay", "grant");
    } else if (objects.contains("message") && objects.contains("payment")) {
      replace(verbs, "pay", "send");
    } else if (overlap(objects, HANDED) && !overlap(objects, Set.of("payroll", "wallet"))) {
      replace(verbs, "pay", "delegate");
    } else if (overlap(objects, MOVED)) {
      replace(verbs, "pay", overlap(objects, BOOKED_BY_MACHINE) ? "update" : "move");
    }
  }

  private static void published(Set<String> verbs, Set<String> objects) {
    boolean told = verbs.contains("send") || objects.contains("message");
    if (told && !objects.contains("audience")) {
      replace(verbs, "publish", "send");
    } else if (overlap(objects, ENTERED)) {
      replace(verbs, "publish", "create");
    }
  }

  private static String opened(Set<String> objects) {
    if (overlap(objects, THINGS)) {
      return "actuate";
    }
    return overlap(objects, READ_OPEN) ? "read" : "create";
  }

  private static void replace(Set<String> verbs, String verb, String by) {
    verbs.remove(verb);
    verbs.add(by);
  }

  private static boolean overlap(Set<String> objects, Set<String> any) {
    for (String object : objects) {
      if (any.contains(object)) {
        return true;
      }
    }
    return false;
  }
}
