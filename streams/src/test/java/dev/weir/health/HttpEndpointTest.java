/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.event.RefusalReason;
import dev.weir.metrics.Metrics;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
  private static final String SAMPLE =
      "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-z_]+=\"[^\"]*\",?)*})? ([-+0-9.E]+|NaN|[-+]Inf)";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Metrics metrics = new Metrics().withProcess();
  private Vitals vitals = new Vitals(State.RUNNING, 1, Map.of(), 0);
  private HttpEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    Health health = new Health(() -> vitals, () -> 0, Health.Limits.of(1));
    endpoint = HttpEndpoint.start("127.0.0.1", 0, metrics.httpHandler(), health);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void shouldServeEveryLineInTextFormatWhenScraped() throws Exception {
    metrics.refused(RefusalReason.TOO_DEEP);
    HttpResponse<String> response = get("/metrics");
    List<String> lines = response.body().lines().toList();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(lines)
        .contains("weir_dead_letters_total{reason=\"TOO_DEEP\",} 1.0")
        .contains("# TYPE weir_action_risk histogram")
        .anyMatch(line -> line.startsWith("jvm_memory_bytes_used"))
        .noneMatch(line -> line.contains("_created"))
        .allMatch(line -> line.startsWith("# ") || line.matches(SAMPLE));
  }

  @Test
  void shouldSayWhyWhenProbed() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body()).isEqualTo("ready, lag 0\n");

    vitals = new Vitals(State.ERROR, 0, Map.of(), 0);
    assertThat(get("/livez").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/livez").body()).isEqualTo("client is ERROR\n");
  }

  @Test
  void shouldServeNothingElseWhenAsked() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/livezz").statusCode()).isEqualTo(404);
    HttpRequest post = request("/metrics").POST(HttpRequest.BodyPublishers.ofString("x")).build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    HttpRequest head =
        request("/livez").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    assertThat(client.send(head, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayWhichAddressWhenPortIsTaken() {
    Health health = new Health(() -> vitals, () -> 0, Health.Limits.of(1));
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(
            () -> HttpEndpoint.start("127.0.0.1", endpoint.port(), metrics.httpHandler(), health))
        .withMessageContaining("cannot listen on 127.0.0.1:" + endpoint.port());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path));
  }
}
