/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Chance;
import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import dev.weir.event.AgentExposure;
import dev.weir.event.AgentRecord;
import dev.weir.event.Assessment;
import dev.weir.event.AuditReport;
import dev.weir.event.ChanceEpoch;
import dev.weir.event.Concentration;
import dev.weir.event.DeadLetter;
import dev.weir.event.Disposition;
import dev.weir.event.DuplicateNotice;
import dev.weir.event.Escalation;
import dev.weir.event.ExpiryNotice;
import dev.weir.event.Exposure;
import dev.weir.event.Grant;
import dev.weir.event.GrantNotice;
import dev.weir.event.Handover;
import dev.weir.event.LedgerHour;
import dev.weir.event.Outcome;
import dev.weir.event.Price;
import dev.weir.event.RefusalReason;
import dev.weir.event.Reviewer;
import dev.weir.event.ShadowSample;
import dev.weir.event.Signal;
import dev.weir.event.TaskRisk;
import dev.weir.event.Verdict;
import dev.weir.metrics.MetricNames;
import dev.weir.metrics.Metrics;
import dev.weir.policy.Policy;
import dev.weir.review.Grants;
import dev.weir.review.Registry;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A flume is the channel in which a weir is tried: the whole topology, built from the settings of
 * production, with every topic it writes in view. What it writes to topics that it also reads,
 * flows back by itself. All is in partition 0.
 *
 * <p>Every output is held to {@code max.output.bytes}. On close, all that was not taken must be
 * nothing, and the counters must add up to what was written.
 */
final class Flume implements AutoCloseable {
  /** When stories begin. */
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** The key from which stories draw chances. */
  static final byte[] CHANCE_KEY =
      "the chances of the stories in here".getBytes(StandardCharsets.US_ASCII);

  private static final int DEFAULT_MAX_OUTPUT_BYTES = 900 << 10;

  private final Policy policy;
  private final WeirConfig config;
  private final Topics topics;
  private final Metrics metrics = new Metrics();
  private final List<String> ended = new ArrayList<>();
  private final PolicyDesk desk;
  private final Path stateDir;
  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final Map<String, Output> outputs = new LinkedHashMap<>();

  private static final class Output {
    final TestOutputTopic<byte[], byte[]> topic;
    final List<TestRecord<byte[], byte[]>> untaken = new ArrayList<>();
    long written;

    Output(TestOutputTopic<byte[], byte[]> topic) {
      this.topic = topic;
    }
  }

