/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import dev.weir.action.Action;
import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Score;
import dev.weir.policy.Policy;
import dev.weir.policy.Rule;
import dev.weir.score.Inspection;
import dev.weir.score.Inspector;
import dev.weir.score.PolicyScorer;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a policy's rules do on a log of actions: which never fire, which always, which carry all.
 */
public final class LogLint {
  /** A rule that fires on a greater share than this tells nothing apart. */
  private static final double EVERYTHING = 0.9;

  /** Below so many, a share says nothing. */
  private static final long ENOUGH = 100;

  /** Of more rules than this that never fired, the number is told alone. */
  private static final int FEW = 10;

  private final Policy policy;
  private final Inspector inspector;
  private final Replay replay;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private long actions;
  private long mandatory;
  private double mass;

  private static final class Tally {
    private long candidates;
    private long fired;
    private long failed;
    private double mass;
  }

  /** A lint of this policy; the log's own times are believed. */
  public LogLint(Policy policy) {
    FoldRules d = FoldRules.DEFAULT;
    this.policy = policy;
    this.inspector = new Inspector(policy);
    this.replay =
        new Replay(
            policy,
            new PolicyScorer(policy),
            new FoldRules(d.halfLifeMs(), d.latenessMs(), d.aheadMs(), true));
    policy.rules().forEach(rule -> tallies.put(rule.id(), new Tally()));
  }

  /** Takes the log's next action. */
  public void add(Action action) {
    replay
        .add(action)
        .ifPresent(
            replayed -> {
              Inspection inspection = inspector.inspect(action, replayed.view());
              actions++;
              mandatory +=
                  inspection.scored().route() || inspection.scored().catastrophic() ? 1 : 0;
              inspection.candidates().forEach(id -> tally(id).candidates++);
              inspection.fired().forEach(id -> tally(id).fired++);
              inspection.failures().keySet().forEach(id -> tally(id).failed++);
              divide(inspection.scored().score());
            });
  }

  private Tally tally(String rule) {
    return tallies.computeIfAbsent(rule, id -> new Tally());
  }

  private void divide(Score score) {
    mass += score.getMass();
    double loss = 0;
    for (Contribution c : score.getContributions()) {
      loss += carries(c) ? Math.pow(10, c.getValue()) : 0;
    }
    for (Contribution c : score.getContributions()) {
      if (carries(c)) {
        tally(c.getRule()).mass += score.getMass() * Math.pow(10, c.getValue()) / loss;
      }
    }
  }

  private static boolean carries(Contribution c) {
    return c.getCounted() && c.getDimension().compareTo(Dimension.REACH) < 0;
  }

  /** How many actions were scored. */
  public long actions() {
    return actions;
  }

  /** What each rule did, in the policy's order. */
  public List<RuleUse> uses() {
    List<RuleUse> uses = new ArrayList<>();
    for (Rule rule : policy.rules()) {
      Tally t = tally(rule.id());
      uses.add(new RuleUse(rule, t.candidates, t.fired, t.failed, mass == 0 ? 0 : t.mass / mass));
    }
    return uses;
  }

  /** What the log shows to be wrong. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    List<String> never = new ArrayList<>();
    for (RuleUse use : uses()) {
      judge(use, findings);
      if (use.fired() == 0) {
        never.add(use.rule().id());
      }
    }
    if (!never.isEmpty()) {
      findings.add(
          Finding.warning(
              policy.at(),
              never.size() <= FEW
                  ? "never fired on " + actions + " actions: " + String.join(", ", never)
                  : "%d of %d rules never fired on %d actions"
                      .formatted(never.size(), policy.rules().size(), actions)));
    }
    double rate = actions == 0 ? 0 : (double) mandatory / actions;
    if (rate > policy.limits().mandatoryRate()) {
      findings.add(
          Finding.warning(
              policy.at(),
              say(
                  "%.2f %% of actions are reviewed whatever the price, limits.mandatory_rate is"
                      + " %.2f %%",
                  100 * rate, 100 * policy.limits().mandatoryRate())));
    }
    return findings;
  }

  private void judge(RuleUse use, List<Finding> findings) {
    Rule rule = use.rule();
    String name = "rule '" + rule.id() + "' ";
    boolean conditional = !rule.when().text().equals("true");
    if (use.failed() > 0) {
      findings.add(
          Finding.error(
              rule.at(), name + "failed on " + use.failed() + " actions; guard what it reads"));
    }
    if (actions >= ENOUGH && use.fired() > EVERYTHING * actions) {
      findings.add(
          Finding.warning(
              rule.at(),
              name + "fired on " + use.fired() + " of " + actions + " actions; narrow it"));
    } else if (conditional
        && use.candidates() >= ENOUGH
        && use.fired() > EVERYTHING * use.candidates()) {
      findings.add(
          Finding.warning(
              rule.at(),
              name
                  + "fired on "
                  + use.fired()
                  + " of the "
                  + use.candidates()
                  + " actions that it was tried on; its condition says little"));
    }
    if (use.share() > policy.limits().ruleShare()) {
      findings.add(
          Finding.warning(
              rule.at(),
              name
                  + say(
                      "carries %.0f %% of the mass, limits.rule_share is %.0f %%",
                      100 * use.share(), 100 * policy.limits().ruleShare())));
    }
    if (rule.route() && use.fired() > policy.ceiling(rule).share() * actions) {
      findings.add(
          Finding.warning(
              rule.at(),
              name
                  + say(
                      "routes %.3f %% of actions, its ceiling is %.3f %%",
                      100.0 * use.fired() / actions, 100 * policy.ceiling(rule).share())));
    }
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
