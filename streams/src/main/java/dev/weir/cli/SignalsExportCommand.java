/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.event.Signal;
import dev.weir.event.SignalSource;
import dev.weir.outcome.SignalRows;
import dev.weir.topology.Codecs;
import dev.weir.wire.MalformedRecordException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir signals export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the committed signals that are there now as rows, for tables and data frames.",
      "The columns are those of signal-row.avdl. A signal that cannot be read is counted and left",
      "out; exit code 1 if there was one."
    })
final class SignalsExportCommand implements Callable<Integer> {
  private static final byte[] NOTHING = {};
  private static final long PROGRESS_NS = 2_000_000_000L;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = Moment.class,
      description = "Leave out what was closed before, a day or moment in UTC.")
  private Instant from = Instant.EPOCH;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = Moment.class,
      description = "Leave out what was closed then, or later.")
  private Instant to = Instant.MAX;

  @Option(
      names = "--format",
      paramLabel = "jsonl|avro",
      description = "JSON lines, or an Avro object container file. Default: jsonl.")
  private SignalWriter.Format format = SignalWriter.Format.JSONL;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where to; - is stdout.")
  @SuppressWarnings("NullAway.Init")
  private Path out;

  @Option(names = "--force", description = "Replace the file if it is there.")
  private boolean force;

  private long reviews;
  private long outcomes;
  private long unreadable;
  private long told = System.nanoTime();

  @Override
  public Integer call() throws IOException {
    WeirConfig config = WeirConfig.of(bootstrap.properties());
    PrintWriter err = spec.commandLine().getErr();
    try (ExportFile file = ExportFile.of(out, force)) {
      try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config);
          SignalWriter rows = format.to(file.open())) {
        Clients.readSince(
            consumer,
            Clients.partitions(consumer, config.topics().signals()),
            from,
            record -> take(record.value(), rows));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      file.keep();
      err.printf(
          "%,d rows to %s: %,d reviews, %,d outcomes; %,d records could not be read%n",
          reviews + outcomes, file, reviews, outcomes, unreadable);
      err.flush();
    }
    return unreadable == 0 ? 0 : 1;
  }

  private void take(byte @Nullable [] value, SignalWriter rows) {
    Signal signal;
    try {
      signal = Codecs.SIGNAL.decode(value == null ? NOTHING : value);
    } catch (MalformedRecordException e) {
      unreadable++;
      return;
    }
    Instant closed = signal.getClosedAt();
    if (closed.isBefore(from) || !closed.isBefore(to)) {
      return;
    }
    try {
      rows.write(SignalRows.of(signal));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean outcome = signal.getSource() == SignalSource.OUTCOME;
    outcomes += outcome ? 1 : 0;
    reviews += outcome ? 0 : 1;
    tell(closed);
  }

  private void tell(Instant closed) {
    long now = System.nanoTime();
    if (now - told > PROGRESS_NS) {
      told = now;
      PrintWriter err = spec.commandLine().getErr();
      err.printf("%,d rows so far, the last one closed at %s%n", reviews + outcomes, closed);
      err.flush();
    }
  }
}
