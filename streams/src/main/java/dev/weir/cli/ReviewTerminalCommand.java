/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import dev.weir.event.Escalation;
import dev.weir.event.Verdict;
import dev.weir.reviewer.Draft;
import dev.weir.reviewer.Identity;
import dev.weir.reviewer.OpenEscalations;
import dev.weir.wire.SingleObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir review terminal}. */
@Command(
    name = "terminal",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a person answer the escalations of a tier, the most urgent first.",
      "Keys: a approve, d deny, e escalate, b abstain, r replace (in $EDITOR), h handover, s skip,",
      "q quit. Without a terminal, or with --plain, a line holds the key and what follows it.",
      "What agents wrote is shown escaped, so that it can neither steer the terminal nor hide."
    })
final class ReviewTerminalCommand implements Callable<Integer> {
  private static final SingleObject<Verdict> VERDICT = SingleObject.of(Verdict.class);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private ReviewerOptions reviewer = new ReviewerOptions();

  @Option(names = "--waiting", description = "Show the waiting queue, too, the riskiest first.")
  private boolean waiting;

  @Option(names = "--plain", description = "Lines of text, no screen.")
  private boolean plain;

  @Option(names = "--once", description = "End when nothing is open.")
  private boolean once;

  @Option(names = "--json", description = "Print the summary as one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    WeirConfig config = reviewer.config();
    Identity identity = reviewer.identity(config);
    int answered;
    try (Stop stop = Stop.onShutdown();
        KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config);
        KafkaProducer<byte[], byte[]> producer = Clients.producer(config);
        Console console = console()) {
      KafkaTray tray = new KafkaTray(config.topics(), identity, consumer, producer, waiting);
      answered = new Desk(console, tray, Clock.systemUTC(), once).work(stop::asked);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? new ObjectMapper().writeValueAsString(Map.of("answered", answered))
            : "%,d escalations answered".formatted(answered));
    out.flush();
    return 0;
  }

  private Console console() throws IOException {
    Console screen = plain ? null : ScreenConsole.open();
    return screen != null
        ? screen
        : new LineConsole(
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            spec.commandLine().getErr());
  }

  /** The topics, read from their beginning: what is open, and what this reviewer answered. */
  private static final class KafkaTray implements Desk.Tray {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topics topics;
    private final Identity identity;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final OpenEscalations open;
    private final List<TopicPartition> partitions;

    KafkaTray(
        Topics topics,
        Identity identity,
        KafkaConsumer<byte[], byte[]> consumer,
        KafkaProducer<byte[], byte[]> producer,
        boolean waiting) {
      this.topics = topics;
      this.identity = identity;
      this.consumer = consumer;
      this.producer = producer;
      this.open = new OpenEscalations(identity);
      List<String> names = new ArrayList<>(List.of(topics.escalations(), topics.verdicts()));
      if (waiting) {
        names.add(topics.waiting());
      }
      this.partitions =
          names.stream()
              .flatMap(name -> consumer.partitionsFor(name).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    @Override
    public List<Escalation> open() {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      do {
        consumer.poll(POLL).forEach(this::take);
      } while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue()));
      return open.at(Clock.systemUTC().instant());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      byte[] value = record.value();
      if (value == null) {
        return;
      }
      if (record.topic().equals(topics.verdicts())) {
        open.verdict(value);
      } else {
        open.escalation(value);
      }
    }

    @Override
    public void answer(Escalation escalation, Draft draft) throws InterruptedException {
      Verdict verdict = identity.sign(escalation, draft, Clock.systemUTC().instant());
      byte[] key = escalation.getTaskId().getBytes(StandardCharsets.UTF_8);
      try {
        producer.send(new ProducerRecord<>(topics.verdicts(), key, VERDICT.encode(verdict))).get();
      } catch (ExecutionException e) {
        throw new CommandFailedException("the broker did not take the verdict: " + e.getMessage());
      }
      open.close(escalation.getEscalationId());
    }
  }
}
