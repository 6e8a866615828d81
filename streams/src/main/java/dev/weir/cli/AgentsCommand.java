/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.Interval;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.Signal;
import dev.weir.outcome.ActorRecord;
import dev.weir.outcome.ActorRecords;
import dev.weir.topology.Codecs;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir agents}. */
@Command(
    name = "agents",
    mixinStandardHelpOptions = true,
    description = {
      "Tells how often each agent's actions are harmful, by reviews and audits, and whether that is",
      "more than its work explains. Reads the committed assessments and signals that are there now.",
      "Reviewers are taken at their word. UNKNOWN: not enough evidence yet."
    })
final class AgentsCommand implements Callable<Integer> {
  private static final long PROGRESS_NS = 2_000_000_000L;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Option(
      names = "--by",
      paramLabel = "agent|model|provider",
      description = "Who acts, as the actions say. Default: agent.")
  private ActorRecords.By by = ActorRecords.By.AGENT;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = Moment.class,
      description = "Leave out actions that came before, a day or moment in UTC.")
  private Instant from = Instant.EPOCH;

  @Option(
      names = "--least",
      paramLabel = "N",
      description = "Leave out who took fewer actions. Default: 1.")
  private long least = 1;

  @Option(
      names = "--level",
      paramLabel = "SHARE",
      description = "Confidence of intervals, above 0 and below 1. Default: 0.95.")
  private double level = 0.95;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  private final ObjectMapper mapper = new ObjectMapper();
  private long read;
  private long unreadable;
  private long told = System.nanoTime();

  @Override
  public Integer call() throws IOException {
    if (!(level > 0 && level < 1)) {
      throw new ParameterException(spec.commandLine(), "--level is above 0 and below 1");
    }
    WeirConfig config = WeirConfig.of(bootstrap.properties());
    ActorRecords records = new ActorRecords(by, level);
    try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config)) {
      read(consumer, config.topics().assessments(), Codecs.ASSESSMENT, a -> take(records, a));
      read(consumer, config.topics().signals(), Codecs.SIGNAL, s -> take(records, s));
    }
    List<ActorRecord> rows =
        records.records().stream().filter(row -> row.actions() >= least).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document(rows)));
    } else {
      out.print(table(rows));
    }
    out.flush();
    return unreadable == 0 ? 0 : 1;
  }

  private void take(ActorRecords records, Assessment assessment) {
    if (!assessment.getReceivedAt().isBefore(from)) {
      records.assessed(assessment);
    }
  }

  private void take(ActorRecords records, Signal signal) {
    if (!signal.getAssessment().getReceivedAt().isBefore(from)) {
      records.ended(signal);
    }
  }

  private <T extends SpecificRecord> void read(
      KafkaConsumer<byte[], byte[]> consumer,
      String topic,
      SingleObject<T> codec,
      Consumer<T> taker) {
    Clients.readSince(
        consumer,
        Clients.partitions(consumer, topic),
        from,
        record -> {
          tell(topic);
          try {
            taker.accept(codec.decode(record.value() == null ? new byte[0] : record.value()));
          } catch (MalformedRecordException e) {
            unreadable++;
          }
        });
  }

  private void tell(String topic) {
    read++;
    if (System.nanoTime() - told > PROGRESS_NS) {
      told = System.nanoTime();
      PrintWriter err = spec.commandLine().getErr();
      err.printf("%,d records read, now of %s%n", read, topic);
      err.flush();
    }
  }

  private static String table(List<ActorRecord> rows) {
    StringBuilder text = new StringBuilder();
    text.append(
        "   actions  escalated   answered  harmful    rate   at one look      at every look    than its work explains\n");
    for (ActorRecord row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%,10d %,10d %,10d %,8d  %6.3f%%  %6.3f - %6.3f%%  %6.3f - %6.3f%%  %s  %s%n",
              row.actions(),
              row.escalated(),
              row.answers(),
              row.harmful(),
              100 * row.rate(),
              100 * row.once().low(),
              100 * row.once().high(),
              100 * row.always().low(),
              100 * row.always().high(),
              ratio(row),
              Words.cut(name(row), 60)));
    }
    return text.toString();
  }

  private static String name(ActorRecord row) {
    return row.source().isEmpty() ? row.name() : row.name() + " on " + row.source();
  }

  private static String ratio(ActorRecord row) {
    String standing = row.standing().name();
    return Double.isNaN(row.ratio())
        ? String.format(Locale.ROOT, "%21s", standing)
        : String.format(
            Locale.ROOT,
            "x%5.2f (%4.2f - %4.2f) %s",
            row.ratio(),
            row.ratioBounds().low(),
            row.ratioBounds().high(),
            standing);
  }

  private ObjectNode document(List<ActorRecord> rows) {
    ObjectNode document = mapper.createObjectNode();
    document.put("by", by.name().toLowerCase(Locale.ROOT));
    document.put("level", level);
    document.put("unreadable", unreadable);
    ArrayNode actors = document.putArray("actors");
    for (ActorRecord row : rows) {
      ObjectNode node = actors.addObject();
      node.put("name", row.name());
      if (!row.source().isEmpty()) {
        node.put("source", row.source());
      }
      node.put("actions", row.actions())
          .put("escalated", row.escalated())
          .put("answers", row.answers())
          .put("harmful", row.harmful())
          .put("rate", row.rate());
      put(node, "once", row.once());
      put(node, "always", row.always());
      if (Double.isNaN(row.ratio())) {
        node.putNull("ratio");
      } else {
        node.put("ratio", row.ratio());
        put(node, "ratio_bounds", row.ratioBounds());
      }
      node.put("standing", row.standing().name().toLowerCase(Locale.ROOT));
    }
    return document;
  }

  private static void put(ObjectNode node, String name, Interval interval) {
    node.putArray(name).add(interval.low()).add(interval.high());
  }
}
