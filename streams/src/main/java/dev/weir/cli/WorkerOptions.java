/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import dev.weir.event.Escalation;
import dev.weir.event.VerdictDecision;
import dev.weir.reviewer.Counts;
import dev.weir.reviewer.Draft;
import dev.weir.reviewer.Identity;
import dev.weir.reviewer.Judge;
import dev.weir.reviewer.JudgeException;
import dev.weir.reviewer.JudgeUnusableException;
import dev.weir.reviewer.PatientJudge;
import dev.weir.reviewer.ReviewWorker;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a worker around a judge: shared by the reviewers that are no people. */
final class WorkerOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many are judged at a time. Default: ${DEFAULT-VALUE}.")
  private int concurrency;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = ShortDuration.class,
      description = "For one answer. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How often it is asked again after a failure, after 1 s, 2 s, 4 s … Then the answer is"
              + " ABSTAIN, with the reason. Default: ${DEFAULT-VALUE}.")
  private int retries;

  @Option(names = "--waiting", description = "Take the waiting queue, too, the riskiest first.")
  private boolean waiting;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      defaultValue = "1",
      description =
          "Tells apart several workers of one reviewer that share the work. Default:"
              + " ${DEFAULT-VALUE}.")
  private String instance = "";

  @Option(names = "--once", description = "End when all that is there now is answered.")
  private boolean once;

  @Option(names = "--json", description = "Print the summary as one JSON document.")
  private boolean json;

  private final LongAdder failures = new LongAdder();

  int concurrency() {
    return concurrency;
  }

  Duration timeout() {
    return timeout;
  }

  /** Works until it is stopped, or has caught up; then prints the summary. */
  void run(WeirConfig config, Identity identity, Judge judge)
      throws IOException, InterruptedException {
    if (concurrency < 1 || retries < 0 || timeout.compareTo(Duration.ZERO) <= 0) {
      throw new CommandFailedException(
          "--concurrency is at least 1, --retries at least 0, --timeout above 0");
    }
    Topics topics = config.topics();
    List<String> read = new ArrayList<>(List.of(topics.escalations()));
    if (waiting) {
      read.add(topics.waiting());
    }
    String group = config.clientNames().reviewer(identity.reviewerId(), identity.tier());
    ReviewWorker.Job job = new ReviewWorker.Job(read, topics.verdicts(), concurrency, once);
    try (Stop stop = Stop.onShutdown();
        KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config, group, instance);
        KafkaProducer<byte[], byte[]> producer =
            Clients.transactional(config, group + "-" + instance)) {
      Judge patient =
          new PatientJudge(
              judge,
              retries,
              Clock.systemUTC(),
              pause -> {
                if (stop.await(pause.toMillis())) {
                  throw new InterruptedException("stopped");
                }
              },
              this::failed);
      ReviewWorker worker =
          new ReviewWorker(job, identity, patient, Clock.systemUTC(), this::answered);
      print(worker.run(consumer, producer, stop::asked));
    } catch (JudgeUnusableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    }
  }

  private void answered(Escalation escalation, Draft draft) {
    say("%s %s", escalation.getEscalationId(), draft.decision());
  }

  private void failed(Escalation escalation, JudgeException fault, boolean last) {
    failures.increment();
    say(
        "%s %s: %s",
        escalation.getEscalationId(), last ? "not answered" : "failed", fault.getMessage());
  }

  private synchronized void say(String format, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(format + "%n", values);
    err.flush();
  }

  private void print(Counts counts) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode document = mapper.createObjectNode();
      ObjectNode answered = document.putObject("answered");
      answered.put("total", counts.answers());
      for (VerdictDecision decision : VerdictDecision.values()) {
        if (counts.answers(decision) > 0) {
          answered.put(decision.name(), counts.answers(decision));
        }
      }
      ObjectNode skipped = document.putObject("skipped");
      for (Counts.Skip skip : Counts.Skip.values()) {
        skipped.put(skip.name().toLowerCase(Locale.ROOT), counts.skips(skip));
      }
      document.put("failures", failures.sum());
      out.println(mapper.writeValueAsString(document));
    } else {
      out.printf(
          "%,d escalations answered; %,d past their deadline, %,d answered too late, %,d unreadable; %,d failures%n",
          counts.answers(),
          counts.skips(Counts.Skip.PAST_DEADLINE),
          counts.skips(Counts.Skip.LATE),
          counts.skips(Counts.Skip.UNREADABLE),
          failures.sum());
    }
    out.flush();
  }
}
