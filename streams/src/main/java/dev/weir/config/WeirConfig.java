/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import dev.weir.action.Limits;
import dev.weir.policy.publish.Publisher;
import dev.weir.store.StoreKind;
import dev.weir.store.TaskStores;
import dev.weir.task.FoldRules;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * weir.properties: typed, with defaults, unknown keys refused. Settings of Kafka's own pass through
 * under {@value #KAFKA_PREFIX}. A value may be taken from a file or the environment: {@code
 * ${file:/path:key}}, {@code ${env:NAME}}.
 */
public final class WeirConfig extends AbstractConfig {
  /** What Kafka's own settings start with here. */
  public static final String KAFKA_PREFIX = "kafka.";

  public static final String APPLICATION_ID = "application.id";
  public static final String TOPICS_PREFIX = "topics.prefix";
  public static final String SOURCES = "sources";
  public static final String POLICY_FILE = "policy.file";
  public static final String POLICY_PUBLISHERS = "policy.publishers";
  public static final String POLICY_TRIAL_MAX_MS = "policy.trial.max.ms";
  public static final String SHADOW_SAMPLES_PER_HOUR = "shadow.samples.per.hour";
  public static final String CHANCE_KEY_FILE = "chance.key.file";
  public static final String CHANCE_EPOCH_MS = "chance.epoch.ms";
  public static final String CHANCE_REVEAL_DELAY_MS = "chance.reveal.delay.ms";
  public static final String HTTP_HOST = "http.host";
  public static final String HTTP_PORT = "http.port";
  public static final String STATE_DIR = "state.dir";
  public static final String THREADS = "threads";
  public static final String COMMIT_INTERVAL_MS = "commit.interval.ms";
  public static final String CLOSE_TIMEOUT_MS = "close.timeout.ms";
  public static final String TIME = "time";
  public static final String STORE = "store";
  public static final String LIVE_TASKS_MAX = "live.tasks.max";
  public static final String ROCKSDB_MEMORY_BYTES = "rocksdb.memory.bytes";
  public static final String TASK_HALF_LIFE_MS = "task.half.life.ms";
  public static final String TASK_LATENESS_MS = "task.lateness.ms";
  public static final String TASK_IDLE_MS = "task.idle.ms";
  public static final String MAX_RECORD_BYTES = "max.record.bytes";
  public static final String MAX_OUTPUT_BYTES = "max.output.bytes";
  public static final String MAX_ARGUMENTS_BYTES = "max.arguments.bytes";
  public static final String MAX_ARGUMENTS_DEPTH = "max.arguments.depth";
  public static final String MAX_OBJECTIVE_BYTES = "max.objective.bytes";
  public static final String MAX_EXCERPT_BYTES = "max.excerpt.bytes";
  public static final String MAX_ATTRIBUTES = "max.attributes";
  public static final String MAX_ATTRIBUTE_BYTES = "max.attribute.bytes";
  public static final String MAX_AHEAD_MS = "max.ahead.ms";

  /** The clock of the broker counts. */
  public static final String APPEND_TIME = "append-time";

