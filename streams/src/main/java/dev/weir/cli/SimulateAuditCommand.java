/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.budget.AuditPlanner;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir simulate audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Says how many audits it takes to claim that harm is rarer than a rate among the actions",
      "that were not escalated."
    })
final class SimulateAuditCommand implements Callable<Integer> {
  private static final int PLANS = 3;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--rate",
      defaultValue = "0.001",
      description = "The claim: harm is rarer than that. Default: ${DEFAULT-VALUE}.")
  private double rate = 0.001;

  @Option(
      names = "--confidence",
      defaultValue = "0.95",
      description = "Confidence of the claim. Default: ${DEFAULT-VALUE}.")
  private double confidence = 0.95;

  @Option(
      names = "--power",
      defaultValue = "0.9",
      description =
          "Probability with which a fleet without harm shall pass. Default: ${DEFAULT-VALUE}.")
  private double power = 0.9;

  @Option(
      names = "--sensitivity",
      defaultValue = "1",
      description = "Share of harm that a reviewer recognises. Default: ${DEFAULT-VALUE}.")
  private double sensitivity = 1;

  @Option(
      names = "--specificity",
      defaultValue = "1",
      description = "Share of the harmless that a reviewer clears. Default: ${DEFAULT-VALUE}.")
  private double specificity = 1;

  @Option(
      names = "--confirmations",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Reviewers that must confirm what the first one found. Default: ${DEFAULT-VALUE}.")
  private int confirmations;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(table());
    out.flush();
    return 0;
  }

  private String table() {
    try {
      return new AuditPlanner(
              new AuditPlanner.Claim(rate, confidence, power),
              new AuditPlanner.Review(sensitivity, specificity, confirmations))
          .table(PLANS);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
