/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import dev.weir.action.Limits;
import dev.weir.policy.publish.Signatory;
import dev.weir.store.StoreKind;
import dev.weir.store.TaskStores;
import dev.weir.task.FoldRules;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
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
  public static final String REVIEW_REGISTRARS = "review.registrars";
  public static final String GRANT_ISSUERS = "grant.issuers";
  public static final String POLICY_TRIAL_MAX_MS = "policy.trial.max.ms";
  public static final String SHADOW_SAMPLES_PER_HOUR = "shadow.samples.per.hour";
  public static final String CHANCE_KEY_FILE = "chance.key.file";
  public static final String PROBE_FILE = "probe.file";
  public static final String PROBE_SHARE = "probe.share";
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
  public static final String AGENTS_MAX = "agents.max";
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

  private WeirConfig(Map<String, String> properties) {
    super(Settings.DEFINITION, properties, false);
  }

  /**
   * The configuration in {@code properties}.
   *
   * @throws ConfigException naming the key, what is wrong with it, and what it may be
   */
  public static WeirConfig of(Map<String, String> properties) {
    TreeSet<String> unknown = new TreeSet<>();
    for (String key : properties.keySet()) {
      if (!Settings.DEFINITION.names().contains(key) && !key.startsWith(KAFKA_PREFIX)) {
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

  /** The names that those who work beside the monitors go by. */
  public ClientNames clientNames() {
    return new ClientNames(getString(TOPICS_PREFIX));
  }

  /** Who may publish policies, by name. */
  public Map<String, Signatory> publishers() {
    return SignatoryList.of(getList(POLICY_PUBLISHERS));
  }

  /** Who may register reviewers, by name. */
  public Map<String, Signatory> registrars() {
    return SignatoryList.of(getList(REVIEW_REGISTRARS));
  }

  /** Who may issue grants, by name. */
  public Map<String, Signatory> issuers() {
    return SignatoryList.of(getList(GRANT_ISSUERS));
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
