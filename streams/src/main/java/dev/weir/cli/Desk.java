/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Escalation;
import dev.weir.event.VerdictDecision;
import dev.weir.reviewer.Draft;
import dev.weir.reviewer.DraftReader;
import dev.weir.reviewer.EscalationJson;
import dev.weir.reviewer.EscalationText;
import dev.weir.reviewer.JudgeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A person's desk: shows the most urgent escalation, takes a key, asks for the reasons, hands the
 * decision over, shows the next. What others settle in the meantime goes by itself.
 */
final class Desk {
  private static final String KEYS =
      "a approve  d deny  e escalate  b abstain  r replace  h handover  s skip  space more  q quit";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Where escalations come from and decisions go. */
  interface Tray {
    /** What is open now, the most urgent first. */
    List<Escalation> open();

    /** Publishes a decision; returns once it is committed. */
    void answer(Escalation escalation, Draft draft) throws InterruptedException;
  }

  private final Console console;
  private final Tray tray;
  private final Clock clock;
  private final boolean once;
  private final Set<String> skipped = new HashSet<>();
  private int answered;
  private @Nullable String current;

  /** A desk; with {@code once} its work ends when nothing is open. */
  Desk(Console console, Tray tray, Clock clock, boolean once) {
    this.console = console;
    this.tray = tray;
    this.clock = clock;
    this.once = once;
  }

  /** Works until the person quits; how many were answered. */
  int work(BooleanSupplier stop) throws IOException, InterruptedException {
    while (!stop.getAsBoolean()) {
      List<Escalation> open = new ArrayList<>(tray.open());
      int all = open.size();
      open.removeIf(escalation -> skipped.contains(escalation.getEscalationId()));
      if (open.isEmpty() && once) {
        console.say(
            all == 0 ? "nothing is open" : "nothing else is open; %d skipped".formatted(all));
        return answered;
      }
      Escalation next = next(open);
      show(next, all);
      if (!take(next)) {
        return answered;
      }
    }
    return answered;
  }

  /** The one that was shown, as long as it is open: nothing changes under one's hands. */
  private @Nullable Escalation next(List<Escalation> open) {
    for (Escalation escalation : open) {
      if (escalation.getEscalationId().equals(current)) {
        return escalation;
      }
    }
    if (current != null && !skipped.contains(current)) {
      console.say("settled by others, or past its deadline: the next one");
    }
    Escalation first = open.isEmpty() ? null : open.get(0);
    current = first == null ? null : first.getEscalationId();
    return first;
  }

  private void show(@Nullable Escalation escalation, int open) {
    List<String> lines = new ArrayList<>();
    if (escalation == null) {
      lines.add("%d open, %d answered".formatted(open, answered));
      lines.add("waiting for escalations; q quits");
    } else {
      Instant now = clock.instant();
      lines.add(
          "%d open, %d answered   %s"
              .formatted(open, answered, EscalationText.head(escalation, now)));
      lines.addAll(EscalationText.lines(escalation));
      lines.add(KEYS);
    }
    console.show(lines);
  }

  /** Takes a key; false to end. */
  private boolean take(@Nullable Escalation escalation) throws IOException, InterruptedException {
    char key = console.key();
    if (key == Console.END || key == 'q') {
      return false;
    }
    if (key == ' ') {
      console.turn();
    }
    if (escalation == null) {
      return true;
    }
    switch (key) {
      case 'a' -> decide(escalation, VerdictDecision.APPROVE);
      case 'd' -> decide(escalation, VerdictDecision.DENY);
      case 'e' -> decide(escalation, VerdictDecision.ESCALATE);
      case 'b' -> decide(escalation, VerdictDecision.ABSTAIN);
      case 'r' -> decide(escalation, VerdictDecision.REPLACE);
      case 'h' -> decide(escalation, VerdictDecision.HANDOVER);
      case 's' -> skipped.add(escalation.getEscalationId());
      default -> {}
    }
    return true;
  }

  private void decide(Escalation escalation, VerdictDecision decision)
      throws IOException, InterruptedException {
    ObjectNode answer = MAPPER.createObjectNode().put("decision", decision.name());
    if (decision == VerdictDecision.REPLACE && !replacement(escalation, answer)) {
      return;
    }
    if (decision == VerdictDecision.HANDOVER) {
      String agent = console.line("which vetted agent? ");
      answer.put("handover_agent", agent == null ? "" : agent.strip());
    }
    String rationale = console.line("why? ");
    if (rationale == null) {
      return;
    }
    answer.put("rationale", rationale.strip());
    try {
      Draft draft = DraftReader.read(MAPPER.writeValueAsBytes(answer));
      tray.answer(escalation, draft);
      answered++;
      current = null;
      console.say("%s %s".formatted(escalation.getEscalationId(), decision));
    } catch (JudgeException e) {
      console.say("not answered: " + e.getMessage());
    }
  }

  private boolean replacement(Escalation escalation, ObjectNode answer)
      throws IOException, InterruptedException {
    JsonNode arguments = EscalationJson.of(escalation).at("/action/arguments");
    String text =
        console.edit(
            "other arguments, a JSON object: ",
            MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(arguments));
    if (text == null) {
      return false;
    }
    try {
      answer.set("replacement_arguments", MAPPER.readTree(text.getBytes(StandardCharsets.UTF_8)));
      return true;
    } catch (IOException e) {
      console.say("not answered: that is no JSON");
      return false;
    }
  }
}
