/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mail addresses among the arguments, by the names they stand under. One pass over each text, at
 * most 500 addresses.
 */
final class Mails {
  private static final int MAX_ADDRESSES = 500;
  private static final Set<String> RECIPIENT_NAMES =
      Set.of(
          "to",
          "cc",
          "bcc",
          "recipient",
          "recipients",
          "email",
          "emails",
          "participants",
          "participant",
          "attendees",
          "attendee",
          "invitees",
          "invitee",
          "guests",
          "guest",
          "collaborator",
          "collaborators",
          "address",
          "addresses",
          "users",
          "user",
          "members",
          "member",
          "forward",
          "contact",
          "contacts",
          "subscribers",
          "customer",
          "customers",
          "destinatario",
          "destinataire",
          "empfänger");

  /** Local parts that stand for many people. */
  private static final Set<String> LISTS =
      Set.of(
          "all",
          "everyone",
          "everybody",
          "staff",
          "allstaff",
          "all-staff",
          "all_staff",
          "company",
          "team",
          "employees",
          "all-employees",
          "all-hands",
          "allhands",
          "list",
          "users",
          "customers",
          "subscribers",
          "newsletter",
          "announce",
          "announcements",
          "department",
          "engineering",
          "org",
          "students",
          "members",
          "alle",
          "tous",
          "todos",
          "tutti");

  private Mails() {}

  static Map<Fact, Object> read(Arguments arguments, Set<String> domains) {
    Set<String> recipients = new LinkedHashSet<>();
    for (Leaf leaf : arguments.leaves()) {
      if (leaf.text().indexOf('@') > 0 && leaf.isNamed(RECIPIENT_NAMES)) {
        addresses(leaf.text(), recipients);
      }
    }
    if (recipients.isEmpty()) {
      return Map.of();
    }
    Map<Fact, Object> facts = new FactMap();
    long external = 0;
    long lists = 0;
    Set<String> hosts = new HashSet<>();
    for (String address : recipients) {
      int at = address.indexOf('@');
      String host = address.substring(at + 1);
      if (isExternal(host, domains)) {
        external++;
        hosts.add(host);
      }
      lists += LISTS.contains(address.substring(0, at)) ? 1 : 0;
    }
    facts.put(MAIL_PRESENT, true);
    facts.put(MAIL_ADDRESSES, List.copyOf(recipients));
    facts.put(MAIL_RECIPIENTS, (long) recipients.size());
    facts.put(MAIL_EXTERNAL, external);
    facts.put(MAIL_ORGANIZATIONS, (long) hosts.size());
    facts.put(MAIL_LISTS, lists);
    return facts;
  }

  /** A mail's host is outside unless it is one of our own: it has no private addresses. */
  private static boolean isExternal(String host, Set<String> domains) {
    return !Hosts.isWithin(host, domains);
  }

  private static void addresses(String text, Set<String> found) {
    int at = text.indexOf('@');
    while (at >= 0 && found.size() < MAX_ADDRESSES) {
      int start = at;
      while (start > 0 && at - start < 64 && isPart(text.charAt(start - 1))) {
        start--;
      }
      int end = at + 1;
      int dot = text.length();
      while (end < text.length() && end - at < 255 && isPart(text.charAt(end))) {
        dot = text.charAt(end) == '.' ? Math.min(dot, end) : dot;
        end++;
      }
      while (end > at && text.charAt(end - 1) == '.') {
        end--;
      }
      if (start < at && dot < end) {
        found.add(Words.normal(text.substring(start, end)));
      }
      at = text.indexOf('@', at + 1);
    }
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c)
        || c == '.'
        || c == '-'
        || c == '_'
        || c == '+'
        || Scripts.isInvisible(c);
  }
}
