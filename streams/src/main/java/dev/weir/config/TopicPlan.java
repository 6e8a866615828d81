/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The topics that Weir needs, as they should be. */
public final class TopicPlan {
  private static final String TIMESTAMP_TYPE = "message.timestamp.type";
  private static final String BROKERS_CLOCK = "LogAppendTime";
  private static final String DAY_MS = "86400000";
  private static final String WEEK_MS = "604800000";
  private static final String MONTH_MS = "2592000000";

  /**
   * One topic.
   *
   * @param name its name
   * @param partitions how many
   * @param settings topic-level settings that differ from the broker's defaults
   * @param purpose what is on it, one line
   */
  public record Planned(String name, int partitions, Map<String, String> settings, String purpose) {
    /** Whether the broker's clock stamps its records, since something is judged by it. */
    public boolean isStamped() {
      return BROKERS_CLOCK.equals(settings.get(TIMESTAMP_TYPE));
    }
  }

  private final Topics topics;
  private final int partitions;
  private final int replication;

  /**
   * @param partitions of everything per task; fixed for life
   * @param replication copies of every topic
   */
  public TopicPlan(Topics topics, int partitions, int replication) {
    this.topics = topics;
    this.partitions = partitions;
    this.replication = replication;
  }

  /** Copies of every topic. */
  public int replication() {
    return replication;
  }

  /** Every topic, sources first. */
  public List<Planned> topics() {
    List<Planned> plan = new ArrayList<>();
    for (String source : topics.sources()) {
      plan.add(input(source, "actions, key task_id"));
    }
    plan.add(input(topics.rekey(), "actions on their way to their task's partition"));
    plan.add(output(topics.deadLetters(), partitions, WEEK_MS, "records refused, with the reason"));
    plan.add(output(topics.duplicates(), partitions, DAY_MS, "notices of repeated records"));
    plan.add(output(topics.assessments(), partitions, WEEK_MS, "every action, scored and decided"));
    plan.add(output(topics.escalations(), partitions, WEEK_MS, "requests for review"));
    plan.add(output(topics.waiting(), partitions, MONTH_MS, "requests for review that wait"));
    plan.add(output(topics.dispositions(), partitions, WEEK_MS, "what became of proposals"));
    plan.add(output(topics.handovers(), partitions, WEEK_MS, "what other agents may do instead"));
    plan.add(input(topics.verdicts(), "verdicts, notices of expiry and of grants, key task_id"));
    plan.add(stamped(topics.reviewers(), "who may answer which tier"));
    plan.add(stamped(topics.grants(), "which agents may perform what is reserved"));
    plan.add(input(topics.outcomes(), "what actions turned out to be, key task_id"));
    plan.add(
        output(topics.signals(), partitions, MONTH_MS, "reviews that have ended, and outcomes"));
    plan.add(compacted(topics.taskRisk(), partitions, "each task's risk so far"));
    plan.add(exposure());
    plan.add(compacted(topics.prices(), 1, "the fleet's price of review"));
    plan.add(compacted(topics.concentration(), 1, "how concentrated risk is"));
    plan.add(compacted(topics.chance(), 1, "commitments to chance keys, and the keys afterwards"));
    plan.add(compacted(topics.ledger(), 1, "what each hour cost and saved"));
    plan.add(output(topics.agentExposure(), partitions, WEEK_MS, "what partitions tell of agents"));
    plan.add(compacted(topics.agentRecord(), 1, "agents near their line, or that stand out"));
    plan.add(policies());
    plan.add(output(topics.shadow(), partitions, WEEK_MS, "where a policy in shadow differs"));
    return plan;
  }

  /** By the broker's clock, so that no report, whatever it says, reveals a chance key early. */
  private Planned exposure() {
    return stamped(topics.exposure(), "what each partition has seen and spent");
  }

  /** By the broker's clock, since a publisher's validity is judged by it. */
  private Planned policies() {
    return stamped(topics.policies(), "signed policies, and which one counts");
  }

  private Planned stamped(String name, String purpose) {
    return new Planned(
        name,
        1,
        durable(Map.of("cleanup.policy", "compact", TIMESTAMP_TYPE, BROKERS_CLOCK)),
        purpose);
  }

  private Planned input(String name, String purpose) {
    return new Planned(
        name,
        partitions,
        durable(
            Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                WEEK_MS,
                TIMESTAMP_TYPE,
                BROKERS_CLOCK)),
        purpose);
  }

  private Planned output(String name, int count, String retentionMs, String purpose) {
    return new Planned(
        name,
        count,
        durable(Map.of("cleanup.policy", "delete", "retention.ms", retentionMs)),
        purpose);
  }

  private Planned compacted(String name, int count, String purpose) {
    return new Planned(name, count, durable(Map.of("cleanup.policy", "compact")), purpose);
  }

  private Map<String, String> durable(Map<String, String> settings) {
    Map<String, String> sorted = new LinkedHashMap<>();
    settings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    if (replication > 1) {
      sorted.put("min.insync.replicas", "2");
    }
    return sorted;
  }
}
