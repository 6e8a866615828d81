/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Weir;
import dev.weir.config.WeirConfig;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** {@code weir run} in a process of its own, as its supervisor and Prometheus see it. */
class ITMetrics {
  private static final Pattern ADDRESS = Pattern.compile("metrics at (http://\\S+)/metrics");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void shouldCountWhatIsCommittedWhenScraped() throws Exception {
    try (Cluster cluster = Cluster.start("it-metrics");
        Ledger ledger = cluster.ledger();
        Jvm monitor = Jvm.start(Weir.class, "run", "--config", write(cluster).toString())) {
      Await.until("its address", () -> !monitor.alive() || ADDRESS.matcher(monitor.err()).find());
      Matcher found = ADDRESS.matcher(monitor.err());
      assertThat(found.find()).as(monitor.err()).isTrue();
      String address = found.group(1);
      Await.until("readiness", () -> get(address + "/readyz").statusCode() == 200);
      assertThat(get(address + "/livez").statusCode()).isEqualTo(200);
      assertThat(get(address + "/other").statusCode()).isEqualTo(404);

      publish(cluster);
      ledger.awaitAll(cluster.published());
      int assessed = ledger.assessments().size();
      int dead = ledger.deadLetters().size();
      int duplicates = ledger.duplicates().size();
      assertThat(assessed).isPositive();
      assertThat(dead).isEqualTo(50);
      assertThat(duplicates).isEqualTo(20);
      assertThat(ledger.rekeyed()).isPositive();

      String page = get(address + "/metrics").body();
      assertThat(sample(page, "weir_actions_total{outcome=\"assessed\",}")).isEqualTo(assessed);
      assertThat(sample(page, "weir_actions_total{outcome=\"dead_lettered\",}")).isEqualTo(dead);
      assertThat(sample(page, "weir_actions_total{outcome=\"duplicate\",}")).isEqualTo(duplicates);
      double rekeyed = sample(page, "weir_records_rekeyed_total");
      assertThat(rekeyed).isEqualTo(ledger.rekeyed());
      assertThat(sample(page, "weir_records_read_total"))
          .isEqualTo(assessed + dead + duplicates + rekeyed);
      assertThat(sample(page, "weir_dead_letters_total{reason=\"MALFORMED_JSON\",}"))
          .isEqualTo(dead);
      assertThat(sample(page, "weir_action_risk_count")).isEqualTo(assessed);
      assertThat(sample(page, "kafka_streams_client_state")).isEqualTo(2);
      assertThat(sample(page, "kafka_streams_failed_threads_total")).isZero();
      assertThat(page).doesNotContain("task-1");

      assertThat(get(address + "/readyz").statusCode()).isEqualTo(200);
      monitor.signal("TERM");
      monitor.exit();
      assertThat(monitor.err()).doesNotContain("took too long");
      assertThat(monitor.temporaries()).isEmpty();
    }
  }

  private static void publish(Cluster cluster) {
    String topic = cluster.topics().actions();
    for (int i = 0; i < 500; i++) {
      String task = "task-" + i % 25;
      cluster.act(task, Events.json(task, i / 25));
      if (i % 25 == 0) {
        cluster.act(task, Events.json(task, i / 25));
      }
      if (i % 10 == 0) {
        cluster.act(task, Events.bytes("{\"event_id\":"));
        String elsewhere = "keyless-" + i;
        for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
          cluster.publish(
              new ProducerRecord<>(
                  topic, partition, (byte[]) null, Events.json(elsewhere, partition)));
        }
      }
    }
  }

  private static Path write(Cluster cluster) throws Exception {
    Path dir = Files.createDirectories(cluster.stateDir("config"));
    Path key = Files.write(dir.resolve("chance.key"), Cluster.CHANCE_KEY);
    Map<String, String> properties = cluster.properties("one");
    properties.put(WeirConfig.CHANCE_KEY_FILE, key.toString());
    properties.put(WeirConfig.HTTP_PORT, "0");
    Properties written = new Properties();
    written.putAll(properties);
    Path file = dir.resolve("weir.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      written.store(out, null);
    }
    return file;
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static double sample(String page, String name) {
    return page.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sample " + name));
  }
}
