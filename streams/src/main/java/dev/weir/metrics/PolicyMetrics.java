/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.budget.RuleShare;
import dev.weir.budget.TrialReport;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Score;
import dev.weir.policy.publish.PolicyRefusal;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which policies score, and how those in shadow differ.
 *
 * <p>Invariant: names of policies and rules come from signed documents, and stand on as many series
 * as there are partitions, or {@link #RULES_SHOWN}, whatever was published before.
 */
final class PolicyMetrics {
  /** Rules of a trial that are shown. */
  static final int RULES_SHOWN = 10;

  private static final double[] DIFFERENCES = {-3, -2, -1, -0.5, -0.1, 0.1, 0.5, 1, 2, 3};

  private final Gauge info;
  private final Gauge generation;
  private final Gauge trials;
  private final Gauge ruleShare;
  private final Map<PolicyRefusal, Counter.Child> refusals = new EnumMap<>(PolicyRefusal.class);
  private final Counter.Child both;
  private final Counter.Child neither;
  private final Counter.Child onlyInForce;
  private final Counter.Child onlyShadow;
  private final Counter mandatory;
  private final Counter unscorable;
  private final Counter failures;
  private final Counter samples;
  private final Histogram difference;
  private final Map<Integer, Standing> standings = new TreeMap<>();
  private final Map<Integer, TrialStatus> statuses = new TreeMap<>();

  private record Standing(long generation, String id, String digestHex) {}

  PolicyMetrics(CollectorRegistry registry) {
    info =
        Gauge.build(MetricNames.POLICY_INFO, "Partitions of this process that score by the policy.")
            .labelNames("policy", "digest")
            .register(registry);
    generation =
        Gauge.build(
                MetricNames.POLICY_GENERATION,
                "Generation of the policy: called for by the topic of policies, and adopted by the"
                    + " partition of this process that is furthest behind.")
            .labelNames("kind")
            .register(registry);
    trials =
        Gauge.build(
                MetricNames.POLICY_TRIALS,
                "Partitions of this process by what becomes of a policy beside the one in force.")
            .labelNames("status")
            .register(registry);
    ruleShare =
        Gauge.build(
                MetricNames.SHADOW_RULE_SHARE,
                "Of what a candidate would review, and of its mass, the share that one rule is behind or"
                    + " part of, in the latest complete trial: the ten largest.")
            .labelNames("of", "rule")
            .register(registry);
    Counter refused =
        counter(
            registry,
            MetricNames.POLICY_REFUSALS,
            "Policies, and pointers to them, that were refused; the one before stays.",
            "reason");
    for (PolicyRefusal reason : PolicyRefusal.values()) {
      refusals.put(reason, refused.labels(reason.name()));
    }
    Counter shadowed =
        counter(
            registry,
            MetricNames.SHADOW_ACTIONS,
            "Actions that a policy in shadow judged too, by who would have them reviewed.",
            "reviewed_by");
    both = shadowed.labels("both");
    neither = shadowed.labels("neither");
    onlyInForce = shadowed.labels("in_force");
    onlyShadow = shadowed.labels("shadow");
    mandatory =
        counter(
            registry,
            MetricNames.SHADOW_MANDATORY,
            "Of them, what the policy in shadow would have reviewed whatever the price.");
    unscorable =
        counter(registry, MetricNames.SHADOW_UNSCORABLE, "Of them, what it could not judge.");
    failures =
        counter(
            registry, MetricNames.SHADOW_FAILURES, "Actions on which a policy in shadow failed.");
    samples =
        counter(
            registry, MetricNames.SHADOW_SAMPLES, "Actions of which both judgements were kept.");
    difference =
        Histogram.build(
                MetricNames.SHADOW_RISK_DIFFERENCE,
                "Risk by the policy in shadow less risk by the one in force, in decades.")
            .buckets(DIFFERENCES)
            .register(registry);
  }

  private static Counter counter(
      CollectorRegistry registry, String name, String help, String... labels) {
    return Counter.build(name, help).labelNames(labels).register(registry);
  }

  synchronized void stands(int partition, long adopted, String id, String digestHex) {
    standings.put(partition, new Standing(adopted, id, digestHex));
    show();
  }

  synchronized void lost(int partition) {
    standings.remove(partition);
    statuses.remove(partition);
    show();
    showStatuses();
  }

  private void show() {
    info.clear();
    long least = Long.MAX_VALUE;
    for (Standing standing : standings.values()) {
      info.labels(standing.id, standing.digestHex).inc();
      least = Math.min(least, standing.generation);
    }
    generation.labels("adopted").set(standings.isEmpty() ? 0 : (double) least);
  }

  void called(long calledFor) {
    generation.labels("called").set((double) calledFor);
  }

  synchronized void status(int partition, TrialStatus status) {
    statuses.put(partition, status);
    showStatuses();
  }

  private void showStatuses() {
    for (TrialStatus status : TrialStatus.values()) {
      long count = statuses.values().stream().filter(s -> s == status).count();
      trials.labels(status.name()).set((double) count);
    }
  }

  void refused(PolicyRefusal reason) {
    Counter.Child child = refusals.get(reason);
    if (child != null) {
      child.inc();
    }
  }

  synchronized void concluded(TrialReport report) {
    ruleShare.clear();
    for (RuleShare rule : report.candidate().rules().stream().limit(RULES_SHOWN).toList()) {
      ruleShare.labels("reviews", rule.rule()).set(rule.sliverShare());
      ruleShare.labels("mass", rule.rule()).set(rule.massShare());
    }
  }

  void shadowed(Score score, Decision decided, Score other, Decision would) {
    boolean here = decided.getReason() != EscalationReason.NONE;
    boolean there = would.getReason() != EscalationReason.NONE;
    (here ? there ? both : onlyInForce : there ? onlyShadow : neither).inc();
    boolean must =
        would.getReason() == EscalationReason.ROUTE
            || would.getReason() == EscalationReason.VIOLATION
            || would.getReason() == EscalationReason.CATASTROPHIC;
    mandatory.inc(must ? 1 : 0);
    unscorable.inc(other.getUnscorable() ? 1 : 0);
    difference.observe(other.getRisk() - score.getRisk());
  }

  void shadowFailed() {
    failures.inc();
  }

  void sampled() {
    samples.inc();
  }
}
