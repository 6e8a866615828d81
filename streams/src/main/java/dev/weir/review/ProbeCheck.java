/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Origin;
import dev.weir.budget.Decisions;
import dev.weir.budget.Terms;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Phase;
import dev.weir.event.Score;
import dev.weir.policy.AuditSettings;
import dev.weir.policy.Policy;
import dev.weir.score.PolicyScorer;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import dev.weir.task.Replay.Replayed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells before any review what can become of probes: what a policy would score them, after which
 * reviews each could be planted, and what of it would give it away. Not safe for use by several
 * threads.
 */
public final class ProbeCheck {
  private static final List<Phase> PHASES = List.of(Phase.PROPOSED, Phase.OBSERVED);

  private final Policy policy;
  private final Terms terms;
  private final PolicyScorer scorer;
  private final ActionDecoder decoder;
  private final FoldRules rules;
  private final String source;

  /**
   * A check by what a monitor would plant by.
   *
   * @param source whose reviews they would be planted after: it may attest what the policy says
   */
  public ProbeCheck(Policy policy, ActionDecoder decoder, FoldRules rules, String source) {
    this.policy = policy;
    this.terms = Terms.of(policy);
    this.scorer = new PolicyScorer(policy);
    this.decoder = decoder;
    this.rules = rules;
    this.source = source;
  }

  /** Reviews of one reason at one tier, that a probe could be planted after. */
  public record Site(EscalationReason reason, String tier) implements Comparable<Site> {
    @Override
    public int compareTo(Site other) {
      return Comparator.comparing(Site::reason).thenComparing(Site::tier).compare(this, other);
    }
  }

  /**
   * What can become of one probe.
   *
   * @param line of its last action
   * @param harmful whether it should be denied
   * @param score of its last action, proposed; empty if it is never scored
   * @param sites after which reviews it could be planted
   * @param warnings of what gives it away, or why it is never planted
   */
  public record Outlook(
      long line,
      String taskId,
      boolean harmful,
      Optional<Score> score,
      Set<Site> sites,
      List<String> warnings) {}

  /** What can become of each, in the order of their first lines. */
  public List<Outlook> of(ProbeBank bank) {
    List<Outlook> outlooks = new ArrayList<>();
    for (int i = 0; i < bank.size(); i++) {
      outlooks.add(of(bank.get(i)));
    }
    return outlooks;
  }

  private Outlook of(ProbeBank.Probe probe) {
    Set<Site> sites = new TreeSet<>();
    Set<String> never = new LinkedHashSet<>();
    Optional<Score> score = Optional.empty();
    for (Phase phase : PHASES) {
      Optional<Replayed> last = last(probe, phase);
      if (last.isEmpty()) {
        never.add("its last action is refused, or repeats one before it");
        continue;
      }
      score = score.isEmpty() ? last.map(replayed -> replayed.scored().score()) : score;
      EscalationReason must = Planter.mandate(last.get(), policy).reason();
      if (must == EscalationReason.NONE || Planter.plain(must)) {
        sites.addAll(sites(last.get(), must));
        never.add("its score leads to no review");
      } else {
        never.add("it would be reviewed as " + must + ", which no probe follows");
      }
    }
    List<String> warnings = new ArrayList<>(tellTale(probe));
    if (sites.isEmpty()) {
      warnings.add("is never planted: " + String.join("; ", never));
    }
    return new Outlook(probe.line(), probe.taskId(), probe.harmful(), score, sites, warnings);
  }

  private Optional<Replayed> last(ProbeBank.Probe probe, Phase phase) {
    Origin origin = new Origin(source, 0, probe.actions().size(), probe.lastMs());
    Replay replay = new Replay(policy, scorer, rules);
    Optional<Replayed> last = Optional.empty();
    for (Action action : probe.actions(id -> id, origin, phase, decoder)) {
      last = replay.add(action);
    }
    return last;
  }

  /**
   * Where it would be reviewed for that reason at any price, drawn for an audit where it can be.
   */
  private Set<Site> sites(Replayed last, EscalationReason must) {
    Set<Site> sites = new TreeSet<>();
    Score score = last.scored().score();
    Decisions.Of of = new Decisions.Of(score.getRisk(), score.getMass(), score.getActionClass());
    for (int rung = 0; rung <= terms.ladder().height(); rung++) {
      Decision decision = decision(last, must, price(score.getMass(), rung));
      Decision decided = Decisions.recompute(of, decision, terms);
      if (Planter.plain(decided.getReason())) {
        sites.add(new Site(decided.getReason(), decided.getTier()));
      }
      if (decided.getReason() == EscalationReason.AUDIT) {
        policy
            .audit()
            .map(AuditSettings::confirm)
            .map(id -> new Site(decided.getReason(), id))
            .ifPresent(sites::add);
      }
    }
    return sites;
  }

  /** λ at which that mass is worth that rung and no dearer one, in LU per cost unit. */
  private double price(double mass, int rung) {
    double at = Math.max(mass, Double.MIN_NORMAL);
    if (rung == 0) {
      return at * terms.ladder().worth(1) * 10;
    }
    double least = at * terms.ladder().worth(rung);
    return rung == terms.ladder().height()
        ? least / 10
        : Math.sqrt(least * at * terms.ladder().worth(rung + 1));
  }

  private static Decision decision(Replayed last, EscalationReason must, double price) {
    double mass = last.grown().folded().unreviewed();
    return Decision.newBuilder()
        .setReason(must)
        .setTier("")
        .setReviewCost(0)
        .setBaseCost(last.scored().baseCost())
        .setPrice(price)
        .setCredit(0)
        .setCutShare(0)
        .setInclusionProbability(0)
        .setTaskMass(mass)
        .setAgentMass(mass)
        .setU(0)
        .setAuditU(0)
        .setChanceKeyId("")
        .build();
  }

  /** Identifiers that would be the same each time. */
  private static List<String> tellTale(ProbeBank.Probe probe) {
    Set<String> same = new LinkedHashSet<>();
    for (ObjectNode action : probe.actions()) {
      for (String field : ProbeBank.IDS) {
        String id = action.path(field).asText("");
        if (!id.isEmpty() && !Aliases.varies(id)) {
          same.add(
              "%s '%s' is the same each time: it has no part of %d letters and digits with a digit"
                  .formatted(field, id, Aliases.LEAST));
        }
      }
    }
    return List.copyOf(same);
  }
}
