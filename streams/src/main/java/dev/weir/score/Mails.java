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

/** Mail addresses among the arguments, by the names they stand under. One pass over each text. */
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
          "attendees",
          "invitees",
          "guests",
          "guest",
          "collaborator",
          "collaborators",
          "address",
          "addresses",
          "users",
          "user");

  private Mails() {}

  static Map<Fact, Object> read(Arguments arguments, Set<String> domains) {
    Set<String> recipients = new LinkedHashSet<>();
    for (Leaf leaf : arguments.leaves()) {
      if (leaf.text().indexOf('@') > 0 && isRecipient(leaf)) {
        addresses(leaf.text(), recipients);
      }
    }
    if (recipients.isEmpty()) {
      return Map.of();
    }
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    facts.put(MAIL_PRESENT, true);
    facts.put(MAIL_ADDRESSES, List.copyOf(recipients));
    facts.put(MAIL_RECIPIENTS, (long) recipients.size());
    facts.put(MAIL_EXTERNAL, recipients.stream().filter(a -> isExternal(a, domains)).count());
    return facts;
  }

  private static boolean isRecipient(Leaf leaf) {
    return leaf.isNamed(RECIPIENT_NAMES);
  }

  private static boolean isExternal(String address, Set<String> domains) {
    return Urls.isExternal(address.substring(address.indexOf('@') + 1), domains);
  }

  private static void addresses(String text, Set<String> found) {
    int at = text.indexOf('@');
    while (at >= 0 && found.size() < MAX_ADDRESSES) {
      int start = at;
      while (start > 0 && at - start < 64 && isPart(text.charAt(start - 1))) {
        start--;
      }
      int end = at + 1;
      while (end < text.length() && end - at < 255 && isPart(text.charAt(end))) {
        end++;
      }
      if (start < at && text.substring(at, end).indexOf('.') > 0) {
        found.add(text.substring(start, end).toLowerCase(Locale.ROOT));
      }
      at = text.indexOf('@', at + 1);
    }
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == '+';
  }
}
