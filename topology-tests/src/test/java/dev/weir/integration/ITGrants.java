/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.CommandLineRun;
import dev.weir.client.Proposed;
import dev.weir.client.WeirClient;
import dev.weir.config.Topics;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer issues, renews and revokes a grant from the command line while the monitor runs. */
class ITGrants {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Topics TOPICS = new Topics("it-grants", List.of("gateway"));
  private static final Policy POLICY =
      PolicyLoader.load(
          "grants",
          """
          weir: 1
          id: grants
          version: "1"
          budget: {tax: 0.1, starting_price: 100, ceilings: {route: 1}}
          tiers: [{id: expert, cost: 100, assurance: 0.9, deadline: 1h}]
          sources: {it-grants.actions.gateway: {attests: [agent, phase]}}
          classes: {ship: {prior: -3, reserved: true, because: customers rely on it}}
          rules:
            - {id: ship, tools: [ship], class: ship, adds: {service: 1}, because: it goes out}
          """
              .getBytes(StandardCharsets.UTF_8));

  @TempDir private Path dir;
  private String config = "";
  private int proposals;

  @Test
  void shouldLetAnAgentGoOnWhileItsGrantHoldsAndHoldItAgainWhenItIsRevoked() throws Exception {
    try (Cluster cluster = Cluster.bare("it-grants")) {
      for (String who : List.of("ida", "mallory")) {
        ok(CommandLineRun.of("keys", "generate", file(who + ".pem")));
      }
      Map<String, String> properties = configure(cluster);
      ok(weir("topics", "create", "--partitions", "2"));
      refuseWhatIsNoGrant();

      try (WeirClient client = client(cluster)) {
        Proposed waiting;
        try (Instance monitor = cluster.run("one", properties, POLICY)) {
          Proposed first = propose(client);
          Await.until("a hold", first::isHeld);

          ok(issue("ida", "--expires", "2099-01-01", "--when", "args.size < 3"));
          Await.until("the held one goes on", () -> isReleased(first));
          Await.until("a release", () -> isReleased(propose(client)));
          ok(weir("grant", "revoke", "g-1", "--key", file("ida.pem")));
          Await.until("a hold again", () -> isHeld(propose(client)));
          waiting = propose(client);
          Await.until("a last hold", waiting::isHeld);

          assertThat(weir("grant", "revoke", "g-1", "--key", file("ida.pem")).err())
              .contains("was revoked at");
          assertThat(monitor.sound()).isTrue();
        }
        keepTheBooks(cluster);

        try (Instance again = cluster.run("one", properties, POLICY)) {
          Await.until("what was held when the grant came goes on", () -> isReleased(waiting));
          Await.until(
              "a release by what was issued before, poison or not",
              () -> isReleased(propose(client)));
          assertThat(again.sound()).isTrue();
        }
      }
    }
  }

  private static WeirClient client(Cluster cluster) {
    return WeirClient.connect(
        Map.of("bootstrap.servers", cluster.bootstrapServers()),
        new WeirClient.Topics(TOPICS.sources().get(1), TOPICS.dispositions()));
  }

  private Map<String, String> configure(Cluster cluster) throws IOException {
    String issuer = CommandLineRun.of("keys", "show", "--issuer", file("ida.pem")).out().strip();
    assertThat(issuer).startsWith("grant.issuers=ida=");
    Map<String, String> properties = cluster.properties("one");
    properties.put("sources", "gateway");
    properties.put("grant.issuers", issuer.substring("grant.issuers=".length()));
    config =
        Files.writeString(
                dir.resolve("weir.properties"),
                "kafka.bootstrap.servers=%s%ntopics.prefix=it-grants%nsources=gateway%n%s%n"
                    .formatted(cluster.bootstrapServers(), issuer))
            .toString();
    return properties;
  }