  private Flume(Policy policy, int partitions, Map<String, String> settings, int maxOutputBytes) {
    this.policy = policy;
    try {
      this.stateDir = Files.createTempDirectory("flume");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> properties = new HashMap<>();
    properties.put("kafka.bootstrap.servers", "nowhere:1");
    properties.put(WeirConfig.SOURCES, "gateway");
    properties.put(WeirConfig.POLICY_PUBLISHERS, Press.PUBLISHERS);
    properties.put(WeirConfig.REVIEW_REGISTRARS, Jury.REGISTRARS);
    properties.put(WeirConfig.GRANT_ISSUERS, Guild.ISSUERS);
    properties.put(WeirConfig.STATE_DIR, stateDir.toString());
    properties.put(WeirConfig.ROCKSDB_MEMORY_BYTES, Long.toString(16 << 20));
    properties.putAll(settings);
    this.config = WeirConfig.of(properties);
    this.topics = config.topics();
    var streams = StreamsSettings.of(config);
    PolicyShelf shelf = new PolicyShelf(policy);
    this.desk = desk(config, shelf, metrics);
    Topology topology =
        map(config, shelf, desk, partitions, metrics, maxOutputBytes)
            .build(new TopologyConfig(new StreamsConfig(streams)));
    this.driver = new TopologyTestDriver(topology, streams, NOON);
    List.of(
            topics.assessments(),
            topics.escalations(),
            topics.waiting(),
            topics.dispositions(),
            topics.handovers(),
            topics.verdicts(),
            topics.signals(),
            topics.taskRisk(),
            topics.duplicates(),
            topics.deadLetters(),
            topics.rekey(),
            topics.exposure(),
            topics.prices(),
            topics.concentration(),
            topics.chance(),
            topics.ledger(),
            topics.agentExposure(),
            topics.agentRecord(),
            topics.shadow())
        .forEach(
            name ->
                outputs.put(
                    name,
                    new Output(
                        driver.createOutputTopic(
                            name, new ByteArrayDeserializer(), new ByteArrayDeserializer()))));
  }

  private static PolicyDesk desk(WeirConfig config, PolicyShelf shelf, Metrics metrics) {
    return new PolicyDesk(config.topics().policies(), config.publishers(), shelf, metrics);
  }

  private static WeirTopology map(
      WeirConfig config,
      PolicyShelf shelf,
      PolicyDesk desk,
      int partitions,
      Metrics metrics,
      int maxOutputBytes) {
    return new WeirTopology(
        config.topics(),
        new Placement(partitions),
        config.limits(),
        config.foldRules(),
        config.stores(),
        shelf,
        desk,
        TrialSettings.of(config),
        ChanceSettings.of(config, CHANCE_KEY),
        ProbeSettings.of(config),
        config.getInt(WeirConfig.AGENTS_MAX),
        config.getLong(WeirConfig.TASK_IDLE_MS),
        maxOutputBytes,
        new Board<>(),
        new Board<>(),
        new Registry(config.topics().reviewers(), config.registrars()),
        new Grants(config.topics().grants(), config.issuers()),
        metrics);
  }

  /** Chance as stories have it. */
  static Chance chance() {
    return new Chance(CHANCE_KEY, Chance.EPOCH_MS);
  }

  /** The map of the topology under default settings. */
  static String describe() {
    WeirConfig config = WeirConfig.of(Map.of("kafka.bootstrap.servers", "nowhere:1"));
    var streams = new StreamsConfig(StreamsSettings.of(config));
    Metrics metrics = new Metrics();
    PolicyShelf shelf = new PolicyShelf(Policies.STORY);
    PolicyDesk desk = desk(config, shelf, metrics);
    return map(config, shelf, desk, 1, metrics, DEFAULT_MAX_OUTPUT_BYTES)
        .build(new TopologyConfig(streams))
        .describe()
        .toString();
  }

  /** Under the policy of stories. */
  static Flume open() {
    return open(Policies.STORY);
  }

  /** Under another policy. */
  static Flume open(Policy policy) {
    return open(policy, Map.of());
  }

  /** With other settings than the defaults. */
  static Flume open(Policy policy, Map<String, String> settings) {
    int maxOutputBytes =
        Integer.parseInt(
            settings.getOrDefault(
                WeirConfig.MAX_OUTPUT_BYTES, Integer.toString(DEFAULT_MAX_OUTPUT_BYTES)));
    return new Flume(policy, 1, settings, maxOutputBytes);
  }

  /** Under the policy of stories, with less room for outputs than a configuration allows. */
  static Flume ofMaxOutput(int bytes) {
    return new Flume(Policies.STORY, 1, Map.of(), bytes);
  }

  /** As partition 0 of several. */
  static Flume ofPartitions(int partitions) {
    return ofPartitions(Policies.STORY, partitions);
  }

  /** The same under another policy. */
  static Flume ofPartitions(Policy policy, int partitions) {
    return new Flume(policy, partitions, Map.of(), DEFAULT_MAX_OUTPUT_BYTES);
  }

  /** Publishes actions to the default source; the broker appends each when it occurred. */
  Flume send(Act... acts) {
    for (Act act : acts) {
      String at = act.fields().get("occurred_at");
      send(act.json(), Instant.parse(at.substring(1, at.length() - 1)));
    }
    return this;
  }

  /** Publishes one action to the default source, appended by the broker at {@code receivedAt}. */
  Flume send(Act act, Instant receivedAt) {
    return send(act.json(), receivedAt);
  }

  Flume send(byte[] value, Instant receivedAt) {
    return pipe(topics.actions(), null, value, new RecordHeaders(), receivedAt);
  }

  Flume pipe(String topic, byte[] key, byte[] value, Headers headers, Instant receivedAt) {
    inputs
        .computeIfAbsent(
            topic,
            name ->
                driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
        .pipeInput(new TestRecord<>(key, value, headers, receivedAt));
    outputs.forEach(this::drain);
    return this;
  }

  private void drain(String name, Output output) {
    for (TestRecord<byte[], byte[]> record : output.topic.readRecordsToList()) {
      int bytes = record.value() == null ? 0 : record.value().length;
      assertThat(bytes)
          .as("bytes of a record on %s", name)
          .isLessThanOrEqualTo(config.getInt(WeirConfig.MAX_OUTPUT_BYTES));
      output.written++;
      if (name.equals(topics.escalations())
          && Codecs.ESCALATION_ENDED.reads(SingleObject.fingerprint(record.value()))) {
        ended.add(Codecs.ESCALATION_ENDED.decode(record.value()).getEscalationId());
      } else {
        output.untaken.add(record);
      }
    }
  }

  Topics topics() {
    return topics;
  }

  Policy policy() {
    return policy;
  }

  /** What readiness says of policies. */
  String policyDetail() {
    return desk.detail();
  }

  Metrics metrics() {
    return metrics;
  }

  /** The value of a metric without labels. */
  long count(String metric) {
    return (long) metrics.value(metric);
  }

  <K, V> KeyValueStore<K, V> store(String name) {
    return driver.getKeyValueStore(name);
  }

  /** Takes what was written to a topic, as it was written. */
  List<TestRecord<byte[], byte[]>> take(String topic) {
    List<TestRecord<byte[], byte[]>> untaken = outputs.get(topic).untaken;
    List<TestRecord<byte[], byte[]>> taken = List.copyOf(untaken);
    untaken.clear();
    return taken;
  }

  private <T extends SpecificRecord> List<T> take(String topic, SingleObject<T> codec) {
    return take(topic).stream().map(record -> codec.decode(record.value())).toList();
  }

  List<Assessment> assessments() {
    return take(topics.assessments(), Codecs.ASSESSMENT);
  }

  Assessment assessment() {
    return only(assessments());
  }

  List<Escalation> escalations() {
    return take(topics.escalations(), Codecs.ESCALATION);
  }

  List<Escalation> waiting() {
    return take(topics.waiting(), Codecs.ESCALATION);
  }

  Escalation escalation() {
    return only(escalations());
  }

  List<Disposition> dispositions() {
    return take(topics.dispositions(), Codecs.DISPOSITION);
  }

  List<Handover> handovers() {
    return take(topics.handovers(), Codecs.HANDOVER);
  }

  Disposition disposition() {
    return only(dispositions());
  }

  List<Signal> signals() {
    return take(topics.signals(), Codecs.SIGNAL);
  }

  Signal signal() {
    return only(signals());
  }

  List<ExpiryNotice> notices() {
    return take(topics.verdicts(), Codecs.EXPIRY_NOTICE);
  }

  /** Notices that grants came. */
  List<GrantNotice> grantNotices() {
    return take(topics.verdicts(), Codecs.GRANT_NOTICE);
  }

  /** Registers reviewers, at noon. */
  Flume register(Reviewer... reviewers) {
    for (Reviewer reviewer : reviewers) {
      pipe(
          topics.reviewers(),
          reviewer.getReviewerId().getBytes(StandardCharsets.UTF_8),
          Codecs.REVIEWER.encode(reviewer),
          new RecordHeaders(),
          NOON);
    }
    return this;
  }

  /** Issues grants, appended by the broker at noon. */
  Flume issue(Grant... grants) {
    for (Grant grant : grants) {
      issue(grant.getGrantId(), Codecs.GRANT.encode(grant));
    }
    return this;
  }

  /** The same of any bytes, under that key. */
  Flume issue(String key, byte[] value) {
    return pipe(
        topics.grants(), key.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders(), NOON);
  }

  /** A verdict is appended by the broker at that time. */
  Flume answer(Verdict verdict, Instant at) {
    return answer(verdict.getTaskId(), Codecs.VERDICT.encode(verdict), at);
  }

  Flume answer(String taskId, byte[] value, Instant at) {
    return pipe(
        topics.verdicts(), taskId.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders(), at);
  }

  /** An outcome is appended by the broker at that time. */
  Flume report(Outcome outcome, Instant at) {
    return report(outcome.getTaskId(), Codecs.OUTCOME.encode(outcome), at);
  }

  Flume report(String taskId, byte[] value, Instant at) {
    return pipe(
        topics.outcomes(), taskId.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders(), at);
  }

  /** So much time passes by Weir's own clock. */
  Flume pass(Duration time) {
    driver.advanceWallClockTime(time);
    outputs.forEach(this::drain);
    return this;
  }

  long refusedVerdicts(RefusalReason reason) {
    return (long) metrics.value(MetricNames.VERDICTS_REFUSED, "reason", reason.name());
  }

  long refusedOutcomes(RefusalReason reason) {
    return (long) metrics.value(MetricNames.OUTCOMES_REFUSED, "reason", reason.name());
  }

  List<DeadLetter> deadLetters() {
    return take(topics.deadLetters(), Codecs.DEAD_LETTER);
  }

  DeadLetter deadLetter() {
    return only(deadLetters());
  }

  /** Escalations that have ended so far, as their topic tells beside them. */
  List<String> ended() {
    return ended;
  }

  List<DuplicateNotice> duplicates() {
    return take(topics.duplicates(), Codecs.DUPLICATE);
  }

  List<TaskRisk> taskRisks() {
    return take(topics.taskRisk(), Codecs.TASK_RISK);
  }

  /** Exposures; what is told of agents and audits beside them is left out. */
  List<Exposure> exposures() {
    return of(topics.exposure(), Codecs.EXPOSURE);
  }

  /** What is told of audits beside exposures; those are left out. */
  List<AuditReport> auditReports() {
    return of(topics.exposure(), Codecs.AUDIT_REPORT);
  }

  /** What of a topic is of that kind; other kinds are left out. */
  private <T extends SpecificRecord> List<T> of(String topic, SingleObject<T> codec) {
    return take(topic).stream()
        .map(TestRecord::value)
        .filter(value -> codec.reads(SingleObject.fingerprint(value)))
        .map(codec::decode)
        .toList();
  }

  List<Price> prices() {
    return take(topics.prices(), Codecs.PRICE);
  }

  List<Concentration> concentrations() {
    return take(topics.concentration(), Codecs.CONCENTRATION);
  }

  List<ChanceEpoch> chanceEpochs() {
    return take(topics.chance(), Codecs.CHANCE);
  }

  List<LedgerHour> ledger() {
    return take(topics.ledger(), Codecs.LEDGER);
  }

  List<ShadowSample> shadowSamples() {
    return take(topics.shadow(), Codecs.SHADOW_SAMPLE);
  }

  List<AgentExposure> agentExposures() {
    return take(topics.agentExposure(), Codecs.AGENT_EXPOSURE);
  }

  List<AgentRecord> agentRecords() {
    return take(topics.agentRecord(), Codecs.AGENT_RECORD);
  }

  /** Publishes what stands on the topic of policies, appended by the broker at noon. */
  Flume publish(Press.Sheet... sheets) {
    for (Press.Sheet sheet : sheets) {
      pipe(topics.policies(), sheet.key(), sheet.value(), new RecordHeaders(), NOON);
    }
    return this;
  }

  /** What the partitions tell one another is not part of the story. */
  Flume skipFleet() {
    return skip(
        topics.exposure(),
        topics.prices(),
        topics.concentration(),
        topics.chance(),
        topics.ledger(),
        topics.agentExposure(),
        topics.agentRecord());
  }

  /** What these topics hold is not part of the story. */
  Flume skip(String... names) {
    Arrays.stream(names).forEach(this::take);
    return this;
  }

  private static <T> T only(List<T> all) {
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Override
  public void close() {
    try {
      assertAccounts();
      outputs.forEach(
          (name, output) ->
              assertThat(output.untaken).as("what the story does not tell of %s", name).isEmpty());
    } finally {
      driver.close();
      delete();
    }
  }

  private void assertAccounts() {
    long assessed = outcome("assessed");
    long duplicates = outcome("duplicate");
    long refused = outcome("dead_lettered");
    long rekeyed = count(MetricNames.RECORDS_REKEYED);
    assertThat(count(MetricNames.RECORDS_READ))
        .as(
            "read = assessed %d + duplicate %d + refused %d + rekeyed %d",
            assessed, duplicates, refused, rekeyed)
        .isEqualTo(assessed + duplicates + refused + rekeyed);
    assertThat(written(topics.assessments())).as("assessments").isEqualTo(assessed);
    assertThat(written(topics.duplicates())).as("duplicates").isEqualTo(duplicates);
    assertThat(written(topics.rekey())).as("rekeyed").isEqualTo(rekeyed);
    assertThat(written(topics.deadLetters()))
        .as("dead letters")
        .isEqualTo(
            refused
                + internalRefused(topics.exposure())
                + internalRefused(topics.agentExposure())
                + Arrays.stream(RefusalReason.values()).mapToLong(this::refusedVerdicts).sum()
                + Arrays.stream(RefusalReason.values()).mapToLong(this::refusedOutcomes).sum());
    double byReason =
        Arrays.stream(RefusalReason.values())
            .mapToDouble(r -> metrics.value(MetricNames.DEAD_LETTERS, "reason", r.name()))
            .sum();
    assertThat((long) byReason).as("refused, by reason").isEqualTo(refused);
  }

  long outcome(String outcome) {
    return (long) metrics.value(MetricNames.ACTIONS, "outcome", outcome);
  }

  long internalRefused(String topic) {
    return (long) metrics.value(MetricNames.INTERNAL_REFUSED, "topic", topic);
  }

  private long written(String topic) {
    return outputs.get(topic).written;
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(stateDir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
