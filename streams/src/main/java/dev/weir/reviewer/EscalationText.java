/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.ActionSummary;
import dev.weir.event.Contribution;
import dev.weir.event.Escalation;
import dev.weir.event.MissingGrant;
import dev.weir.event.Score;
import dev.weir.event.TaskContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An escalation as a person reads it: the action, the reasons, the task. All text is escaped. */
public final class EscalationText {
  private static final int MAX_LINES = 500;
  private static final int VALUE_CHARS = 2000;
  private static final int SHORT_CHARS = 160;

  private EscalationText() {}

  /** What is asked, and for how long it can be answered. */
  public static String head(Escalation escalation, Instant now) {
    Score score = escalation.getAssessment().getScore();
    return String.format(
        Locale.ROOT,
        "%s left   risk %.2f = magnitude %.2f %+.2f   %s%s%s",
        left(Duration.between(now, escalation.getDeadline())),
        score.getRisk(),
        score.getMagnitude(),
        score.getLikelihood(),
        escalation.getReason(),
        escalation.getRound() > 0 ? "   round " + (escalation.getRound() + 1) : "",
        escalation.getWaiting() ? "   waiting queue" : "");
  }

  /** The rest, in lines. */
  public static List<String> lines(Escalation escalation) {
    List<String> lines = new ArrayList<>();
    byte[] bytes = EscalationJson.action(escalation);
    JsonNode action = EscalationJson.read(bytes);
    action(lines, escalation, action);
    lacks(lines, escalation);
    reasons(lines, escalation.getAssessment().getScore());
    task(lines, escalation.getContext());
    change(lines, escalation, action);
    return lines.size() <= MAX_LINES ? lines : cut(lines);
  }

  private static List<String> cut(List<String> lines) {
    List<String> cut = new ArrayList<>(lines.subList(0, MAX_LINES));
    cut.add(
        "… and %,d more lines; 'weir tail escalations' has them"
            .formatted(lines.size() - MAX_LINES));
    return cut;
  }

  private static void action(List<String> lines, Escalation escalation, JsonNode action) {
    var assessment = escalation.getAssessment();
    lines.add(
        "Action   %s %s by %s, class %s%s"
            .formatted(
                assessment.getPhase(),
                Shown.brief(assessment.getTool(), SHORT_CHARS),
                Shown.brief(assessment.getAgentId(), SHORT_CHARS),
                assessment.getScore().getActionClass().isEmpty()
                    ? "none"
                    : Shown.line(assessment.getScore().getActionClass()),
                escalation.getActionTruncated() ? "   CUT: not all of it is here" : ""));
    if (action.isObject()) {
      fields(lines, "  ", action.path("arguments"), "arguments");
      optional(lines, "arguments_raw", action);
      optional(lines, "environment", action);
    } else {
      lines.add(
          "  " + Shown.brief(action.isNull() ? "(unreadable)" : action.toString(), VALUE_CHARS));
    }
  }

  /** What it would have needed a grant of. */
  private static void lacks(List<String> lines, Escalation escalation) {
    for (MissingGrant missing : escalation.getAssessment().getDecision().getMissingGrants()) {
      lines.add(
          "%s  %s is reserved for vetted agents, and %s's grant of it: %s"
              .formatted(
                  escalation.getRequest() == null ? "Lacks  " : "Request",
                  Shown.line(missing.getActionClass()),
                  Shown.brief(escalation.getAssessment().getAgentId(), SHORT_CHARS),
                  missing.getLack().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
  }

  private static void optional(List<String> lines, String name, JsonNode action) {
    if (action.path(name).isTextual()) {
      fields(lines, "  ", action.get(name), name);
    }
  }

  private static void fields(List<String> lines, String indent, JsonNode value, String name) {
    if (value.isObject() && !value.isEmpty()) {
      lines.add(indent + Shown.brief(name, SHORT_CHARS) + ":");
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        fields(lines, indent + "  ", field.getValue(), field.getKey());
      }
    } else if (!value.isMissingNode()) {
      String text = value.isTextual() ? value.asText() : value.toString();
      lines.add(
          "%s%s: %s"
              .formatted(indent, Shown.brief(name, SHORT_CHARS), Shown.brief(text, VALUE_CHARS)));
    }
  }

  private static void reasons(List<String> lines, Score score) {
    lines.add("Reasons");
    for (Contribution part : score.getContributions()) {
      if (part.getCounted()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-15s %+6.2f  %s  (%s)",
                part.getDimension().name().toLowerCase(Locale.ROOT),
                part.getValue(),
                Shown.brief(part.getBecause(), SHORT_CHARS),
                Shown.brief(part.getRule(), SHORT_CHARS)));
      }
    }
    if (score.getUnscorable()) {
      lines.add("  it could not be scored in full");
    }
  }

  private static void task(List<String> lines, TaskContext context) {
    lines.add(
        String.format(
            Locale.ROOT,
            "Task     %,d actions before, %,.0f LU, since %s",
            context.getActions(),
            context.getMass(),
            context.getFirstSeen()));
    String objective = context.getObjective();
    if (objective != null) {
      lines.add(
          "  objective%s: %s"
              .formatted(
                  context.getObjectiveAttested() ? "" : " (not attested)",
                  Shown.brief(objective, VALUE_CHARS)));
    }
    context.getWorst().forEach(one -> lines.add("  worst  " + summary(one)));
    context.getRecent().forEach(one -> lines.add("  recent " + summary(one)));
  }

  private static String summary(ActionSummary one) {
    return String.format(
        Locale.ROOT,
        "%5.2f  %s %s",
        one.getRisk(),
        Shown.brief(one.getTool(), SHORT_CHARS),
        Shown.brief(one.getArguments(), SHORT_CHARS));
  }

  /** What is new against the task's last action by the same tool. */
  private static void change(List<String> lines, Escalation escalation, JsonNode action) {
    ActionSummary last = lastLike(escalation);
    if (last == null) {
      return;
    }
    lines.add("Changed since its last " + Shown.brief(last.getTool(), SHORT_CHARS));
    JsonNode now = action.path("arguments");
    JsonNode before = EscalationJson.read(last.getArguments().getBytes(StandardCharsets.UTF_8));
    if (!before.isObject() || !now.isObject()) {
      lines.add("  it was: " + Shown.brief(last.getArguments(), SHORT_CHARS));
      return;
    }
    TreeSet<String> names = new TreeSet<>();
    for (Iterator<String> i = before.fieldNames(); i.hasNext(); ) {
      names.add(i.next());
    }
    for (Iterator<String> i = now.fieldNames(); i.hasNext(); ) {
      names.add(i.next());
    }
    names.removeIf(name -> before.path(name).equals(now.path(name)));
    if (names.isEmpty()) {
      lines.add("  nothing: the same arguments");
    }
    for (String name : names) {
      lines.add(
          "  %s: %s -> %s"
              .formatted(Shown.brief(name, SHORT_CHARS), value(before, name), value(now, name)));
    }
  }

  private static String value(JsonNode arguments, String name) {
    JsonNode value = arguments.path(name);
    return value.isMissingNode() ? "(none)" : Shown.brief(value.toString(), SHORT_CHARS);
  }

  private static @Nullable ActionSummary lastLike(Escalation escalation) {
    List<ActionSummary> recent = escalation.getContext().getRecent();
    for (int i = recent.size() - 1; i >= 0; i--) {
      if (recent.get(i).getTool().equals(escalation.getAssessment().getTool())) {
        return recent.get(i);
      }
    }
    return null;
  }

  private static String left(Duration left) {
    long seconds = Math.max(0, left.toSeconds());
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
  }
}
