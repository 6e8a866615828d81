/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.reviewer.CommandJudge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weir review command}. */
@Command(
    name = "command",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a program answer the escalations of a tier.",
      "PROG is started for each, without a shell. It gets the escalation as one JSON document on",
      "stdin and answers with one on stdout:",
      "  {\"decision\": \"APPROVE|DENY|ESCALATE|ABSTAIN|REPLACE|HANDOVER\", \"rationale\": \"…\",",
      "   \"harm_estimate\": LU, \"cost\": UNITS, \"replacement_arguments\": {…},",
      "   \"handover_agent\": \"…\"}",
      "All but the decision may be left out. Each answer is signed and published with the worker's",
      "progress in one transaction: none is lost or given twice, however the worker ends."
    })
final class ReviewProgramCommand implements Callable<Integer> {
  @Mixin private ReviewerOptions reviewer = new ReviewerOptions();

  @Mixin private WorkerOptions worker = new WorkerOptions();

  @Parameters(
      paramLabel = "PROG",
      arity = "1..*",
      description = "After --: the program and its arguments.")
  private List<String> program = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    WeirConfig config = reviewer.config();
    ExecutorService pipes =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "weir-pipe");
              thread.setDaemon(true);
              return thread;
            });
    try {
      worker.run(
          config, reviewer.identity(config), new CommandJudge(program, worker.timeout(), pipes));
    } finally {
      pipes.shutdownNow();
    }
    return 0;
  }
}
