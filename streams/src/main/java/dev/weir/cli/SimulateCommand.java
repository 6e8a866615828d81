/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.budget.AuditPlan;
import dev.weir.policy.Policy;
import dev.weir.simulate.Scenario;
import dev.weir.simulate.Simulation;
import dev.weir.simulate.SimulationResult;
import dev.weir.simulate.SimulationSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the budget's decisions offline on a simulated fleet whose truth is known, and compares",
      "spend and captured risk, window by window, with what hindsight could do."
    },
    subcommands = SimulateAuditCommand.class)
final class SimulateCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "What happens; all runs every one. --list tells them. Default: steady.")
  private String scenario = Scenario.STEADY.label();

  @Option(names = "--list", description = "Print the scenarios.")
  private boolean list;

  @Option(
      names = "--actions",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Actions of the fleet. Default: ${DEFAULT-VALUE}.")
  private int actions = 1_000_000;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "8",
      description = "Partitions that share the budget. Default: ${DEFAULT-VALUE}.")
  private int partitions = 8;

  @Option(
      names = "--tax",
      paramLabel = "X",
      description = "Review cost over action cost. Default: the policy's.")
  private @Nullable Double tax;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides all chance. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Mixin private PolicyOption chosen = new PolicyOption();

  @Option(names = "--json", description = "Print one JSON document; an array with --scenario all.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      for (Scenario each : Scenario.values()) {
        out.printf("%-14s %s%n", each.label(), each.about());
      }
    } else {
      simulate(out);
    }
    out.flush();
    return 0;
  }

  private void simulate(PrintWriter out) throws IOException {
    if (actions < 1 || partitions < 1 || partitions > Short.MAX_VALUE) {
      throw usage("--actions and --partitions are at least 1, --partitions at most 32767");
    }
    if (tax != null && !(tax >= 0 && tax <= 10)) {
      throw usage("--tax is from 0 to 10");
    }
    Policy asked = chosen.policy();
    Policy policy = tax == null ? asked : asked.withTax(tax);
    List<SimulationResult> results = new ArrayList<>();
    for (Scenario each : scenarios()) {
      SimulationResult result = Simulation.run(settings(each, policy));
      results.add(result);
      if (!json) {
        out.println(
            scenario.equals(ALL)
                ? SimulateReport.row(result, results.size() == 1)
                : SimulateReport.text(result));
        out.flush();
      }
    }
    if (json) {
      out.println(document(policy, results));
    }
  }

  private String document(Policy policy, List<SimulationResult> results)
      throws JsonProcessingException {
    return scenario.equals(ALL)
        ? SimulateReport.json(policy, results)
        : SimulateReport.json(policy, results.get(0));
  }

  private List<Scenario> scenarios() {
    try {
      return scenario.equals(ALL) ? List.of(Scenario.values()) : List.of(Scenario.named(scenario));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private SimulationSettings settings(Scenario each, Policy policy) {
    return new SimulationSettings(
        each,
        actions,
        partitions,
        policy.tiers(),
        policy.budget(),
        AuditPlan.of(policy),
        policy.lines(),
        seed);
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
