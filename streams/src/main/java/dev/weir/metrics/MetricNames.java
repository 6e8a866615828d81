/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import io.prometheus.client.Collector;
import java.util.List;

/** Every metric's name, once. Names, labels and units are a contract with dashboards and alerts. */
public final class MetricNames {
  public static final String RECORDS_READ = "weir_records_read_total";
  public static final String RECORDS_REKEYED = "weir_records_rekeyed_total";
  public static final String ACTIONS = "weir_actions_total";
  public static final String ESCALATIONS = "weir_escalations_total";
  public static final String TIER_FULL = "weir_tier_full_total";
  public static final String OVER_CEILING = "weir_over_ceiling_total";
  public static final String DEAD_LETTERS = "weir_dead_letters_total";
  public static final String DISPOSITIONS = "weir_dispositions_total";
  public static final String DISPOSITION_SECONDS = "weir_disposition_seconds";
  public static final String HANDOVERS = "weir_handovers_total";
  public static final String HOLDS_REFUSED = "weir_holds_refused_total";
  public static final String BYPASSES = "weir_bypasses_total";
  public static final String RETRIES_SPENT = "weir_retries_spent_total";
  public static final String DENIED_AUDITED = "weir_denied_audited_total";
  public static final String TASKS_CLOSED = "weir_tasks_closed_total";
  public static final String OPEN_REVIEWS = "weir_open_reviews";
  public static final String VERDICTS = "weir_verdicts_total";
  public static final String VERDICTS_REFUSED = "weir_verdicts_refused_total";
  public static final String OUTCOMES = "weir_outcomes_total";
  public static final String OUTCOMES_REFUSED = "weir_outcomes_refused_total";
  public static final String REVIEWS_ENDED = "weir_reviews_ended_total";
  public static final String REVIEWERS = "weir_reviewers";
  public static final String REVIEWERS_REFUSED = "weir_reviewers_refused_total";
  public static final String GRANTS = "weir_grants";
  public static final String GRANTS_REFUSED = "weir_grants_refused_total";
  public static final String GRANT_CONDITIONS_FAILED = "weir_grant_conditions_failed_total";
  public static final String RESERVED_ACTIONS = "weir_reserved_actions_total";
  public static final String UNKNOWN_KEYS = "weir_unknown_keys_total";
  public static final String LATE = "weir_late_actions_total";
  public static final String OUT_OF_ORDER = "weir_out_of_order_actions_total";
  public static final String ID_CONFLICTS = "weir_id_conflicts_total";
  public static final String UNSCORABLE = "weir_unscorable_actions_total";
  public static final String INTERNAL_REFUSED = "weir_internal_records_refused_total";
  public static final String RISK = "weir_action_risk";
  public static final String SCORE_SECONDS = "weir_score_seconds";
  public static final String LATENCY_SECONDS = "weir_action_latency_seconds";
  public static final String BUDGET_TAX = "weir_budget_tax";
  public static final String REALISED_TAX = "weir_realised_tax";
  public static final String MANDATORY_TAX = "weir_mandatory_tax";
  public static final String REQUESTS = "weir_requests_total";
  public static final String APART_TAX = "weir_apart_tax";
  public static final String PRICE = "weir_price";
  public static final String AUDITS = "weir_audits";
  public static final String AUDITS_NEEDED = "weir_audits_needed";
  public static final String CONFIRMED = "weir_confirmed";
  public static final String PROBES = "weir_probes";
  public static final String PROBES_PLANTED = "weir_probes_planted_total";
  public static final String REVIEWER_OPINIONS = "weir_reviewer_opinions_total";
  public static final String REVIEWER_PROBES = "weir_reviewer_probes_total";
  public static final String CAPTURED_SHARE = "weir_captured_share";
  public static final String GINI = "weir_gini";
  public static final String TOP_SHARE = "weir_top_share";
  public static final String LORENZ = "weir_lorenz_share";
  public static final String TAIL_INDEX = "weir_tail_index";
  public static final String TAIL_INDEX_ERROR = "weir_tail_index_standard_error";
  public static final String TOP_RULE_SHARE = "weir_top_rule_share";
  public static final String TOP_TEN_SHARE = "weir_top_ten_share";
  public static final String VIABILITY = "weir_viability";
  public static final String LEDGER_HOUR = "weir_ledger_hour_seconds";
  public static final String LEDGER_ACTIONS = "weir_ledger_actions";
  public static final String LEDGER_COST = "weir_ledger_cost";
  public static final String LEDGER_TAX = "weir_ledger_tax";
  public static final String LEDGER_REASON_COST = "weir_ledger_reason_cost";
  public static final String LEDGER_TIER_COST = "weir_ledger_tier_cost";
  public static final String LEDGER_MASS = "weir_ledger_mass";
  public static final String LEDGER_LOSS = "weir_ledger_loss";
  public static final String TASKS_LIVE = "weir_tasks_live";
  public static final String AGENTS_TOLD = "weir_agents_told_total";
  public static final String AGENTS = "weir_agents";
  public static final String AGENTS_NEAR_LINE = "weir_agents_near_line";
  public static final String POLICY_INFO = "weir_policy_info";
  public static final String POLICY_GENERATION = "weir_policy_generation";
  public static final String POLICY_TRIALS = "weir_policy_trials";
  public static final String POLICY_REFUSALS = "weir_policy_refusals_total";
  public static final String SHADOW_ACTIONS = "weir_shadow_actions_total";
  public static final String SHADOW_MANDATORY = "weir_shadow_mandatory_actions_total";
  public static final String SHADOW_UNSCORABLE = "weir_shadow_unscorable_actions_total";
  public static final String SHADOW_FAILURES = "weir_shadow_failures_total";
  public static final String SHADOW_SAMPLES = "weir_shadow_samples_total";
  public static final String SHADOW_RISK_DIFFERENCE = "weir_shadow_risk_difference";
  public static final String SHADOW_RULE_SHARE = "weir_shadow_rule_share";