  private void refuseWhatIsNoGrant() throws IOException {
    assertThat(weir("grant", "issue", "g-1", "--key", file("ida.pem")).err())
        .contains("needs --source, --agent");
    assertThat(weir("grant", "issue", "g-1", "--source", "actions").err())
        .contains("on the default source an agent's id is but what a record says");
    assertThat(issue("ida", "--expires", "2099-01-01", "--when", "args.size <").err())
        .contains("--when: at line 1");
    assertThat(issue("mallory", "--expires", "2099-01-01").err())
        .contains("is the key of nobody whom grant.issuers lists");
    assertThat(issue("ida", "--expires", "2001-01-01").err()).contains("not_before is before");
    assertThat(grants()).isEmpty();
    assertThat(weir("grant", "list").out()).contains("nothing is granted");
  }

  private void keepTheBooks(Cluster cluster) throws Exception {
    JsonNode revoked = grants().get(0);
    assertThat(revoked.at("/generation").asInt()).isEqualTo(2);
    assertThat(revoked.at("/revoked_at").isNull()).isFalse();
    assertThat(revoked.at("/condition").asText()).isEqualTo("args.size < 3");
    assertThat(revoked.at("/vetting/digest").asText()).hasSize(64);

    ok(issue("ida", "--expires", "2099-01-01"));
    ok(weir("grant", "issue", "g-1", "--expires", "2098-01-01", "--key", file("ida.pem")));
    assertThat(weir("grant", "issue", "g-1", "--agent", "other", "--key", file("ida.pem")).err())
        .contains("issue another under an id of its own");
    JsonNode renewed = grants().get(0);
    assertThat(renewed.at("/revoked_at").isNull()).isTrue();
    assertThat(renewed.at("/condition").isNull()).as("it began anew").isTrue();
    assertThat(renewed.at("/expires").asText()).startsWith("2098");
    assertThat(renewed.at("/generation").asInt()).isEqualTo(4);

    cluster.stray(
        new ProducerRecord<>(TOPICS.grants(), Events.bytes("g-1"), Events.bytes("poison")));
    assertThat(weir("grant", "list").out())
        .contains("g-1  bot of it-grants.actions.gateway  class ship")
        .contains("passed shipyard 3")
        .contains("cannot be read: 1");
    assertThat(grants()).containsExactly(renewed);
    assertThat(weir("tail", "grants", "--once", "--values").out()).contains("\"agent_id\":\"bot\"");
  }

  /** Each of a task of its own, so that none is the like of one that is held. */
  private Proposed propose(WeirClient client) {
    String id = "p-" + ++proposals;
    String json =
        """
        {"event_id":"%s","occurred_at":"2026-01-01T00:00:00Z","phase":"PROPOSED","task_id":"t-%s",        "agent":{"id":"bot"},"tool":{"name":"ship"},"arguments":{"size":2}}"""
            .formatted(id, id);
    return client.propose("t-" + id, id, json.getBytes(StandardCharsets.UTF_8), LONG);
  }

  private static boolean isReleased(Proposed proposed) throws InterruptedException {
    return proposed.await(Duration.ofSeconds(2)).isReleased();
  }

  private static boolean isHeld(Proposed proposed) throws InterruptedException {
    return !proposed.await(Duration.ofSeconds(2)).isReleased() && proposed.isHeld();
  }

  private CommandLineRun issue(String by, String... more) throws IOException {
    Path report = Files.writeString(dir.resolve("report.json"), "{\"passed\": true}");
    List<String> all =
        new ArrayList<>(List.of("grant", "issue", "g-1", "--source", "gateway", "--agent", "bot"));
    all.addAll(List.of("--class", "ship", "--evaluation", "shipyard 3", "--evaluated"));
    all.addAll(List.of("2026-01-01", "--evidence", report.toString(), "--key", file(by + ".pem")));
    all.addAll(List.of(more));
    return weir(all.toArray(String[]::new));
  }

  private CommandLineRun weir(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--config", config));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }

  private static void ok(CommandLineRun run) {
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private List<JsonNode> grants() throws IOException {
    CommandLineRun list = weir("grant", "list", "--json");
    ok(list);
    List<JsonNode> grants = new ArrayList<>();
    JSON.readTree(list.out()).get("grants").forEach(grants::add);
    return grants;
  }
}
