/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.budget.Concentrations;
import dev.weir.budget.Decisions;
import dev.weir.budget.RiskHistogram;
import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.TaskRisk;
import dev.weir.topology.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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
  private final Map<EscalationReason, Long> reasons = new EnumMap<>(EscalationReason.class);
  private final Map<String, Long> tiers = new TreeMap<>();
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

  Watch(WeirConfig config) {
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
            topics.taskRisk())) {
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
      newest = Codecs.ESCALATION.decode(value);
      if (Double.isNaN(firstEscalationSeconds)) {
        firstEscalationSeconds = seconds();
      }
    } else if (topic.equals(topics.waiting())) {
      overCeiling.addAll(
          Codecs.ESCALATION.decode(value).getAssessment().getDecision().getOverCeiling());
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
    fullTiers += decision.getFullTiers().isEmpty() ? 0 : 1;
    if (Decisions.waits(decision)) {
      waiting++;
      return;
    }
    if (decision.getReason() != EscalationReason.NONE) {
      reasons.merge(decision.getReason(), 1L, Long::sum);
      tiers.merge(decision.getTier(), 1L, Long::sum);
    }
    if (decision.getReason() != EscalationReason.NONE
        && decision.getReason() != EscalationReason.AUDIT) {
      capturedMass += added;
      escalatedIds.add(assessment.getEventId());
    }
  }

  /** What was committed so far. */
  synchronized Results results() {
    if (fault != null) {
      throw fault;
    }
    RiskHistogram byTask = RiskHistogram.fine();
    tasks.values().forEach(task -> byTask.add(Math.log10(task.getMass()), task.getMass()));
    List<TaskRisk> worst =
        tasks.values().stream()
            .sorted(Comparator.comparingDouble(TaskRisk::getMass).reversed())
            .limit(WORST_TASKS)
            .toList();
    return new Results(
        new Results.Counts(assessed, duplicates, deadLettered, unscorable),
        Map.copyOf(reasons),
        Map.copyOf(tiers),
        Map.copyOf(deadReasons),
        new Results.Bounded(waiting, Set.copyOf(overCeiling), fullTiers),
        new Results.Costs(baseCost, reviewCost),
        new Results.Mass(mass, capturedMass),
        Concentrations.of(actions),
        Concentrations.of(byTask),
        worst,
        newest,
        firstEscalationSeconds,
        seconds());
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
