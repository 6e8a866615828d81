/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import static dev.weir.config.WeirConfig.AGENTS_MAX;
import static dev.weir.config.WeirConfig.APPEND_TIME;
import static dev.weir.config.WeirConfig.APPLICATION_ID;
import static dev.weir.config.WeirConfig.CHANCE_EPOCH_MS;
import static dev.weir.config.WeirConfig.CHANCE_KEY_FILE;
import static dev.weir.config.WeirConfig.CHANCE_REVEAL_DELAY_MS;
import static dev.weir.config.WeirConfig.CLOSE_TIMEOUT_MS;
import static dev.weir.config.WeirConfig.COMMIT_INTERVAL_MS;
import static dev.weir.config.WeirConfig.GRANT_ISSUERS;
import static dev.weir.config.WeirConfig.HTTP_HOST;
import static dev.weir.config.WeirConfig.HTTP_PORT;
import static dev.weir.config.WeirConfig.LIVE_TASKS_MAX;
import static dev.weir.config.WeirConfig.MAX_AHEAD_MS;
import static dev.weir.config.WeirConfig.MAX_ARGUMENTS_BYTES;
import static dev.weir.config.WeirConfig.MAX_ARGUMENTS_DEPTH;
import static dev.weir.config.WeirConfig.MAX_ATTRIBUTES;
import static dev.weir.config.WeirConfig.MAX_ATTRIBUTE_BYTES;
import static dev.weir.config.WeirConfig.MAX_EXCERPT_BYTES;
import static dev.weir.config.WeirConfig.MAX_OBJECTIVE_BYTES;
import static dev.weir.config.WeirConfig.MAX_OUTPUT_BYTES;
import static dev.weir.config.WeirConfig.MAX_RECORD_BYTES;
import static dev.weir.config.WeirConfig.OCCURRED_AT;
import static dev.weir.config.WeirConfig.POLICY_FILE;
import static dev.weir.config.WeirConfig.POLICY_PUBLISHERS;
import static dev.weir.config.WeirConfig.POLICY_TRIAL_MAX_MS;
import static dev.weir.config.WeirConfig.PROBE_FILE;
import static dev.weir.config.WeirConfig.PROBE_SHARE;
import static dev.weir.config.WeirConfig.REVIEW_REGISTRARS;
import static dev.weir.config.WeirConfig.ROCKSDB_MEMORY_BYTES;
import static dev.weir.config.WeirConfig.SHADOW_SAMPLES_PER_HOUR;
import static dev.weir.config.WeirConfig.SOURCES;
import static dev.weir.config.WeirConfig.STATE_DIR;
import static dev.weir.config.WeirConfig.STORE;
import static dev.weir.config.WeirConfig.TASK_HALF_LIFE_MS;
import static dev.weir.config.WeirConfig.TASK_IDLE_MS;
import static dev.weir.config.WeirConfig.TASK_LATENESS_MS;
import static dev.weir.config.WeirConfig.THREADS;
import static dev.weir.config.WeirConfig.TIME;
import static dev.weir.config.WeirConfig.TOPICS_PREFIX;
import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import dev.weir.action.Limits;
import dev.weir.task.FoldRules;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Every key of weir.properties, in the order in which it is documented. */
public final class Settings {
  /** Below what a broker takes by default, with room for a record's own overhead. */
  private static final int MOST_BYTES = 1_000_000;

  private static final long HOUR_MS = 3_600_000L;

