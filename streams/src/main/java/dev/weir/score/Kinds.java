/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a tool does and to what, in the terms that texts are read in ({@link Cues}): coarser than
 * the lexicon of tools, since people say "send" for a payment and "add" for an invitation.
 *
 * @param does the kinds of act that it does, as a text would name them most plainly
 * @param asked the kinds of act by which an objective may ask for it
 * @param things the kinds of thing that it does it to
 */
record Kinds(long does, long asked, long things) {
  private static final Map<String, long[]> VERBS = new HashMap<>();
  private static final Map<String, Long> THINGS = new HashMap<>();

  static {
    verb("pay", "pay send book update create", "pay", "buy", "trade");
    verb("send", "send share publish", "send", "delegate", "dispatch");
    verb("publish", "publish send share create", "publish", "react");
    verb("create", "create book share send update", "create", "schedule", "submit", "upload");
    verb("update", "update create delete share", "update", "move", "restore", "merge", "rotate");
    verb("delete", "delete", "delete", "cancel", "reject");
    verb("share", "share send create", "share", "grant", "invite");
    verb("book", "book create pay", "book");
    verb("delete share grant", "delete share grant update", "revoke");
    thing("money", "money", "payment", "invoice", "payroll", "tax", "wallet", "loan", "order");
    thing("message", "message");
    thing("file", "file", "folder", "storage");
    thing("event", "calendar");
    thing("credential", "credential");
    thing("account", "account", "settings", "personal");
    thing("person", "user", "contact", "customer", "employee", "group");
    thing("channel", "group", "audience");
    thing("page", "web", "link");
    thing("booking", "booking");
    thing("review", "review", "post");
    thing("code", "code", "repository", "deployment");
    thing("data", "database", "table", "record", "dataset", "backup");
    thing("device", "device", "vehicle", "robot", "lock");
    thing("system", "server", "cluster", "network", "service", "infrastructure");
  }

  /** Of a tool with these categories of verb and object. */
  static Kinds of(List<String> verbs, List<String> objects) {
    long does = 0;
    long asked = 0;
    for (String verb : verbs) {
      long[] kinds = VERBS.get(verb);
      does |= kinds == null ? 0 : kinds[0];
      asked |= kinds == null ? 0 : kinds[1];
    }
    long things = 0;
    for (String object : objects) {
      things |= THINGS.getOrDefault(object, 0L);
    }
    return new Kinds(does, asked, things);
  }

  private static void verb(String does, String asked, String... categories) {
    for (String category : categories) {
      VERBS.put(category, new long[] {kinds(does), kinds(asked)});
    }
  }

  private static long kinds(String names) {
    long kinds = 0;
    for (String name : names.split(" ", -1)) {
      kinds |= Cues.kind(name);
    }
    return kinds;
  }

  private static void thing(String thing, String... categories) {
    for (String category : categories) {
      THINGS.merge(category, Cues.thing(thing), (a, b) -> a | b);
    }
  }
}
