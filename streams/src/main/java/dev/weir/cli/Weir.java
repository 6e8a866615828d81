/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.policy.PolicyException;
import dev.weir.topology.StartRefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code weir}. */
@Command(
    name = "weir",
    description = "A streaming action-risk monitor for AI agents.",
    mixinStandardHelpOptions = true,
    versionProvider = Weir.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      BrokerCommand.class,
      TopicsCommand.class,
      PublishCommand.class,
      TailCommand.class,
      PolicyCommand.class,
      ReviewerCommand.class,
      GrantCommand.class,
      AgentsCommand.class,
      ReviewCommand.class,
      ProbesCommand.class,
      VerdictCommand.class,
      OutcomeCommand.class,
      SignalsCommand.class,
      EvaluateCommand.class,
      SimulateCommand.class,
      KeysCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
      "Start with 'weir demo'; 'weir help COMMAND' tells more."
    })
public final class Weir {
  /** Read by log4j2.xml when the first logger is made. */
  private static final String LOG_LEVEL = "weir.log.level";

  private Weir() {}

  /** Runs the command line and exits the process with its code. */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("run") && System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "INFO");
    }
    System.exit(execute(args));
  }

  /** Runs the command line; the exit code. */
  static int execute(String... args) {
    return new CommandLine(new Weir())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Weir::failed)
        .execute(args);
  }

  /** What goes wrong is told in one line; a stack trace only for faults of Weir's own. */
  private static int failed(Exception fault, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    Throwable told =
        fault instanceof ExecutionException && fault.getCause() != null ? fault.getCause() : fault;
    boolean expected =
        told instanceof CommandFailedException
            || told instanceof IOException
            || told instanceof KafkaException
            || told instanceof StartRefusedException
            || told instanceof PolicyException;
    if (told instanceof InterruptedException) {
      err.println("weir: interrupted");
    } else if (expected && told.getMessage() != null) {
      err.println("weir: " + told.getMessage());
    } else {
      err.println("weir: a fault of Weir's own, please report it:");
      told.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The version that the jar was built as. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties properties = new Properties();
      try (var in = Weir.class.getResourceAsStream("/dev/weir/version.properties")) {
        if (in != null) {
          properties.load(in);
        }
      }
      return new String[] {"weir " + properties.getProperty("version", "unknown")};
    }
  }
}
