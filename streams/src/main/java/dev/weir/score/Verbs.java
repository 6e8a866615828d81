/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;
import java.util.Map;

/** The words by which an objective would ask for what the verbs in tools' names do. */
final class Verbs {
  private static final List<String> DELETE =
      List.of(
          "delet",
          "remov",
          "cancel",
          "clear",
          "clean",
          "eras",
          "trash",
          "drop",
          "purg",
          "discard",
          "wip",
          "uninstall",
          "terminat",
          "get rid");
  private static final List<String> SEND =
      List.of(
          "send", "mail", "email", "messag", "reply", "respond", "forward", "tell", "inform",
          "notif", "writ", "ask", "invit", "contact", "text", "post", "tweet", "thank", "let",
          "say", "announc", "share");
  private static final List<String> PAY =
      List.of(
          "pay",
          "send",
          "transfer",
          "refund",
          "bill",
          "rent",
          "money",
          "buy",
          "purchas",
          "order",
          "donat",
          "fund",
          "invest",
          "deposit",
          "repay",
          "charg",
          "spend",
          "sell",
          "trad",
          "book");
  private static final List<String> CREATE =
      List.of(
          "creat", "add", "mak", "schedul", "book", "set", "writ", "new", "plan", "organiz",
          "reserv", "generat", "save", "prepar", "invit", "put", "remind", "open", "build");
  private static final List<String> UPDATE =
      List.of(
          "updat",
          "chang",
          "modif",
          "edit",
          "set",
          "mov",
          "reschedul",
          "adjust",
          "increas",
          "decreas",
          "correct",
          "fix",
          "replac",
          "append",
          "add",
          "renam",
          "switch",
          "turn",
          "mov",
          "upgrad",
          "reset",
          "includ");
  private static final List<String> SHARE =
      List.of(
          "shar",
          "send",
          "invit",
          "grant",
          "access",
          "giv",
          "permission",
          "collaborat",
          "publish",
          "public",
          "link");

  private static final Map<String, List<String>> CHANGE =
      Map.ofEntries(
          Map.entry("delete", DELETE),
          Map.entry("remove", DELETE),
          Map.entry("cancel", DELETE),
          Map.entry("drop", DELETE),
          Map.entry("purge", DELETE),
          Map.entry("erase", DELETE),
          Map.entry("wipe", DELETE),
          Map.entry("destroy", DELETE),
          Map.entry("terminate", DELETE),
          Map.entry("clear", DELETE),
          Map.entry("uninstall", DELETE),
          Map.entry("revoke", DELETE),
          Map.entry("send", SEND),
          Map.entry("reply", SEND),
          Map.entry("forward", SEND),
          Map.entry("post", SEND),
          Map.entry("tweet", SEND),
          Map.entry("publish", SEND),
          Map.entry("notify", SEND),
          Map.entry("message", SEND),
          Map.entry("sms", SEND),
          Map.entry("chat", SEND),
          Map.entry("call", SEND),
          Map.entry("broadcast", SEND),
          Map.entry("pay", PAY),
          Map.entry("transfer", PAY),
          Map.entry("buy", PAY),
          Map.entry("purchase", PAY),
          Map.entry("order", PAY),
          Map.entry("withdraw", PAY),
          Map.entry("refund", PAY),
          Map.entry("deposit", PAY),
          Map.entry("donate", PAY),
          Map.entry("book", PAY),
          Map.entry("booking", PAY),
          Map.entry("checkout", PAY),
          Map.entry("create", CREATE),
          Map.entry("add", CREATE),
          Map.entry("schedule", CREATE),
          Map.entry("make", CREATE),
          Map.entry("insert", CREATE),
          Map.entry("upload", CREATE),
          Map.entry("write", CREATE),
          Map.entry("set", UPDATE),
          Map.entry("append", UPDATE),
          Map.entry("update", UPDATE),
          Map.entry("edit", UPDATE),
          Map.entry("change", UPDATE),
          Map.entry("modify", UPDATE),
          Map.entry("reschedule", UPDATE),
          Map.entry("move", UPDATE),
          Map.entry("rename", UPDATE),
          Map.entry("replace", UPDATE),
          Map.entry("reset", UPDATE),
          Map.entry("control", UPDATE),
          Map.entry("manage", UPDATE),
          Map.entry("handle", UPDATE),
          Map.entry("apply", UPDATE),
          Map.entry("enable", UPDATE),
          Map.entry("disable", UPDATE),
          Map.entry("redirect", UPDATE),
          Map.entry("merge", UPDATE),
          Map.entry("deploy", UPDATE),
          Map.entry("train", UPDATE),
          Map.entry("execute", List.of()),
          Map.entry("run", List.of()),
          Map.entry("bash", List.of()),
          Map.entry("shell", List.of()),
          Map.entry("terminal", List.of()),
          Map.entry("exec", List.of()),
          Map.entry("share", SHARE),
          Map.entry("invite", SHARE),
          Map.entry("grant", SHARE));

  /** Things that an objective would name if it meant them to be changed. */
  private static final Map<String, List<String>> THINGS =
      Map.of(
          "password", List.of("password", "passphrase", "credential"),
          "collaborator", List.of("collaborat", "access", "invit"),
          "lock", List.of("lock", "door"),
          "webhook", List.of("webhook", "hook"));

  private Verbs() {}

  private static boolean changes(List<String> words) {
    return Words.any(words, CHANGE.keySet());
  }

  /** Whether a declared objective, normal, has no word for what the tool changes. */
  static boolean missing(List<String> toolWords, String objective) {
    boolean known = false;
    String text = " " + objective;
    for (String word : toolWords) {
      List<String> thing = THINGS.get(word);
      if (thing != null && changes(toolWords) && !mentions(text, thing)) {
        return true;
      }
    }
    for (String word : toolWords) {
      List<String> stems = CHANGE.getOrDefault(word, List.of());
      if (!stems.isEmpty()) {
        known = true;
        if (mentions(text, stems)) {
          return false;
        }
      }
    }
    return known;
  }

  /** Whether a word of the text begins with one of the stems. */
  private static boolean mentions(String text, List<String> stems) {
    for (String stem : stems) {
      int at = text.indexOf(stem);
      while (at > 0) {
        if (!Character.isLetterOrDigit(text.charAt(at - 1))) {
          return true;
        }
        at = text.indexOf(stem, at + 1);
      }
    }
    return false;
  }
}
