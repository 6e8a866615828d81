/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.EscalationReason;
import dev.weir.policy.Tier;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The end of a demonstration, as one document or as one would put it on a slide. */
final class Summary {
  private Summary() {}

  static String json(Screen.Frame frame) throws JsonProcessingException {
    Results r = frame.results();
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode();
    document
        .putObject("policy")
        .put("id", frame.policy().id())
        .put("digest", frame.policy().digestHex());
    document
        .putObject("actions")
        .put("read", frame.published())
        .put("assessed", r.counts().assessed())
        .put("duplicates", r.counts().duplicates())
        .put("dead_lettered", r.counts().deadLettered())
        .put("unscorable", r.counts().unscorable());
    ObjectNode escalations =
        document
            .putObject("escalations")
            .put("total", r.escalations())
            .put("mandatory", r.mandatory())
            .put("priced", r.escalations(EscalationReason.PRICED))
            .put("audit", r.escalations(EscalationReason.AUDIT))
            .put("task", r.escalations(EscalationReason.TASK))
            .put("agent", r.escalations(EscalationReason.AGENT))
            .put("requested", r.escalations(EscalationReason.REQUESTED))
            .put("waiting", r.bounded().waiting())
            .put("tier_full", r.bounded().full());
    ObjectNode tiers = escalations.putObject("by_tier");
    r.tiers().forEach(spend -> tiers.put(spend.getTier(), spend.getReviews()));
    document
        .putObject("tax")
        .put("budget", frame.policy().budget().tax())
        .put("realised", r.costs().tax());
    document
        .putObject("mass")
        .put("total", r.mass().total())
        .put("captured_share", r.mass().capturedShare());
    SpreadJson.put(document, r.spread());
    ledger(document.putObject("ledger"), r);
    if (frame.truth().labelled() > 0) {
      document
          .putObject("truth")
          .put("harmful", frame.truth().harmful().size())
          .put("harmful_escalated", frame.harmfulEscalated());
    }
    document.put("wall_seconds", frame.seconds());
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  private static void ledger(ObjectNode node, Results r) {
    node.put("hours", r.ledgerHours())
        .put("base_cost", r.costs().base())
        .put("scorer_cost", r.costs().scoring())
        .put("review_cost", r.costs().review());
    ObjectNode reasons = node.putObject("by_reason");
    r.reasons().forEach(spend -> reasons.put(Words.lower(spend.getReason()), spend.getCost()));
    ObjectNode tiers = node.putObject("by_tier");
    r.tiers().forEach(spend -> tiers.put(spend.getTier(), spend.getCost()));
    node.put("mass_reviewed", r.mass().captured());
    node.putObject("asserted")
        .put("prevented", r.asserted().getPrevented())
        .put("missed", r.asserted().getMissed())
        .put("net", r.asserted().getNet());
    node.putNull("confirmed");
  }

  static String text(Screen.Frame frame) {
    Results r = frame.results();
    Tier tier = frame.policy().tiers().get(0);
    StringBuilder text = new StringBuilder("\n");
    line(
        text,
        "Weir read %,d actions of %,d tasks in %.1f s (%,.0f a second).",
        frame.published(),
        r.taskCount(),
        frame.seconds(),
        frame.published() / frame.seconds());
    line(
        text,
        "  %,d assessed (%,d of them unscorable), %,d repeated, %,d refused%s",
        r.counts().assessed(),
        r.counts().unscorable(),
        r.counts().duplicates(),
        r.counts().deadLettered(),
        reasons(r.deadReasons()));
    if (frame.unsent() > 0) {
      line(text, "  %,d more were too large for the broker itself", frame.unsent());
    }
    line(
        text,
        "It escalated %,d (%s of them) to %s, at %.0f times the cost of an action each:",
        r.reviews(),
        Screen.percent(
            r.counts().assessed() == 0 ? 0 : r.reviews() / (double) r.counts().assessed()),
        tier.id(),
        tier.cost());
    line(
        text,
        "  a tax of %s against a budget of %s; %d of the escalations were mandatory.",
        Screen.percent(r.costs().tax()),
        Screen.percent(frame.policy().budget().tax()),
        r.mandatory());
    if (frame.policy().audit().isPresent()) {
      line(
          text,
          "  Of the rest it drew %,d at random for an audit, paid from the same budget; none is"
              + " answered yet, so what was missed is unknown.",
          r.audits());
    }
    bounded(text, r.bounded());
    line(
        text,
        "Risk, as the policy's scores assert it, of which reviews hold %s:",
        Screen.percent(r.mass().capturedShare()));
    BooksText.spread(r.spread()).forEach(row -> line(text, "  %s", row));
    if (r.spread().topRule() != null) {
      line(text, "  %s", BooksText.sources(r.spread()));
    }
    line(text, "  %s", BooksText.viability(r.spread()));
    line(text, "Ledger, by the hour on weir.ledger (%,d so far):", r.ledgerHours());
    line(text, "  %s", BooksText.costs(r));
    line(text, "  %s", BooksText.losses(r));
    if (frame.truth().labelled() > 0) {
      int harmful = frame.truth().harmful().size();
      line(
          text,
          "Known to be harmful: %,d; escalated of them: %,d; the budget reaches %,d at most.",
          harmful,
          frame.harmfulEscalated(),
          Math.min(
              harmful,
              Math.max(r.mandatory(), Math.round(frame.budgetShare() * r.counts().assessed()))));
    }
    if (!Double.isNaN(r.firstEscalationSeconds())) {
      line(text, "First escalation %.1f s after the first look.", r.firstEscalationSeconds());
    }
    return text.toString();
  }

  private static void bounded(StringBuilder text, Results.Bounded bounded) {
    if (bounded.waiting() > 0) {
      line(
          text,
          "ABOVE ITS CEILING: %s. %,d more actions wait for a review ('weir tail"
              + " escalations.waiting').",
          String.join(", ", new TreeSet<>(bounded.asks())),
          bounded.waiting());
    }
    if (bounded.full() > 0) {
      line(text, "For %,d actions a tier had no room.", bounded.full());
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String reasons(Map<String, Long> dead) {
    return dead.isEmpty()
        ? ""
        : dead.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