  /** The log's own times count. */
  public static final String OCCURRED_AT = "occurred-at";

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|env):[^}]*}");

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
              new PublisherList(),
              HIGH,
              "Who may publish policies while the stream runs. Empty: the policy above counts.")
          .define(
              POLICY_TRIAL_MAX_MS,
              LONG,
              24 * HOUR_MS,
              Range.atLeast(1000),
              MEDIUM,
              "How long a new policy's trial may take in a partition, in ms, where few actions come.")
          .define(
              SHADOW_SAMPLES_PER_HOUR,
              INT,
              60,
              Range.between(0, 100_000),
              LOW,
              "Actions an hour and partition of which both judgements are written down where a policy"
                  + " in shadow differs.")
          .define(
              CHANCE_KEY_FILE,
              STRING,
              "",
              HIGH,
              "Path of the secret of at least 32 bytes from which every chance is drawn. Required by"
                  + " run; the same for all instances.")
          .define(
              CHANCE_EPOCH_MS,
              LONG,
              24 * HOUR_MS,
              Range.atLeast(1000),
              LOW,
              "How long the key of chances counts, in ms of broker time. Fixed for life; the same for"
                  + " all instances.")
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

  private WeirConfig(Map<String, String> properties) {
    super(DEFINITION, properties, false);
  }

  /**
   * The configuration in {@code properties}.
   *
   * @throws ConfigException naming the key, what is wrong with it, and what it may be
   */
  public static WeirConfig of(Map<String, String> properties) {
    TreeSet<String> unknown = new TreeSet<>();
    for (String key : properties.keySet()) {
      if (!DEFINITION.names().contains(key) && !key.startsWith(KAFKA_PREFIX)) {
        unknown.add(key);
      }
    }
    if (!unknown.isEmpty()) {
      throw new ConfigException(
          "Unknown key%s %s. Kafka's own settings start with '%s'; the others are listed by 'weir run --settings'."
              .formatted(unknown.size() > 1 ? "s" : "", String.join(", ", unknown), KAFKA_PREFIX));
    }
    Map<String, String> withProviders = new HashMap<>(properties);
    withProviders.put("config.providers", "file,env");
    withProviders.put(
        "config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    withProviders.put(
        "config.providers.env.class",
        "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
    WeirConfig config = new WeirConfig(withProviders);
    config.checkReferences();
    config.checkTogether();
    return config;
  }

  /** A reference to nothing must not become a name or a password of its own. */
  private void checkReferences() {
    originals()
        .forEach(
            (key, value) -> {
              if (REFERENCE.matcher(String.valueOf(value)).find()) {
                throw new ConfigException(
                    "%s refers to a file's key, or to a variable of the environment, that is not there"
                        .formatted(key));
              }
            });
  }

  private void checkTogether() {
    int needed = getInt(MAX_RECORD_BYTES) + (128 << 10);
    if (getInt(MAX_OUTPUT_BYTES) < needed) {
      throw new ConfigException(
          MAX_OUTPUT_BYTES,
          getInt(MAX_OUTPUT_BYTES),
          "An escalation carries the whole action, so it must be at least %s + 128 KiB = %d."
              .formatted(MAX_RECORD_BYTES, needed));
    }
  }

  /** The names of the topics. */
  public Topics topics() {
    return new Topics(getString(TOPICS_PREFIX), getList(SOURCES));
  }

  /** Who may publish policies, by name. */
  public Map<String, Publisher> publishers() {
    return PublisherList.of(getList(POLICY_PUBLISHERS));
  }

  /** What an action may hold at most. */
  public Limits limits() {
    return new Limits(
        getInt(MAX_RECORD_BYTES),
        Limits.DEFAULT.eventIdBytes(),
        Limits.DEFAULT.nameBytes(),
        getInt(MAX_ARGUMENTS_BYTES),
        getInt(MAX_ARGUMENTS_DEPTH),
        getInt(MAX_OBJECTIVE_BYTES),
        getInt(MAX_EXCERPT_BYTES),
        getInt(MAX_ATTRIBUTES),
        getInt(MAX_ATTRIBUTE_BYTES),
        believesOccurredAt() ? Long.MAX_VALUE : getLong(MAX_AHEAD_MS));
  }

  /** How time passes for a task. */
  public FoldRules foldRules() {
    return new FoldRules(
        getLong(TASK_HALF_LIFE_MS),
        getLong(TASK_LATENESS_MS),
        FoldRules.DEFAULT.aheadMs(),
        believesOccurredAt());
  }

  /** How state is kept. */
  public TaskStores stores() {
    return new TaskStores(
        StoreKind.valueOf(getString(STORE).toUpperCase(Locale.ROOT)), getInt(LIVE_TASKS_MAX));
  }

  /** True if the log's own times count. */
  public boolean believesOccurredAt() {
    return getString(TIME).equals(OCCURRED_AT);
  }

  /** Kafka's own settings, without their prefix. */
  public Map<String, Object> kafka() {
    return originalsWithPrefix(KAFKA_PREFIX);
  }
}
