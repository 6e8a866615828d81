/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.config.WeirConfig;
import dev.weir.event.Outcome;
import dev.weir.outcome.OutcomeCheck;
import dev.weir.outcome.OutcomeSignals;
import dev.weir.review.RecordSignature;
import dev.weir.reviewer.Identity;
import dev.weir.serde.RecordTree;
import dev.weir.topology.Codecs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir outcome report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Reports that an action turned out harmful, or harmless, whether it was reviewed or not.",
      "Finds its assessment, signs the outcome, prints it as JSON and publishes it.",
      "The action is named by --task and --event, or by FILE: a line of 'weir tail assessments'."
    })
final class OutcomeReportCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private ReporterOptions reporter = new ReporterOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The assessment, one line of 'weir tail assessments'; - is stdin.")
  private @Nullable Path file;

  @Option(names = "--task", paramLabel = "ID", description = "The action's task.")
  private @Nullable String task;

  @Option(names = "--event", paramLabel = "ID", description = "The action's event_id.")
  private @Nullable String event;

  @Option(
      names = "--digest",
      paramLabel = "HEX",
      description = "Beginning of the action's digest, where several have the same event_id.")
  private String digest = "";

  @Option(
      names = "--since",
      paramLabel = "DATE",
      converter = Moment.class,
      description = "Look at no earlier assessments. Default: all that the topic keeps.")
  private Instant since = Instant.EPOCH;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init")
  private Finding finding;

  /** What it turned out to be. */
  private static final class Finding {
    @Option(names = "--harmful", description = "It was harmful, or would have been.")
    private boolean harmful;

    @Option(names = "--harmless", description = "It was not, or would not have been.")
    private boolean harmless;
  }

  @Option(
      names = "--harm",
      paramLabel = "LU",
      description = "With --harmful: what the harm came to, in loss units.")
  private @Nullable Double harm;

  @Option(
      names = "--found-by",
      paramLabel = "TEXT",
      required = true,
      description = "What found it out, for example the number of an incident.")
  private String foundBy = "";

  @Option(
      names = "--discovered-at",
      paramLabel = "DATE",
      converter = Moment.class,
      description = "When it was found out. Default: now.")
  private @Nullable Instant discoveredAt;

  @Option(names = "--dry-run", description = "Publish nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    PastAction.Wanted wanted = wanted();
    check();
    WeirConfig config = reporter.config();
    Identity identity = reporter.identity(config);
    Outcome outcome = signed(PastAction.find(config, wanted), identity);
    PrintWriter out = spec.commandLine().getOut();
    out.println(PolicyJson.text(RecordTree.of(outcome)));
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%s: %s%n", wanted, OutcomeSignals.finding(outcome));
    if (!dryRun) {
      RecordMetadata at = publish(config, outcome);
      err.printf("published to %s-%d, offset %d%n", at.topic(), at.partition(), at.offset());
    }
    err.flush();
    return 0;
  }

  private PastAction.Wanted wanted() throws IOException {
    if (file == null) {
      if (task == null || event == null) {
        throw usage("name the action by --task and --event, or by FILE");
      }
      return new PastAction.Wanted(task, event, digest, since);
    }
    if (task != null || event != null) {
      throw usage("FILE names the action: leave out --task and --event");
    }
    try {
      JsonNode record = VerdictFile.read(file).record();
      return new PastAction.Wanted(
          VerdictFile.text(record, "task_id"),
          VerdictFile.text(record, "event_id"),
          VerdictFile.text(record, "digest"),
          since);
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(
          "%s holds no assessment: %s".formatted(file, e.getMessage()));
    }
  }

  /** What monitors would refuse. */
  private void check() {
    if (harm != null && finding.harmless) {
      throw usage("--harm goes with --harmful");
    }
    if (harm != null && !(harm >= 0 && harm < Double.POSITIVE_INFINITY)) {
      throw usage("--harm is finite and at least 0");
    }
    int bytes = foundBy.getBytes(StandardCharsets.UTF_8).length;
    if (foundBy.isBlank() || bytes > OutcomeCheck.MAX_FOUND_BY_BYTES) {
      throw usage("--found-by has 1 to %d bytes".formatted(OutcomeCheck.MAX_FOUND_BY_BYTES));
    }
  }

  private Outcome signed(PastAction action, Identity identity) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return RecordSignature.OUTCOME.sign(
        Outcome.newBuilder()
            .setTaskId(action.assessment().getTaskId())
            .setEventId(action.assessment().getEventId())
            .setDigest(action.assessment().getDigest())
            .setAssessment(action.assessment())
            .setAssessmentPartition(action.partition())
            .setAssessmentOffset(action.offset())
            .setDisposition(action.disposition())
            .setHarmful(finding.harmful)
            .setHarm(harm)
            .setDiscoveredAt(discoveredAt == null ? now : discoveredAt)
            .setFoundBy(foundBy)
            .setReporterId(identity.reviewerId())
            .setIssuedAt(now)
            .setKeyId(identity.keyId())
            .setSignature(ByteBuffer.allocate(0))
            .build(),
        identity.key());
  }

  private static RecordMetadata publish(WeirConfig config, Outcome outcome)
      throws InterruptedException, ExecutionException {
    byte[] key = outcome.getTaskId().getBytes(StandardCharsets.UTF_8);
    byte[] value = Codecs.OUTCOME.encode(outcome);
    try (KafkaProducer<byte[], byte[]> producer = Clients.producer(config)) {
      return producer.send(new ProducerRecord<>(config.topics().outcomes(), key, value)).get();
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
