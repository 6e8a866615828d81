/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.action.Action;
import dev.weir.author.Proof;
import dev.weir.budget.Request;
import dev.weir.policy.Fact;
import dev.weir.policy.Policy;
import dev.weir.score.Inspection;
import java.util.Collection;
import java.util.List;

/** Shows why an action scores as it does, and whether a past score is right. */
final class Explanation {
  private static final int MAX_VALUE = 100;

  private Explanation() {}

  static String text(
      Policy policy, Action action, long before, Inspection inspection, boolean facts) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, from %s, after %d actions of its task%n"
            .formatted(Words.cut(action.event().getTool().getName(), 60), action.source(), before));
    text.append(ScoreTable.of(inspection.scored()));
    text.append(
        switch (Request.admitted(action, policy)) {
          case UNATTESTED -> "asks for a review, and is not heard: its source may not ask\n";
          case UNKNOWN -> "asks for a review, and is not heard: it names no tier of the policy\n";
          case DONE -> "asks for a review, and is not heard: it is no proposal\n";
          case GRANTED ->
              "asks for a review by '%s', within its share and the ceiling of requests\n"
                  .formatted(action.event().getRequestedTier());
          default -> "";
        });
    List<String> spared =
        inspection.candidates().stream().filter(id -> !inspection.fired().contains(id)).toList();
    text.append("tried and not fired: ")
        .append(spared.isEmpty() ? "none" : String.join(" ", spared))
        .append('\n');
    if (facts) {
      inspection
          .facts()
          .forEach(
              (fact, value) ->
                  text.append(
                      "  %-32s %s%n".formatted(fact.cel(), Words.cut(shown(value), MAX_VALUE))));
    }
    return text.toString();
  }

  static ObjectNode json(Policy policy, Action action, Inspection inspection, boolean facts) {
    ObjectNode document = PolicyJson.head(policy);
    document
        .put("event_id", action.event().getEventId())
        .put("task_id", action.event().getTaskId())
        .put("tool", action.event().getTool().getName())
        .put("source", action.source());
    document.set("score", PolicyJson.record(inspection.scored().score()));
    document.put(
        "always_reviewed", inspection.scored().route() || inspection.scored().catastrophic());
    document.put("request", Words.lower(Request.admitted(action, policy)));
    document.set("tried", PolicyJson.value(inspection.candidates()));
    document.set("fired", PolicyJson.value(inspection.fired()));
    document.set("failed", PolicyJson.value(inspection.failures()));
    if (facts) {
      ObjectNode values = document.putObject("facts");
      inspection.facts().forEach((fact, value) -> put(values, fact, value));
    }
    return document;
  }

  private static void put(ObjectNode values, Fact fact, Object value) {
    if (fact.type() == Fact.Type.ARGUMENTS) {
      values.put(fact.cel(), shown(value));
    } else {
      values.set(fact.cel(), PolicyJson.value(value));
    }
  }

  private static String shown(Object value) {
    return value instanceof Collection<?> items && items.isEmpty() ? "none" : String.valueOf(value);
  }

  static String text(Proof proof) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %s: %s%n"
            .formatted(
                Words.cut(proof.past().taskId(), 60),
                Words.cut(proof.past().eventId(), 60),
                Words.lower(proof.finding()).replace('_', ' ')));
    proof.notes().forEach(note -> text.append("  ").append(Words.printable(note)).append('\n'));
    return text.toString();
  }

  static ObjectNode json(Proof proof) {
    ObjectNode document = PolicyJson.object();
    document
        .put("event_id", proof.past().eventId())
        .put("task_id", proof.past().taskId())
        .put("matches", proof.finding() == Proof.Finding.MATCHES)
        .put("finding", Words.lower(proof.finding()));
    document.set("notes", PolicyJson.value(proof.notes()));
    return document;
  }
}
