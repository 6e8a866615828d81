/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import com.sun.net.httpserver.HttpHandler;
import dev.weir.budget.TrialReport;
import dev.weir.event.AgentStanding;
import dev.weir.event.Assessment;
import dev.weir.event.Concentration;
import dev.weir.event.Decision;
import dev.weir.event.DispositionKind;
import dev.weir.event.EscalationReason;
import dev.weir.event.LedgerHour;
import dev.weir.event.OutcomeFinding;
import dev.weir.event.Phase;
import dev.weir.event.Price;
import dev.weir.event.RefusalReason;
import dev.weir.event.RequestFate;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Score;
import dev.weir.event.VerdictDecision;
import dev.weir.policy.publish.PolicyRefusal;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.HTTPServer;
import io.prometheus.client.hotspot.DefaultExports;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The tally that Prometheus reads, on a registry of its own: two instances in one JVM do not meet.
 *
 * <p>Invariant: label values come from enums and configured names, so the number of series is fixed
 * by configuration; an event looks no label up. Units: seconds, log10 of loss units for risk, cost
 * units for prices.
 */
public final class Metrics implements Tally {
  private static final double[] RISK_BUCKETS = decades(-6, 9);
  private static final double[] SCORE_BUCKETS = {
    1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 1e-3, 1e-2, 0.1, 1
  };
  private static final double[] LATENCY_BUCKETS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300
  };

  private final CollectorRegistry registry = new CollectorRegistry();

  private final Counter read =
      counter(MetricNames.RECORDS_READ, "Records read, rekeyed ones twice.");
  private final Counter rekeyed =
      counter(MetricNames.RECORDS_REKEYED, "Records sent on to the partition of their key.");
  private final Counter actions =
      counter(
          MetricNames.ACTIONS,
          "Records by what became of them. Together with the rekeyed ones: all that were read.",
          "outcome");
  private final Counter.Child assessed = actions.labels("assessed");
  private final Counter.Child duplicates = actions.labels("duplicate");
  private final Counter.Child deadLettered = actions.labels("dead_lettered");
  private final Map<EscalationReason, Counter.Child> escalations =
      children(
          EscalationReason.class,
          counter(MetricNames.ESCALATIONS, "Actions sent to a review, by reason.", "reason"));
  private final Map<RefusalReason, Counter.Child> deadLetters =
      children(
          RefusalReason.class,
          counter(MetricNames.DEAD_LETTERS, "Records refused, by reason.", "reason"));
  private final Counter tierFull =
      counter(
          MetricNames.TIER_FULL,
          "Actions that a tier had no room for: priced ones went to the next best, mandatory ones"
              + " there all the same.",
          "tier",
          "work");
  private final Counter overCeiling =
      counter(
          MetricNames.OVER_CEILING,
          "Actions that something asked a review for above its ceiling, by what asked.",
          "asks");
  private final Map<RequestFate, Counter.Child> requests =
      children(
          RequestFate.class,
          counter(
              MetricNames.REQUESTS,
              "Actions that ask for a review by a tier of their choice, by what became of that.",
              "fate"));
  private final Counter unknownKeys =
      counter(MetricNames.UNKNOWN_KEYS, "Keys of JSON actions that were ignored.");
  private final Counter late =
      counter(MetricNames.LATE, "Actions further behind their task's clock than lateness allows.");
  private final Counter outOfOrder =
      counter(MetricNames.OUT_OF_ORDER, "Actions behind their task's clock.");
  private final Counter idConflicts =
      counter(MetricNames.ID_CONFLICTS, "Actions that reuse an id with other content.");
  private final Counter unscorable =
      counter(MetricNames.UNSCORABLE, "Actions scored without all that their class needs.");
  private final Counter internalRefused =
      counter(
          MetricNames.INTERNAL_REFUSED, "Records of internal topics that were skipped.", "topic");
  private final Map<String, Counter.Child> internalByTopic = new ConcurrentHashMap<>();

  private final Histogram risk =
      histogram(MetricNames.RISK, "Risk of assessed actions: log10 of loss units.", RISK_BUCKETS);
  private final Histogram scoreSeconds =
      histogram(MetricNames.SCORE_SECONDS, "Time to score an action.", SCORE_BUCKETS);
  private final Histogram latencySeconds =
      histogram(
          MetricNames.LATENCY_SECONDS,
          "Time from the broker's append to the end of processing.",
          LATENCY_BUCKETS);

  private final Gauge prices =
      gauge(
          MetricNames.PRICE,
          "Price of review in loss units per cost unit: of the latest action, and of the fleet.",
          "kind");
  private final Gauge.Child effectivePrice = prices.labels("effective");
  private final Gauge.Child fleetPrice = prices.labels("fleet");
  private final Gauge tasksLive =
      gauge(MetricNames.TASKS_LIVE, "Tasks with live state in this process.");
  private final Map<Integer, Long> tasksByPartition = new ConcurrentHashMap<>();
  private final FleetMetrics fleet = new FleetMetrics(registry);
  private final ReviewerMetrics reviewers = new ReviewerMetrics(registry);
  private final LedgerMetrics ledger = new LedgerMetrics(registry);
  private final PolicyMetrics policies = new PolicyMetrics(registry);
  private final ReviewMetrics reviews = new ReviewMetrics(registry);
  private final GrantMetrics grants = new GrantMetrics(registry);
  private final AgentMetrics agents = new AgentMetrics(registry);

  /** Adds what the JVM shows of itself: memory, garbage collection, threads, the process. */
  public Metrics withProcess() {
    DefaultExports.register(registry);
    return this;
  }

  /** Adds an allowed part of a Kafka Streams client's own metrics. */
  public Metrics withStreams(Supplier<Map<MetricName, ? extends Metric>> streams) {
    registry.register(new StreamsMetricsCollector(streams));
    return this;
  }

  /** Serves all metrics in Prometheus' text format. */
  public HttpHandler httpHandler() {
    // simpleclient adds a gauge _created to each counter: twice the series, and of no use here.
    return new HTTPServer.HTTPMetricHandler(registry, () -> name -> !name.endsWith("_created"));
  }

  /**
   * The value of one sample, 0 if there is none.
   *
   * @param labels name, value, name, value …, in the order in which the metric declares them
   */
  public double value(String sample, String... labels) {
    String[] names = new String[labels.length / 2];
    String[] values = new String[labels.length / 2];
    for (int i = 0; i < names.length; i++) {
      names[i] = labels[2 * i];
      values[i] = labels[2 * i + 1];
    }
    Double value = registry.getSampleValue(sample, names, values);
    return value == null ? 0 : value;
  }

  /** Names of all samples that a scrape would show now. */
  Set<String> samples() {
    Set<String> names = new TreeSet<>();
    for (MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
      family.samples.forEach(sample -> names.add(sample.name));
    }
    return names;
  }

  /** Each family that a scrape would show now, as "name type [labels]"; buckets' le left out. */
  Set<String> families() {
    Set<String> families = new TreeSet<>();
    for (MetricFamilySamples family : collected()) {
      boolean counter = family.type == Collector.Type.COUNTER;
      String type = family.type.name().toLowerCase(Locale.ROOT);
      for (MetricFamilySamples.Sample sample : family.samples) {
        List<String> labels = sample.labelNames.stream().filter(l -> !l.equals("le")).toList();
        families.add(family.name + (counter ? "_total " : " ") + type + " " + labels);
      }
    }
    return families;
  }

  /** Every family with its samples as they are now. */
  List<MetricFamilySamples> collected() {
    return Collections.list(registry.metricFamilySamples());
  }

  @Override
  public void read() {
    read.inc();
  }

  @Override
  public void rekeyed() {
    rekeyed.inc();
  }

  @Override
  public void assessed(Assessment assessment) {
    assessed.inc();
    risk.observe(assessment.getScore().getRisk());
    effectivePrice.set(assessment.getDecision().getPrice());
    EscalationReason reason = assessment.getDecision().getReason();
    if (reason != EscalationReason.NONE) {
      count(escalations, reason);
    }
    Decision decision = assessment.getDecision();
    for (String tier : decision.getFullTiers()) {
      tierFull.labels(tier, tier.equals(decision.getTier()) ? "mandatory" : "priced").inc();
    }
    if (decision.getRequest() != RequestFate.NONE) {
      count(requests, decision.getRequest());
    }
    decision.getOverCeiling().forEach(asks -> overCeiling.labels(asks).inc());
    count(late, assessment.getLate());
    count(outOfOrder, assessment.getOutOfOrder());
    count(idConflicts, assessment.getIdConflict());
    count(unscorable, assessment.getScore().getUnscorable());
    if (assessment.getUnknownKeys() > 0) {
      unknownKeys.inc(assessment.getUnknownKeys());
    }
  }

  @Override
  public void duplicate() {
    duplicates.inc();
  }

  @Override
  public void refused(RefusalReason reason) {
    deadLettered.inc();
    count(deadLetters, reason);
  }

  @Override
  public void disposed(DispositionKind kind) {
    reviews.disposed(kind);
  }

  @Override
  public void disposedAfter(long ms) {
    reviews.disposedAfter(ms);
  }

  @Override
  public void holdRefused(Phase phase) {
    reviews.holdRefused(phase);
  }

  @Override
  public void bypassed(String topic) {
    reviews.bypassed(topic);
  }

  @Override
  public void retriesSpent() {
    reviews.retriesSpent();
  }

  @Override
  public void deniedAudited(String actionClass, DeniedBy by, ReviewOutcome outcome) {
    reviews.deniedAudited(actionClass, by, outcome);
  }

  @Override
  public void handedOver(boolean told) {
    reviews.handedOver(told);
  }

  @Override
  public void taskClosed() {
    reviews.taskClosed();
  }

  @Override
  public void openReviews(int partition, long open) {
    reviews.open(partition, open);
  }

  @Override
  public void reviewsLost(int partition) {
    reviews.lost(partition);
  }

  @Override
  public void verdict(VerdictDecision decision) {
    reviews.verdict(decision);
  }

  @Override
  public void verdictRefused(RefusalReason reason) {
    reviews.verdictRefused(reason);
  }

  @Override
  public void outcome(OutcomeFinding finding) {
    reviews.outcome(finding);
  }

  @Override
  public void outcomeRefused(RefusalReason reason) {
    reviews.outcomeRefused(reason);
  }

  @Override
  public void reviewed(EndedReview review) {
    reviewers.ended(review);
    if (review.plantedHarmful() == null) {
      reviews.ended(review.outcome());
    }
  }

  @Override
  public void planted(String tier) {
    reviews.planted(tier);
  }

  @Override
  public void reviewers(int count) {
    reviews.reviewers(count);
  }

  @Override
  public void reviewerRefused() {
    reviews.reviewerRefused();
  }

  @Override
  public void grants(int count) {
    grants.grants(count);
  }

  @Override
  public void grantRefused() {
    grants.refused();
  }

  @Override
  public void grantConditionFailed() {
    grants.conditionFailed();
  }

  @Override
  public void reserved(String actionClass, ReservedUse use) {
    grants.reserved(actionClass, use);
  }

  @Override
  public void internalRefused(String topic) {
    internalByTopic.computeIfAbsent(topic, internalRefused::labels).inc();
  }

  @Override
  public void scoreTook(long nanos) {
    scoreSeconds.observe(nanos / 1e9);
  }

  @Override
  public void actionTook(long ms) {
    latencySeconds.observe(Math.max(0, ms) / 1e3);
  }

  @Override
  public void liveTasks(int partition, long tasks) {
    tasksByPartition.put(partition, tasks);
    sumTasks();
  }

  @Override
  public void agentTold() {
    agents.told();
  }

  @Override
  public void agentsNearLine(int agents) {
    this.agents.nearLine(agents);
  }

  @Override
  public void agentStandings(int partition, Map<AgentStanding, Long> standings) {
    agents.standings(partition, standings);
  }

  @Override
  public void agentsLost(int partition) {
    agents.lost(partition);
  }

  @Override
  public void lost(int partition) {
    tasksByPartition.remove(partition);
    sumTasks();
    policies.lost(partition);
  }

  @Override
  public void price(Price price) {
    fleetPrice.set(price.getPrice());
  }

  @Override
  public void concentration(Concentration seen) {
    fleet.set(seen);
  }

  @Override
  public void ledger(LedgerHour hour) {
    ledger.set(hour);
  }

  @Override
  public void ledgerLost() {
    ledger.clear();
  }

  @Override
  public void policyStands(int partition, long generation, String id, String digestHex) {
    policies.stands(partition, generation, id, digestHex);
  }

  @Override
  public void policyCalled(long generation) {
    policies.called(generation);
  }

  @Override
  public void policyRefused(PolicyRefusal reason) {
    policies.refused(reason);
  }

  @Override
  public void trialStatus(int partition, TrialStatus status) {
    policies.status(partition, status);
  }

  @Override
  public void trialConcluded(TrialReport report) {
    policies.concluded(report);
  }

  @Override
  public void shadowed(Score score, Decision decided, Score shadowed, Decision would) {
    policies.shadowed(score, decided, shadowed, would);
  }

  @Override
  public void shadowFailed() {
    policies.shadowFailed();
  }

  @Override
  public void shadowSampled() {
    policies.sampled();
  }

  private synchronized void sumTasks() {
    tasksLive.set((double) tasksByPartition.values().stream().mapToLong(Long::longValue).sum());
  }

  private static void count(Counter counter, boolean happened) {
    if (happened) {
      counter.inc();
    }
  }

  private static <E extends Enum<E>> void count(Map<E, Counter.Child> children, E reason) {
    Counter.Child child = children.get(reason);
    if (child != null) {
      child.inc();
    }
  }

  private static <E extends Enum<E>> Map<E, Counter.Child> children(
      Class<E> type, Counter counter) {
    Map<E, Counter.Child> children = new EnumMap<>(type);
    for (E value : type.getEnumConstants()) {
      children.put(value, counter.labels(value.name()));
    }
    return children;
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.build(name, help).labelNames(labels).register(registry);
  }

  private Gauge gauge(String name, String help, String... labels) {
    return Gauge.build(name, help).labelNames(labels).register(registry);
  }

  private Histogram histogram(String name, String help, double[] buckets) {
    return Histogram.build(name, help).buckets(buckets).register(registry);
  }

  private static double[] decades(int first, int last) {
    double[] buckets = new double[last - first + 1];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = first + i;
    }
    return buckets;
  }
}
