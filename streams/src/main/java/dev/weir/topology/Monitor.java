/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.config.WeirConfig;
import dev.weir.event.Concentration;
import dev.weir.event.Price;
import dev.weir.fault.ThreadFaults;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.review.Grants;
import dev.weir.review.Registry;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the monitor: checks the topics, builds the topology, runs it. */
public final class Monitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

  private final KafkaStreams streams;
  private final Board<Price> prices;
  private final Board<Concentration> concentrations;
  private final Policy policy;
  private final PolicyDesk desk;
  private final Duration closeTimeout;

  private Monitor(
      KafkaStreams streams,
      Board<Price> prices,
      Board<Concentration> concentrations,
      Policy policy,
      PolicyDesk desk,
      Duration closeTimeout) {
    this.streams = streams;
    this.prices = prices;
    this.concentrations = concentrations;
    this.policy = policy;
    this.desk = desk;
    this.closeTimeout = closeTimeout;
  }

  /**
   * Makes an instance; {@link #start} starts it.
   *
   * @throws StartRefusedException if a topic is missing or wrong, or no broker answers
   * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong
   */
  public static Monitor of(WeirConfig config, Policy policy, byte[] chanceKey, Tally tally)
      throws InterruptedException {
    Properties settings = StreamsSettings.of(config);
    Placement placement;
    try (Admin admin = Admin.create(StreamsSettings.client(config))) {
      placement = new TopicCheck(admin, config.topics()).placement(config.believesOccurredAt());
    } catch (KafkaException e) {
      throw TopicCheck.unreachable(e);
    }
    Board<Price> prices = new Board<>();
    Board<Concentration> concentrations = new Board<>();
    PolicyShelf shelf = new PolicyShelf(policy);
    PolicyDesk desk = new PolicyDesk(config.topics().policies(), config.publishers(), shelf, tally);
    ProbeSettings probes = ProbeSettings.of(config);
    LOG.info("{}", probes);
    Topology topology =
        new WeirTopology(
                config.topics(),
                placement,
                config.limits(),
                config.foldRules(),
                config.stores(),
                shelf,
                desk,
                TrialSettings.of(config),
                ChanceSettings.of(config, chanceKey),
                probes,
                config.getInt(WeirConfig.AGENTS_MAX),
                config.getLong(WeirConfig.TASK_IDLE_MS),
                config.getInt(WeirConfig.MAX_OUTPUT_BYTES),
                prices,
                concentrations,
                new Registry(config.topics().reviewers(), config.registrars()),
                new Grants(config.topics().grants(), config.issuers()),
                tally)
            .build(new TopologyConfig(new StreamsConfig(settings)));
    KafkaStreams streams = new KafkaStreams(topology, settings);
    streams.setUncaughtExceptionHandler(new ThreadFaults(System::nanoTime));
    return new Monitor(
        streams,
        prices,
        concentrations,
        policy,
        desk,
        Duration.ofMillis(config.getLong(WeirConfig.CLOSE_TIMEOUT_MS)));
  }

  /** Starts processing; returns at once. */
  public void start() {
    LOG.info("Starting with policy {}", policy);
    streams.start();
  }

  /** The running instance, for its state and metrics. */
  public KafkaStreams streams() {
    return streams;
  }

  /** Which policies are called for, and what was refused of them. */
  public PolicyDesk policies() {
    return desk;
  }

  /** The configured policy: generation 0. */
  public Policy policy() {
    return policy;
  }

  /** The fleet's latest prices. */
  public Board<Price> prices() {
    return prices;
  }

  /** The fleet's latest concentration. */
  public Board<Concentration> concentrations() {
    return concentrations;
  }

  /** Commits and stops, within the close timeout; keeps the state. */
  @Override
  public void close() {
    if (!streams.close(CloseOptions.timeout(closeTimeout))) {
      LOG.warn(
          "Stopping took longer than {}; state may be restored at the next start", closeTimeout);
    }
  }
}
