/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.config.WeirConfig;
import dev.weir.event.Verdict;
import dev.weir.reviewer.Draft;
import dev.weir.reviewer.DraftReader;
import dev.weir.reviewer.Identity;
import dev.weir.reviewer.JudgeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir verdict sign}. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Signs a verdict and prints it as JSON, with its bytes in value_base64.",
      "FILE holds what a program would answer to 'weir review command'. What it answers comes from",
      "--escalation, or stands in FILE: escalation_id, task_id, event_id, digest, nonce."
    })
final class VerdictSignCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private ReviewerOptions reviewer = new ReviewerOptions();

  @Parameters(paramLabel = "FILE", description = "The verdict in JSON; - is stdin.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Option(
      names = "--escalation",
      paramLabel = "FILE",
      description = "The escalation, one line of 'weir tail escalations'.")
  private @Nullable Path escalation;

  @Option(names = "--publish", description = "Also publish it to the topic of verdicts.")
  private boolean publish;

  @Option(
      names = "--offline",
      description = "Ask no broker whether the reviewer is registered; --key-id names the key.")
  private boolean offline;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    WeirConfig config = reviewer.config();
    Identity identity = offline ? reviewer.unchecked() : reviewer.identity(config);
    JsonNode answer = VerdictFile.read(file).record();
    JsonNode record = escalation == null ? answer : VerdictFile.read(escalation).record();
    Verdict verdict = identity.sign(asked(record), draft(answer), Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    out.println(VerdictFile.text(verdict));
    out.flush();
    if (publish) {
      publish(config, verdict);
    }
    return 0;
  }

  private Draft draft(JsonNode answer) {
    try {
      return DraftReader.read(answer.toString().getBytes(StandardCharsets.UTF_8));
    } catch (JudgeException e) {
      throw new CommandFailedException("%s: %s".formatted(file, e.getMessage()));
    }
  }

  private static Identity.Asked asked(JsonNode record) {
    JsonNode event = record.has("event_id") ? record : record.path("assessment");
    try {
      return new Identity.Asked(
          VerdictFile.text(record, "escalation_id"),
          VerdictFile.text(record, "task_id"),
          VerdictFile.text(event, "event_id"),
          VerdictFile.hex(record, "digest"),
          VerdictFile.hex(record, "nonce"));
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(
          "what is answered is not told in full: %s; --escalation names a file that does"
              .formatted(e.getMessage()));
    }
  }

  private void publish(WeirConfig config, Verdict verdict)
      throws InterruptedException, ExecutionException {
    byte[] key = verdict.getTaskId().getBytes(StandardCharsets.UTF_8);
    byte[] value = VerdictFile.CODEC.encode(verdict);
    try (KafkaProducer<byte[], byte[]> producer = Clients.producer(config)) {
      RecordMetadata at =
          producer.send(new ProducerRecord<>(config.topics().verdicts(), key, value)).get();
      PrintWriter err = spec.commandLine().getErr();
      err.printf("published to %s, offset %d%n", at.topic() + "-" + at.partition(), at.offset());
      err.flush();
    }
  }
}
