/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.budget.Attribution;
import dev.weir.budget.Concentrations;
import dev.weir.budget.Decisions;
import dev.weir.budget.Ledger;
import dev.weir.budget.RiskHistogram;
import dev.weir.budget.Spending;
import dev.weir.budget.Terms;
import dev.weir.budget.Viabilities;
import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.LeadingAction;
import dev.weir.event.RulePart;
import dev.weir.event.TaskRisk;
import dev.weir.policy.Policy;
import dev.weir.topology.Codecs;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the monitor has committed, by reading its topics as anyone could. Keeps one number a
 * task, so it is for demonstrations, not for a fleet that never ends.
 */
final class Watch implements Runnable, AutoCloseable {
  private static final int WORST_TASKS = 5;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final long startNs = System.nanoTime();
  private final Thread thread = new Thread(this, "weir-watch");
  private final RiskHistogram actions = RiskHistogram.fine();
  private final Map<String, TaskRisk> tasks = new HashMap<>();
  private final Map<String, Double> agents = new HashMap<>();
  private final Attribution attribution = new Attribution(List.of(), List.of());
  private final Spending spending = new Spending(List.of(), List.of());
  private final Set<String> hours = new HashSet<>();
  private final Terms terms;
  private final Set<String> escalatedIds = new HashSet<>();
  private final Map<String, Long> deadReasons = new TreeMap<>();
  private long assessed;
  private long duplicates;
  private long deadLettered;
  private long unscorable;
  private double baseCost;
  private double reviewCost;
  private double mass;
  private double capturedMass;
  private final Set<String> overCeiling = new TreeSet<>();
  private long waiting;
  private long fullTiers;
  private double firstEscalationSeconds = Double.NaN;
  private @Nullable Escalation newest;
  private @Nullable RuntimeException fault;

  Watch(WeirConfig config, Policy policy) {
    this.terms = Terms.of(policy);
    this.consumer = Clients.consumer(config);
    this.topics = config.topics();
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(
            topics.assessments(),
            topics.escalations(),
            topics.waiting(),
            topics.deadLetters(),
            topics.duplicates(),
            topics.taskRisk(),
            topics.ledger())) {
      consumer
          .partitionsFor(topic)
          .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  Watch start() {
    thread.start();
    return this;
  }

  @Override
  public void run() {
    try {
      while (true) {
        var records = consumer.poll(Duration.ofMillis(100));
        synchronized (this) {
          records.forEach(this::add);
        }
      }
    } catch (WakeupException e) {
      // Asked to end.
    } catch (RuntimeException e) {
      synchronized (this) {
        fault = e;
      }
    } finally {
      consumer.close();
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    byte[] value = record.value();
    if (topic.equals(topics.taskRisk())) {
      if (value != null) {
        TaskRisk risk = Codecs.TASK_RISK.decode(value);
        tasks.put(risk.getTaskId(), risk);
      }
    } else if (topic.equals(topics.assessments())) {
      add(Codecs.ASSESSMENT.decode(value));
    } else if (topic.equals(topics.escalations())) {
      if (!Codecs.ESCALATION.reads(SingleObject.fingerprint(value))) {
        return; // a review has ended
      }
      newest = Codecs.ESCALATION.decode(value);
      if (Double.isNaN(firstEscalationSeconds)) {
        firstEscalationSeconds = seconds();
      }
    } else if (topic.equals(topics.waiting())) {
      overCeiling.addAll(
          Codecs.ESCALATION.decode(value).getAssessment().getDecision().getOverCeiling());
    } else if (topic.equals(topics.ledger())) {
      hours.add(new String(record.key(), StandardCharsets.UTF_8));
    } else if (topic.equals(topics.deadLetters())) {
      deadLettered++;
      deadReasons.merge(Codecs.DEAD_LETTER.decode(value).getReason().name(), 1L, Long::sum);
    } else {
      duplicates++;
    }
  }

  private void add(Assessment assessment) {
    Decision decision = assessment.getDecision();
    assessed++;
    unscorable += assessment.getScore().getUnscorable() ? 1 : 0;
    baseCost += decision.getBaseCost();
    reviewCost += decision.getReviewCost();
    double added = assessment.getCarriesOut() ? 0 : assessment.getScore().getMass();
    mass += added;
    actions.add(assessment.getScore().getRisk(), added);
    if (added > 0) {
      agents.merge(assessment.getAgentId(), added, Double::sum);
      attribution.add(assessment, added);
    }
    fullTiers += decision.getFullTiers().isEmpty() ? 0 : 1;
    if (Decisions.waits(decision)) {
      waiting++;
      return;
    }
    if (decision.getReason() != EscalationReason.NONE) {
      boolean audit = decision.getReason() == EscalationReason.AUDIT;
      spending.add(decision, audit ? 0 : added);
      if (!audit) {
        capturedMass += added;
        escalatedIds.add(assessment.getEventId());
      }
    }
  }

  /** What was committed so far. */
  synchronized Results results() {
    if (fault != null) {
      throw fault;
    }
    List<TaskRisk> worst =
        tasks.values().stream()
            .sorted(Comparator.comparingDouble(TaskRisk::getMass).reversed())
            .limit(WORST_TASKS)
            .toList();
    double scoring = terms.budget().accounting().scorerCost() * assessed;
    Results.Costs costs = new Results.Costs(baseCost, scoring, reviewCost);
    return new Results(
        new Results.Counts(assessed, duplicates, deadLettered, unscorable),
        spending.tiers(),
        spending.reasons(),
        Map.copyOf(deadReasons),
        new Results.Bounded(waiting, Set.copyOf(overCeiling), fullTiers),
        costs,
        new Results.Mass(mass, capturedMass),
        Ledger.asserted(mass, spending.tiers(), costs.spent(), terms),
        hours.size(),
        spread(),
        worst,
        newest,
        firstEscalationSeconds,
        seconds());
  }

  private Spread spread() {
    RiskHistogram byTask = RiskHistogram.fine();
    tasks.values().forEach(task -> byTask.add(Math.log10(task.getMass()), task.getMass()));
    RiskHistogram byAgent = RiskHistogram.fine();
    agents.values().forEach(each -> byAgent.add(Math.log10(each), each));
    double topTen = attribution.worst().stream().mapToDouble(LeadingAction::getMass).sum();
    return new Spread(
        Concentrations.of(actions),
        Concentrations.of(byTask),
        Concentrations.of(byAgent),
        attribution.rules().stream()
            .findFirst()
            .map(rule -> new RulePart(rule.getRule(), rule.getMass() / mass))
            .orElse(null),
        mass > 0 ? topTen / mass : 0,
        attribution.worst(),
        Viabilities.of(null, 0, terms.budget().accounting().viableCapture()));
  }

  /** How many of {@code ids} were escalated, audits excepted. */
  synchronized long escalated(Set<String> ids) {
    return ids.stream().filter(escalatedIds::contains).count();
  }

  /** How many records ended in an assessment, a dead letter or a duplicate notice. */
  synchronized long settled() {
    if (fault != null) {
      throw fault;
    }
    return assessed + duplicates + deadLettered;
  }

  private double seconds() {
    return (System.nanoTime() - startNs) / 1e9;
  }

  @Override
  public void close() {
    consumer.wakeup();
    Threads.join(thread);
  }
}