  private static final String CLIENT = "stream-metrics";
  private static final String THREAD = "stream-thread-metrics";
  private static final String TASK = "stream-task-metrics";
  private static final String STORE = "stream-state-metrics";
  private static final List<String> BY_THREAD = List.of("thread");
  private static final List<String> BY_TASK = List.of("thread", "task");
  private static final List<String> BY_STORE = List.of("task", "store");
  private static final double MS = 1e-3;

  /** What of Kafka Streams' own metrics is shown, and under which name. */
  static final List<Bridged> STREAMS =
      List.of(
          gauge(CLIENT, "client-state", "kafka_streams_client_state", List.of(), 1)
              .help("State of the client: ordinal of KafkaStreams.State, 2 = RUNNING."),
          gauge(CLIENT, "alive-stream-threads", "kafka_streams_alive_threads", List.of(), 1)
              .help("Stream threads that live."),
          counter(CLIENT, "failed-stream-threads", "kafka_streams_failed_threads", List.of())
              .help("Stream threads that died since the start."),
          gauge(THREAD, "process-rate", "kafka_streams_thread_process_rate", BY_THREAD, 1)
              .help("Records processed a second."),
          counter(THREAD, "process-total", "kafka_streams_thread_processed", BY_THREAD)
              .help("Records processed."),
          counter(THREAD, "commit-total", "kafka_streams_thread_commits", BY_THREAD)
              .help("Commits."),
          gauge(
                  THREAD,
                  "commit-latency-avg",
                  "kafka_streams_thread_commit_avg_seconds",
                  BY_THREAD,
                  MS)
              .help("Mean time of a commit."),
          gauge(
                  THREAD,
                  "commit-latency-max",
                  "kafka_streams_thread_commit_max_seconds",
                  BY_THREAD,
                  MS)
              .help("Longest time of a commit."),
          counter(TASK, "dropped-records-total", "kafka_streams_task_dropped_records", BY_TASK)
              .help("Records that Kafka Streams dropped. Weir drops none: above 0 is a fault."),
          gauge(
                  TASK,
                  "restore-remaining-records-total",
                  "kafka_streams_task_restore_remaining_records",
                  BY_TASK,
                  1)
              .help("Changelog records still to be restored."),
          gauge(STORE, "num-open-iterators", "kafka_streams_store_open_iterators", BY_STORE, 1)
              .help("Iterators that were opened and not closed."),
          gauge(STORE, "block-cache-usage", "kafka_streams_store_block_cache_bytes", BY_STORE, 1)
              .help(
                  "RocksDB block cache in use. Where stores share one cache each shows all of it."),
          gauge(STORE, "size-all-mem-tables", "kafka_streams_store_mem_tables_bytes", BY_STORE, 1)
              .help("RocksDB memtables."),
          gauge(
                  STORE,
                  "estimate-table-readers-mem",
                  "kafka_streams_store_table_readers_bytes",
                  BY_STORE,
                  1)
              .help("RocksDB table readers, estimated."),
          gauge(
                  "consumer-fetch-manager-metrics",
                  "records-lag-max",
                  "kafka_streams_consumer_records_lag_max",
                  BY_THREAD,
                  1)
              .help("Largest lag of a partition, in records."));

  private MetricNames() {}

  /**
   * One metric of Kafka Streams.
   *
   * @param group its group there
   * @param metric its name there
   * @param name its name here; a counter's sample adds _total
   * @param scale factor from its unit there to its unit here
   */
  record Bridged(
      String group,
      String metric,
      String name,
      Collector.Type type,
      List<String> labels,
      double scale,
      String help) {
    Bridged help(String text) {
      return new Bridged(group, metric, name, type, labels, scale, text);
    }

    String sampleName() {
      return type == Collector.Type.COUNTER ? name + "_total" : name;
    }
  }

  private static Bridged gauge(
      String group, String metric, String name, List<String> labels, double scale) {
    return new Bridged(group, metric, name, Collector.Type.GAUGE, labels, scale, "");
  }

  private static Bridged counter(String group, String metric, String name, List<String> labels) {
    return new Bridged(group, metric, name, Collector.Type.COUNTER, labels, 1, "");
  }
}
