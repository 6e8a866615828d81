/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.client.Outcome;
import dev.weir.client.WeirClient;
import dev.weir.config.WeirConfig;
import dev.weir.event.ActionEvent;
import dev.weir.event.Phase;
import dev.weir.topology.StreamsSettings;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir publish}. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes actions from files of JSON lines, plain or gzip; - is stdin.",
      "A line that Weir would refuse is reported with its number and the reason and is not sent;",
      "the rest is. Exit code 1 if any line was refused."
    })
final class PublishCommand implements Callable<Integer> {
  private static final SingleObject<ActionEvent> AVRO = SingleObject.of(ActionEvent.class);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files, or - for stdin.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Publish as this source: to PREFIX.actions.NAME. Default: PREFIX.actions.")
  private @Nullable String source;

  @Option(names = "--avro", description = "Send Avro single-object encoding instead of the line.")
  private boolean avro;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Actions a second at most. Default: as fast as the broker takes them.")
  private double rate;

  @Option(
      names = "--as-proposals",
      description = {
        "Propose each observed action instead, wait for what becomes of it, and send it as executed",
        "if it is released; a task's next one waits until then. Other phases are sent as they are."
      })
  private boolean asProposals;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = ShortDuration.class,
      description = "How long to wait for one proposal; then it counts as denied. Default: 1h.")
  private Duration patience = Duration.ZERO;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Proposals under way at most. Default: ${DEFAULT-VALUE}.")
  private int inFlight;

  @Option(names = "--json", description = "Print the summary as one JSON document.")
  private boolean json;

  private long published;
  private long refused;
  private @Nullable Proposals proposals;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (inFlight < 1) {
      throw new CommandFailedException("--in-flight is at least 1");
    }
    WeirConfig config = WeirConfig.of(bootstrap.properties());
    String topic = config.topics().actions() + (source == null ? "" : "." + source);
    ActionDecoder decoder = new ActionDecoder(config.limits());
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long startNs = System.nanoTime();
    try (Stop stop = Stop.onShutdown();
        KafkaProducer<byte[], byte[]> producer = Clients.producer(config)) {
      Pace pace = Pace.of(rate);
      if (asProposals) {
        propose(config, topic, decoder, producer, pace, failure, stop);
      } else {
        for (Path file : files) {
          publish(file, topic, decoder, producer, pace, failure, stop);
        }
      }
      producer.flush();
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new CommandFailedException(
          "the broker did not take every action (%s); does %s exist? 'weir topics create' makes it"
              .formatted(failed.getMessage(), topic));
    }
    report((System.nanoTime() - startNs) / 1e9, topic);
    return refused == 0 && (proposals == null || proposals.unsent() == 0) ? 0 : 1;
  }

  private void propose(
      WeirConfig config,
      String topic,
      ActionDecoder decoder,
      KafkaProducer<byte[], byte[]> producer,
      Pace pace,
      AtomicReference<@Nullable Exception> failure,
      Stop stop)
      throws IOException, InterruptedException {
    WeirClient.Topics named = new WeirClient.Topics(topic, config.topics().dispositions());
    try (WeirClient client = WeirClient.connect(StreamsSettings.client(config), named)) {
      Proposals asked = new Proposals(client, patience, inFlight);
      proposals = asked;
      for (Path file : files) {
        publish(file, topic, decoder, producer, pace, failure, stop);
      }
      asked.finish(stop);
    }
  }

  private void publish(
      Path file,
      String topic,
      ActionDecoder decoder,
      KafkaProducer<byte[], byte[]> producer,
      Pace pace,
      AtomicReference<@Nullable Exception> failure,
      Stop stop)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try (LogFile lines = LogFile.open(file)) {
      for (byte[] line = lines.next();
          line != null && !stop.asked() && failure.get() == null;
          line = lines.next()) {
        Intake intake = decoder.decode(line, new Origin(topic, 0, 0, System.currentTimeMillis()));
        if (intake instanceof Refusal refusal) {
          refused++;
          err.printf("%s:%d: %s: %s%n", file, lines.number(), refusal.reason(), refusal.detail());
        } else if (intake instanceof Action action) {
          pace.await();
          if (proposals != null && action.event().getPhase() == Phase.OBSERVED) {
            proposals.act(action.event());
            continue;
          }
          byte[] key = action.event().getTaskId().getBytes(StandardCharsets.UTF_8);
          byte[] value = avro ? AVRO.encode(action.event()) : line;
          var unused =
              producer.send(
                  new ProducerRecord<>(topic, key, value),
                  (done, fault) -> {
                    if (fault != null) {
                      failure.compareAndSet(null, fault);
                    }
                  });
          published++;
        }
      }
    }
    err.flush();
  }

  private void report(double seconds, String topic) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode document = mapper.createObjectNode();
      document.put("topic", topic).put("published", published).put("refused", refused);
      if (proposals != null) {
        document.set("proposals", mapper.valueToTree(counts(proposals)));
      }
      document.put("wall_seconds", seconds);
      out.println(mapper.writeValueAsString(document));
    } else {
      if (proposals == null) {
        out.printf(
            "%,d actions published to %s, %,d lines refused, in %.1f s%n",
            published, topic, refused, seconds);
      } else {
        out.printf("As proposals to %s, %,d lines refused, in %.1f s%n", topic, refused, seconds);
        counts(proposals).forEach((what, count) -> out.printf("%,12d %s%n", count, what));
      }
    }
    out.flush();
  }

  private static Map<String, Long> counts(Proposals proposals) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("proposed", proposals.proposed());
    for (Outcome.Kind kind : Outcome.Kind.values()) {
      counts.put(kind.name().toLowerCase(Locale.ROOT), proposals.ended(kind));
    }
    counts.put("unanswered", proposals.unanswered());
    counts.put("executed", proposals.executed());
    counts.put("unsent", proposals.unsent());
    return counts;
  }
}
