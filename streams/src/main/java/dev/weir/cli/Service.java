/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.health.Health;
import dev.weir.health.HttpEndpoint;
import dev.weir.health.Vitals;
import dev.weir.metrics.Metrics;
import dev.weir.policy.Policy;
import dev.weir.topology.Monitor;
import java.io.IOException;
import java.net.BindException;
import org.apache.kafka.streams.KafkaStreams;

/** One running instance with its metrics and health on HTTP. */
final class Service implements AutoCloseable {
  private final Monitor monitor;
  private final HttpEndpoint http;

  private Service(Monitor monitor, HttpEndpoint http) {
    this.monitor = monitor;
    this.http = http;
  }

  /** Starts an instance; {@code port} 0 takes a free one. */
  static Service start(WeirConfig config, Policy policy, byte[] chanceKey, int port)
      throws IOException, InterruptedException {
    Metrics metrics = new Metrics();
    Monitor monitor = Monitor.of(config, policy, chanceKey, metrics);
    try {
      KafkaStreams streams = monitor.streams();
      Health health =
          new Health(
                  () -> Vitals.of(streams),
                  () -> System.nanoTime() / 1_000_000,
                  Health.Limits.of(config.getInt(WeirConfig.THREADS)))
              .note(monitor.policies()::detail);
      HttpEndpoint http =
          listen(config, port, metrics.withProcess().withStreams(streams::metrics), health);
      monitor.start();
      return new Service(monitor, http);
    } catch (IOException | RuntimeException e) {
      monitor.close();
      throw e;
    }
  }

  private static HttpEndpoint listen(WeirConfig config, int port, Metrics metrics, Health health)
      throws IOException {
    String host = config.getString(WeirConfig.HTTP_HOST);
    try {
      return HttpEndpoint.start(host, port, metrics.httpHandler(), health);
    } catch (BindException e) {
      throw new CommandFailedException(
          "%s; set %s, or 0 for a free port".formatted(e.getMessage(), WeirConfig.HTTP_PORT));
    }
  }

  Monitor monitor() {
    return monitor;
  }

  /** Port of /metrics, /livez and /readyz. */
  int httpPort() {
    return http.port();
  }

  /** True once the instance has stopped by itself, after a fault. */
  boolean failed() {
    KafkaStreams.State state = monitor.streams().state();
    return state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING;
  }

  @Override
  public void close() {
    monitor.close();
    http.close();
  }
}
