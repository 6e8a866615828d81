/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.author.ExampleResult;
import dev.weir.author.ExampleRun;
import dev.weir.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir policy test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a policy's own examples and shows those that do not hold.",
      "Of each: what was expected, what came instead, and the contributions that led to it.",
      "Exit code 1 if any does not hold."
    })
final class PolicyTestCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private PolicyParameter chosen = new PolicyParameter();

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the examples that hold, too.")
  private boolean verbose;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Policy policy = chosen.policy();
    List<ExampleResult> results = ExampleRun.of(policy);
    PrintWriter out = spec.commandLine().getOut();
    long failed = results.stream().filter(r -> !r.holds()).count();
    if (json) {
      out.println(PolicyJson.text(document(policy, results, failed)));
    } else {
      results.stream().filter(r -> verbose || !r.holds()).forEach(r -> show(out, r));
      out.printf(
          "policy %s %s: %d examples of %d rules, %d hold, %d do not%n",
          policy.id(),
          policy.version(),
          results.size(),
          policy.rules().size(),
          results.size() - failed,
          failed);
    }
    out.flush();
    return failed == 0 ? 0 : 1;
  }

  private static void show(PrintWriter out, ExampleResult result) {
    out.printf("%s: %s%n", result.example().at(), result.holds() ? "holds" : "does not hold");
    out.println("  " + Words.cut(result.example().text(), 160));
    result.failures().forEach(failure -> out.println("  " + Words.printable(failure)));
    ScoreTable.of(result.inspection().scored()).lines().forEach(line -> out.println("  " + line));
    out.println();
  }

  private static ObjectNode document(Policy policy, List<ExampleResult> results, long failed) {
    ObjectNode document = PolicyJson.head(policy);
    document.put("examples", results.size()).put("hold", results.size() - failed);
    ArrayNode failures = document.putArray("failures");
    for (ExampleResult result : results) {
      if (!result.holds()) {
        ObjectNode failure = failures.addObject();
        failure.put("at", result.example().at().toString());
        result.failures().forEach(failure.putArray("because")::add);
        failure.set("score", PolicyJson.record(result.inspection().scored().score()));
      }
    }
    return document;
  }
}
