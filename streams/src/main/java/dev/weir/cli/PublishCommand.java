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
import dev.weir.config.WeirConfig;
import dev.weir.event.ActionEvent;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Option(names = "--json", description = "Print the summary as one JSON document.")
  private boolean json;

  private long published;
  private long refused;

  @Override
  public Integer call() throws IOException, InterruptedException {
    WeirConfig config = WeirConfig.of(bootstrap.properties());
    String topic = config.topics().actions() + (source == null ? "" : "." + source);
    ActionDecoder decoder = new ActionDecoder(config.limits());
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long startNs = System.nanoTime();
    try (Stop stop = Stop.onShutdown();
        KafkaProducer<byte[], byte[]> producer = Clients.producer(config)) {
      Pace pace = Pace.of(rate);
      for (Path file : files) {
        publish(file, topic, decoder, producer, pace, failure, stop);
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
    return refused == 0 ? 0 : 1;
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
      document.put("wall_seconds", seconds);
      out.println(mapper.writeValueAsString(document));
    } else {
      out.printf(
          "%,d actions published to %s, %,d lines refused, in %.1f s%n",
          published, topic, refused, seconds);
    }
    out.flush();
  }
}
