/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.event.DispositionKind;
import dev.weir.event.OutcomeFinding;
import dev.weir.event.Phase;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.VerdictDecision;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What becomes of proposals and of reviews. Labels are enums and the names of sources. */
final class ReviewMetrics {
  private static final double[] SECONDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 60, 300, 1800, 3600, 14_400, 86_400
  };

  private final Map<DispositionKind, Counter.Child> dispositions;
  private final Map<Phase, Counter.Child> holdsRefused;
  private final Map<VerdictDecision, Counter.Child> verdicts;
  private final Map<RefusalReason, Counter.Child> verdictsRefused;
  private final Map<OutcomeFinding, Counter.Child> outcomes;
  private final Map<RefusalReason, Counter.Child> outcomesRefused;
  private final Map<ReviewOutcome, Counter.Child> ended;
  private final Counter planted;
  private final Counter bypasses;
  private final Counter retriesSpent;
  private final Counter tasksClosed;
  private final Counter handovers;
  private final Counter deniedAudited;
  private final Counter reviewersRefused;
  private final Gauge reviewers;
  private final Gauge open;
  private final Histogram seconds;
  private final Map<Integer, Long> openByPartition = new ConcurrentHashMap<>();

  ReviewMetrics(CollectorRegistry registry) {
    dispositions =
        children(
            DispositionKind.class,
            counter(
                registry,
                MetricNames.DISPOSITIONS,
                "Dispositions written for agents that wait, repeated ones left out.",
                "kind"));
    seconds =
        Histogram.build(
                MetricNames.DISPOSITION_SECONDS,
                "Time from the broker's append of a proposal to its final disposition.")
            .buckets(SECONDS)
            .register(registry);
    holdsRefused =
        children(
            Phase.class,
            counter(
                registry,
                MetricNames.HOLDS_REFUSED,
                "Escalated actions of tasks that had as many under review as they may: proposals"
                    + " were denied at once, others stay unreviewed.",
                "phase"));
    handovers =
        counter(
            registry,
            MetricNames.HANDOVERS,
            "Proposals that reviewers gave to another agent, and whether that one was told: not where an action is too long.",
            "told");
    planted =
        counter(
            registry,
            MetricNames.PROBES_PLANTED,
            "Planted actions that a tier was asked about.",
            "tier");
    bypasses =
        counter(
            registry,
            MetricNames.BYPASSES,
            "Actions carried out without being released, or otherwise than proposed.",
            "source");
    retriesSpent =
        counter(
            registry,
            MetricNames.RETRIES_SPENT,
            "Proposals denied at once, since their like was held or denied too often.");
    deniedAudited =
        counter(
            registry,
            MetricNames.DENIED_AUDITED,
            "Proposals that were denied, at once or by reviewers, and looked at again, by how that ended: what is APPROVED was stopped in vain.",
            "class",
            "by",
            "outcome");
    tasksClosed =
        counter(
            registry,
            MetricNames.TASKS_CLOSED,
            "Tasks that reviewers denied as a whole: their proposals are denied at once, what they do all the same is a bypass.");
    open =
        Gauge.build(MetricNames.OPEN_REVIEWS, "Open reviews in this process, about.")
            .register(registry);
    verdicts =
        children(
            VerdictDecision.class,
            counter(registry, MetricNames.VERDICTS, "Verdicts that counted.", "decision"));
    verdictsRefused =
        children(
            RefusalReason.class,
            counter(
                registry,
                MetricNames.VERDICTS_REFUSED,
                "Records of the log of verdicts that became dead letters.",
                "reason"));
    outcomes =
        children(
            OutcomeFinding.class,
            counter(
                registry,
                MetricNames.OUTCOMES,
                "Outcomes that counted, corrections too, by how their action was treated.",
                "finding"));
    outcomesRefused =
        children(
            RefusalReason.class,
            counter(
                registry,
                MetricNames.OUTCOMES_REFUSED,
                "Records of the log of outcomes that became dead letters.",
                "reason"));
    ended =
        children(
            ReviewOutcome.class,
            counter(registry, MetricNames.REVIEWS_ENDED, "Reviews that a tier ended.", "outcome"));
    reviewers =
        Gauge.build(MetricNames.REVIEWERS, "Reviewers registered, revoked ones too.")
            .register(registry);
    reviewersRefused =
        counter(
            registry,
            MetricNames.REVIEWERS_REFUSED,
            "Records of the topic of reviewers that do not count; the ones before stay.");
  }

  private static Counter counter(
      CollectorRegistry registry, String name, String help, String... labels) {
    return Counter.build(name, help).labelNames(labels).register(registry);
  }

  private static <E extends Enum<E>> Map<E, Counter.Child> children(
      Class<E> type, Counter counter) {
    Map<E, Counter.Child> children = new EnumMap<>(type);
    for (E value : type.getEnumConstants()) {
      children.put(value, counter.labels(value.name()));
    }
    return children;
  }

  private static <E extends Enum<E>> void count(Map<E, Counter.Child> children, E value) {
    Counter.Child child = children.get(value);
    if (child != null) {
      child.inc();
    }
  }

  void disposed(DispositionKind kind) {
    count(dispositions, kind);
  }

  void disposedAfter(long ms) {
    seconds.observe(Math.max(0, ms) / 1e3);
  }

  void holdRefused(Phase phase) {
    count(holdsRefused, phase);
  }

  void planted(String tier) {
    planted.labels(tier).inc();
  }

  void bypassed(String topic) {
    bypasses.labels(topic).inc();
  }

  void deniedAudited(String actionClass, Tally.DeniedBy by, ReviewOutcome outcome) {
    deniedAudited.labels(actionClass, by.name(), outcome.name()).inc();
  }

  void handedOver(boolean told) {
    handovers.labels(told ? "yes" : "no").inc();
  }

  void taskClosed() {
    tasksClosed.inc();
  }

  void retriesSpent() {
    retriesSpent.inc();
  }

  void open(int partition, long reviews) {
    openByPartition.put(partition, reviews);
    sum();
  }

  void lost(int partition) {
    openByPartition.remove(partition);
    sum();
  }

  private synchronized void sum() {
    open.set((double) openByPartition.values().stream().mapToLong(Long::longValue).sum());
  }

  void verdict(VerdictDecision decision) {
    count(verdicts, decision);
  }

  void verdictRefused(RefusalReason reason) {
    count(verdictsRefused, reason);
  }

  void outcome(OutcomeFinding finding) {
    count(outcomes, finding);
  }

  void outcomeRefused(RefusalReason reason) {
    count(outcomesRefused, reason);
  }

  void ended(ReviewOutcome outcome) {
    count(ended, outcome);
  }

  void reviewers(int count) {
    reviewers.set(count);
  }

  void reviewerRefused() {
    reviewersRefused.inc();
  }
}
