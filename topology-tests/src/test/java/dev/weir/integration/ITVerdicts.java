/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.CommandLineRun;
import dev.weir.event.Escalation;
import dev.weir.wire.SingleObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verdict is signed, published and verified by hand. */
class ITVerdicts {
  private static final SingleObject<Escalation> ESCALATION = SingleObject.of(Escalation.class);

  @TempDir private Path dir;
  private String config = "";

  @Test
  void shouldTellWhoseItIsWhenAVerdictIsSignedByHand() throws Exception {
    try (Cluster cluster = Cluster.start("it-verdicts")) {
      configure(cluster);
      Path answer = write("answer.json", "{\"decision\":\"DENY\",\"rationale\":\"\\u001b[2J no\"}");
      assertThat(sign(answer).err()).contains("carol is not registered");
      register("carol");
      assertThat(sign(answer).err()).contains("there is no text escalation_id");

      cluster.stray(
          new ProducerRecord<>(
              cluster.topics().escalations(),
              Events.bytes("task"),
              ESCALATION.encode(Escalations.expert("e1"))));
      Path escalation = write("escalation.json", weir("tail", "escalations", "--once").out());
      CommandLineRun signed = sign(answer, "--escalation", escalation.toString(), "--publish");
      assertThat(signed.exit()).as(signed.err()).isZero();
      assertThat(signed.err()).contains("published to it-verdicts.verdicts-");

      Path verdict = write("verdict.json", signed.out());
      Path published = write("published.json", weir("tail", "verdicts", "--once").out());
      for (Path file : List.of(verdict, published)) {
        CommandLineRun verified = weir("verdict", "verify", file.toString());
        assertThat(verified.exit()).as(verified.err()).isZero();
        assertThat(verified.out())
            .contains("DENY on e1 by carol for expert, key k1")
            .contains("carol is a person, registered by alice")
            .endsWith("holds\n");
        assertThat(
                weir("verdict", "verify", file.toString(), "--public-key", file("carol.pem.pub"))
                    .exit())
            .isZero();
        assertThat(
                weir("verdict", "verify", file.toString(), "--public-key", file("alice.pem.pub"))
                    .out())
            .endsWith("does not hold: it is not signed by that key\n");
      }
      Path forged = write("forged.json", Files.readString(published).replace("DENY", "APPROVE"));
      CommandLineRun refused = weir("verdict", "verify", forged.toString());
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.out()).endsWith("does not hold: it is not signed by that key\n");

      answerAtTheTerminal(cluster);

      assertThat(weir("reviewer", "revoke", "carol", "--key", file("alice.pem")).exit()).isZero();
      assertThat(weir("verdict", "verify", verdict.toString()).out()).contains("was revoked at");
      assertThat(weir("verdict", "verify", published.toString()).exit())
          .as("the broker had appended it before")
          .isZero();
    }
  }

  /** What was answered before is not asked again. */
  private void answerAtTheTerminal(Cluster cluster) throws Exception {
    cluster.stray(
        new ProducerRecord<>(
            cluster.topics().escalations(),
            Events.bytes("task"),
            ESCALATION.encode(Escalations.expert("e2"))));
    CommandLineRun session = terminal("a looks right\n");
    assertThat(session.out()).isEqualTo("1 escalations answered\n");
    assertThat(session.err()).contains("1 open", "cmd: rm -rf /", "nothing is open");
    assertThat(weir("tail", "verdicts", "--once", "--values").out())
        .contains("\"escalation_id\":\"e2\"", "\"rationale\":\"looks right\"");
    assertThat(terminal("").err()).contains("nothing is open").doesNotContain("rm -rf");
  }

  private CommandLineRun terminal(String typed) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      return weir(
          "review",
          "terminal",
          "--plain",
          "--once",
          "--reviewer",
          "carol",
          "--tier",
          "expert",
          "--key",
          file("carol.pem"));
    } finally {
      System.setIn(before);
    }
  }

  private void configure(Cluster cluster) throws IOException {
    for (String who : List.of("alice", "carol")) {
      assertThat(CommandLineRun.of("keys", "generate", file(who + ".pem")).exit()).isZero();
    }
    String registrar =
        CommandLineRun.of("keys", "show", "--registrar", file("alice.pem")).out().strip();
    config =
        write(
                "weir.properties",
                "kafka.bootstrap.servers=%s%ntopics.prefix=it-verdicts%n%s%n"
                    .formatted(cluster.bootstrapServers(), registrar))
            .toString();
  }

  private void register(String id) {
    CommandLineRun run =
        weir(
            "reviewer",
            "register",
            id,
            "--kind",
            "person",
            "--tier",
            "expert",
            "--public-key",
            file(id + ".pem.pub"),
            "--key",
            file("alice.pem"));
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private CommandLineRun sign(Path answer, String... more) {
    String[] sign = {
      "verdict",
      "sign",
      answer.toString(),
      "--reviewer",
      "carol",
      "--tier",
      "expert",
      "--key",
      file("carol.pem")
    };
    return weir(concat(sign, more));
  }

  private CommandLineRun weir(String... args) {
    return CommandLineRun.of(concat(args, "--config", config));
  }

  private static String[] concat(String[] args, String... more) {
    return Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }
}