  /** Every key that Weir knows, with type, default, range and meaning. */
  public static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              APPLICATION_ID,
              STRING,
              "weir",
              new ConfigDef.NonEmptyString(),
              HIGH,
              "Name of the consumer group, of the transactions and of the changelogs. Unique in the"
                  + " cluster, fixed for life.")
          .define(
              TOPICS_PREFIX,
              STRING,
              "weir",
              new TopicPart(),
              MEDIUM,
              "What every topic's name starts with.")
          .define(
              SOURCES,
              LIST,
              List.of(),
              new TopicPart(),
              MEDIUM,
              "Names of further sources: NAME is read from PREFIX.actions.NAME, and may attest what"
                  + " the policy says.")
          .define(
              POLICY_FILE,
              STRING,
              "",
              HIGH,
              "Path of the policy; empty for the pack that Weir brings.")
          .define(
              POLICY_PUBLISHERS,
              LIST,
              List.of(),
              new SignatoryList(),
              HIGH,
              "Who may publish policies while the stream runs. Empty: the policy above counts.")
          .define(
              REVIEW_REGISTRARS,
              LIST,
              List.of(),
              new SignatoryList(),
              HIGH,
              "Who may register reviewers. Empty: nobody can answer, and what is held expires.")
          .define(
              GRANT_ISSUERS,
              LIST,
              List.of(),
              new SignatoryList(),
              HIGH,
              "Who may grant agents what a policy reserves. Empty: nobody can, and what is reserved"
                  + " is always reviewed.")
          .define(
              POLICY_TRIAL_MAX_MS,
              LONG,
              24 * HOUR_MS,
              Range.atLeast(1000),
              MEDIUM,
              "How long a new policy's trial may take in a partition, in ms, where few actions"
                  + " come.")
          .define(
              SHADOW_SAMPLES_PER_HOUR,
              INT,
              60,
              Range.between(0, 100_000),
              LOW,
              "Actions an hour and partition of which both judgements are written down where a"
                  + " policy in shadow differs.")
          .define(
              CHANCE_KEY_FILE,
              STRING,
              "",
              HIGH,
              "Path of the secret of at least 32 bytes from which every chance is drawn. Required"
                  + " by run; the same for all instances.")
          .define(
              PROBE_FILE,
              STRING,
              "",
              MEDIUM,
              "Path of actions whose right verdict is known (JSON lines with truth.harmful), to be"
                  + " planted among reviews. Secret; the same for all instances. Empty: reviewers"
                  + " are not probed, and what was missed stays unknown.")
          .define(
              PROBE_SHARE,
              DOUBLE,
              0.02,
              Range.between(0, 1),
              MEDIUM,
              "Share of ended reviews that a planted one follows, which the budget pays for.")
          .define(
              CHANCE_EPOCH_MS,
              LONG,
              24 * HOUR_MS,
              Range.atLeast(1000),
              LOW,
              "How long the key of chances counts, in ms of broker time. Fixed for life; the same"
                  + " for all instances.")
          .define(
              CHANCE_REVEAL_DELAY_MS,
              LONG,
              HOUR_MS,
              Range.atLeast(0),
              LOW,
              "How long after its epoch the key of chances is told on PREFIX.chance, in ms.")
          .define(
              HTTP_HOST, STRING, "127.0.0.1", MEDIUM, "Address of /metrics, /livez and /readyz.")
          .define(
              HTTP_PORT,
              INT,
              9464,
              Range.between(0, 65535),
              MEDIUM,
              "Port of the same; 0 takes a free one.")
          .define(
              STATE_DIR,
              STRING,
              "",
              HIGH,
              "Folder of the state stores, one an instance, on a volume. Required by run.")
          .define(
              THREADS,
              INT,
              1,
              Range.between(1, 256),
              MEDIUM,
              "Stream threads. Instances times threads should not exceed the partitions.")
          .define(
              COMMIT_INTERVAL_MS,
              LONG,
              100L,
              Range.between(1, 5000),
              MEDIUM,
              "Time between commits, in ms. Readers see nothing before the commit.")
          .define(
              CLOSE_TIMEOUT_MS,
              LONG,
              30_000L,
              Range.between(0, HOUR_MS),
              LOW,
              "How long a stop may take before it is forced, in ms.")
          .define(
              TIME,
              STRING,
              APPEND_TIME,
              ValidString.in(APPEND_TIME, OCCURRED_AT),
              MEDIUM,
              "Whose clock counts: the broker's (append-time), or, for offline logs, the log's own"
                  + " (occurred-at).")
          .define(
              STORE,
              STRING,
              "live",
              ValidString.in("live", "plain"),
              LOW,
              "live keeps tasks as objects between commits; plain encodes them at every action.")
          .define(
              LIVE_TASKS_MAX,
              INT,
              20_000,
              Range.between(1, 10_000_000),
              MEDIUM,
              "Live tasks that a partition keeps as objects at most.")
          .define(
              ROCKSDB_MEMORY_BYTES,
              LONG,
              256L << 20,
              Range.between(16L << 20, 1L << 42),
              MEDIUM,
              "Memory outside the heap for block cache and write buffers of all stores, in bytes.")
          .define(
              TASK_HALF_LIFE_MS,
              LONG,
              FoldRules.DEFAULT.halfLifeMs(),
              Range.atLeast(1000),
              LOW,
              "After which a task's decayed mass is halved, in ms.")
          .define(
              TASK_LATENESS_MS,
              LONG,
              FoldRules.DEFAULT.latenessMs(),
              Range.atLeast(0),
              LOW,
              "How far an action may lie behind its task's clock before it counts as late, in ms.")
          .define(
              TASK_IDLE_MS,
              LONG,
              168 * HOUR_MS,
              Range.atLeast(HOUR_MS),
              LOW,
              "After which a task without actions is forgotten, in ms, to the hour.")
          .define(
              AGENTS_MAX,
              INT,
              16_384,
              Range.between(64, 10_000_000),
              LOW,
              "Agents that a partition keeps apart at most; more are taken together as newcomers.")
          .define(
              MAX_RECORD_BYTES,
              INT,
              Limits.DEFAULT.recordBytes(),
              Range.between(1024, MOST_BYTES),
              LOW,
              "Longest value of an action, in bytes.")
          .define(
              MAX_OUTPUT_BYTES,
              INT,
              900 << 10,
              Range.between(64 << 10, MOST_BYTES),
              LOW,
              "Longest value that Weir writes, in bytes. Below what brokers take.")
          .define(
              MAX_ARGUMENTS_BYTES,
              INT,
              Limits.DEFAULT.argumentsBytes(),
              Range.atLeast(1),
              LOW,
              "Longest arguments, in bytes of UTF-8.")
          .define(
              MAX_ARGUMENTS_DEPTH,
              INT,
              Limits.DEFAULT.argumentsDepth(),
              Range.between(1, 200),
              LOW,
              "Deepest nesting of arguments.")
          .define(
              MAX_OBJECTIVE_BYTES,
              INT,
              Limits.DEFAULT.objectiveBytes(),
              Range.atLeast(1),
              LOW,
              "Longest objective, in bytes of UTF-8.")
          .define(
              MAX_EXCERPT_BYTES,
              INT,
              Limits.DEFAULT.excerptBytes(),
              Range.atLeast(1),
              LOW,
              "Longest excerpt of a result, in bytes of UTF-8.")
          .define(
              MAX_ATTRIBUTES,
              INT,
              Limits.DEFAULT.attributes(),
              Range.atLeast(0),
              LOW,
              "Most attributes of an action.")
          .define(
              MAX_ATTRIBUTE_BYTES,
              INT,
              Limits.DEFAULT.attributeBytes(),
              Range.atLeast(1),
              LOW,
              "Longest value of an attribute, in bytes of UTF-8.")
          .define(
              MAX_AHEAD_MS,
              LONG,
              Limits.DEFAULT.aheadMs(),
              Range.atLeast(0),
              LOW,
              "How far occurred_at may lie ahead of the broker's clock, in ms, before the record is"
                  + " refused.");

  private Settings() {}
}
