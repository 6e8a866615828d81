/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir broker}. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = "Runs the embedded Kafka broker alone, for local work, until Ctrl-C.")
final class BrokerCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "9092",
      description = "Port at 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where data is kept. Default: a temporary folder, deleted at the end.")
  private @Nullable Path dir;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Stop stop = Stop.onShutdown();
        Scratch scratch = Scratch.make(dir);
        EmbeddedBroker broker = start(scratch.path())) {
      out.println(broker.bootstrapServers());
      out.flush();
      err.printf(
          "Broker at %s, data in %s. Ctrl-C stops it.%n",
          broker.bootstrapServers(), scratch.path());
      err.flush();
      stop.await();
    }
    return 0;
  }

  private EmbeddedBroker start(Path data) throws IOException {
    try {
      return EmbeddedBroker.start(data, port);
    } catch (BindException e) {
      throw new CommandFailedException(
          "port %d at 127.0.0.1 is taken; name another with --port, or 0 for a free one"
              .formatted(port));
    }
  }
}
