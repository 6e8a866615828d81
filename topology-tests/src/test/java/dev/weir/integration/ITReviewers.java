/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registrar registers, changes, rotates and revokes reviewers from the command line. */
class ITReviewers {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path dir;
  private String config = "";

  @Test
  void shouldKeepTheRegistryAsTheRegistrarSaysWhenReviewersComeAndGo() throws Exception {
    try (Cluster cluster = Cluster.start("it-reviewers")) {
      for (String who : List.of("alice", "mallory", "carol", "carol2")) {
        key(who);
      }
      String registrar =
          CommandLineRun.of("keys", "show", "--registrar", file("alice.pem")).out().strip();
      assertThat(registrar).startsWith("review.registrars=alice=");
      config =
          Files.writeString(
                  dir.resolve("weir.properties"),
                  "kafka.bootstrap.servers=%s%ntopics.prefix=it-reviewers%n%s%n"
                      .formatted(cluster.bootstrapServers(), registrar))
              .toString();

      assertThat(change("alice", "register", "carol").err()).contains("needs --kind");
      String[] carol = {
        "register", "carol", "--kind", "person", "--tier", "expert", "--public-key"
      };
      assertThat(change("mallory", with(carol, file("carol.pem.pub"))).err())
          .contains("is the key of nobody whom review.registrars lists");
      assertThat(change("alice", with(carol, file("alice.pem"))).err()).contains("alice.pem holds");
      assertThat(reviewers()).isEmpty();

      ok(change("alice", with(carol, file("carol.pem.pub"))));
      ok(change("alice", "register", "carol", "--tier", "expert", "--tier", "panel"));
      ok(change("alice", "rotate", "carol", "--public-key", file("carol2.pem.pub")));
      JsonNode rotated = reviewers().get(0);
      assertThat(rotated.at("/generation").asInt()).isEqualTo(3);
      assertThat(rotated.at("/tiers")).hasToString("[\"expert\",\"panel\"]");
      assertThat(rotated.at("/keys").findValuesAsText("key_id")).containsExactly("k1", "k2");
      assertThat(rotated.at("/keys/0/valid_until").asText())
          .as("the earlier one runs out first")
          .isLessThan(rotated.at("/keys/1/valid_until").asText());

      ok(change("alice", "revoke", "carol", "--key-id", "k1"));
      assertThat(change("alice", "revoke", "carol", "--key-id", "k1").err())
          .contains("ended")
          .contains("already");
      assertThat(change("alice", "revoke", "carol", "--key-id", "k9").err()).contains("no key k9");
      ok(change("alice", "revoke", "carol"));
      assertThat(reviewers().get(0).at("/revoked_at").isNull()).isFalse();
      assertThat(change("alice", "rotate", "carol", "--public-key", file("carol2.pem.pub")).err())
          .contains("was revoked at");

      ok(change("alice", with(carol, file("carol2.pem.pub"))));
      JsonNode anew = reviewers().get(0);
      assertThat(anew.at("/revoked_at").isNull()).isTrue();
      assertThat(anew.at("/keys")).as("no earlier key counts again").hasSize(1);
      assertThat(anew.at("/generation").asInt()).isEqualTo(6);

      cluster.stray(
          new ProducerRecord<>(
              cluster.topics().reviewers(), Events.bytes("carol"), Events.bytes("poison")));
      CommandLineRun list = CommandLineRun.of("reviewer", "list", "--config", config);
      assertThat(list.out()).contains("carol  person  tiers expert").contains("cannot be read: 1");
      assertThat(reviewers()).containsExactly(anew);
    }
  }

  private void key(String name) {
    ok(CommandLineRun.of("keys", "generate", file(name + ".pem")));
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }

  private static String[] with(String[] args, String last) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(last);
    return all.toArray(String[]::new);
  }

  private CommandLineRun change(String by, String... args) {
    List<String> all = new ArrayList<>(List.of("reviewer"));
    all.addAll(List.of(args));
    all.addAll(List.of("--config", config, "--key", file(by + ".pem")));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private static void ok(CommandLineRun run) {
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private List<JsonNode> reviewers() throws IOException {
    CommandLineRun list = CommandLineRun.of("reviewer", "list", "--json", "--config", config);
    ok(list);
    List<JsonNode> reviewers = new ArrayList<>();
    JSON.readTree(list.out()).get("reviewers").forEach(reviewers::add);
    return reviewers;
  }
}
