/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.action.Action;
import dev.weir.author.ExampleResult;
import dev.weir.author.ExampleRun;
import dev.weir.author.Finding;
import dev.weir.author.Lint;
import dev.weir.author.LogLint;
import dev.weir.author.RuleUse;
import dev.weir.policy.AuditSettings;
import dev.weir.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir policy check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says what is wrong with a policy, as FILE:LINE:COLUMN: what; how to mend it.",
      "With --log also what its rules do on a log of actions. Exit code 1 on any error."
    })
final class PolicyCheckCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private PolicyParameter chosen = new PolicyParameter();

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Actions to try the rules on: JSON lines, plain or gzip; - is stdin.")
  private @Nullable Path log;

  @Option(
      names = "--source",
      paramLabel = "TOPIC",
      description = "Where the log's actions come from. Default: ${DEFAULT-VALUE}.")
  private String source = ActionLines.SOURCE;

  @Option(names = "--strict", description = "Warnings count as errors.")
  private boolean strict;

  @Option(
      names = {"-v", "--verbose"},
      description = "With --log: list rules that never fired, too.")
  private boolean verbose;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Policy policy = chosen.policy();
    List<Finding> findings = new ArrayList<>(Lint.of(policy));
    for (ExampleResult result : ExampleRun.of(policy)) {
      result
          .failures()
          .forEach(
              f ->
                  findings.add(
                      new Finding(
                          Finding.Level.ERROR,
                          result.example().at(),
                          "an example does not hold: " + f)));
    }
    LogLint tried = log == null ? null : tried(policy, log);
    if (tried != null) {
      findings.addAll(tried.findings());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PolicyJson.text(document(policy, findings, tried)));
    } else {
      print(out, policy, findings, tried);
    }
    out.flush();
    long wrong = findings.stream().filter(f -> strict || f.level() == Finding.Level.ERROR).count();
    return wrong == 0 ? 0 : 1;
  }

  private LogLint tried(Policy policy, Path path) throws IOException {
    LogLint lint = new LogLint(policy);
    try (ActionLines lines = new ActionLines(path, source, spec.commandLine().getErr())) {
      for (Action action = lines.next(); action != null; action = lines.next()) {
        lint.add(action);
      }
    }
    return lint;
  }

  private static long count(List<Finding> findings, Finding.Level level) {
    return findings.stream().filter(f -> f.level() == level).count();
  }

  private void print(
      PrintWriter out, Policy policy, List<Finding> findings, @Nullable LogLint tried) {
    findings.forEach(finding -> out.println(Words.printable(finding.toString())));
    if (tried != null) {
      table(out, tried);
    }
    policy.audit().ifPresent(audit -> out.println(audits(policy, audit)));
    if (policy.tiers().size() > 1) {
      out.println(TierTable.text(policy));
    }
    out.printf(
        "policy %s %s, sha-256 %.16s: %d rules, %d examples, %d errors, %d warnings%n",
        policy.id(),
        policy.version(),
        policy.digestHex(),
        policy.rules().size(),
        policy.examples().size(),
        count(findings, Finding.Level.ERROR),
        count(findings, Finding.Level.WARNING));
  }

  private static String audits(Policy policy, AuditSettings audit) {
    double cost = audit.leastCost(policy.tier(audit.screen()), policy.tier(audit.confirm()));
    return String.format(
        Locale.ROOT,
        "audits: at least %.3g %% of what passes; where an action costs 1, that takes %.3g %% of"
            + " the budget",
        100 * audit.least(),
        policy.budget().tax() > 0 ? 100 * cost / policy.budget().tax() : 0);
  }

  private void table(PrintWriter out, LogLint tried) {
    out.printf("%n%,d actions%n", tried.actions());
    out.printf("%-32s %10s %10s %8s %7s%n", "rule", "tried", "fired", "failed", "mass");
    List<RuleUse> uses = new ArrayList<>(tried.uses());
    uses.sort(Comparator.comparingDouble(RuleUse::share).reversed());
    long hidden = 0;
    for (RuleUse use : uses) {
      if (!verbose && use.fired() == 0 && use.failed() == 0) {
        hidden++;
        continue;
      }
      out.printf(
          "%-32s %,10d %,10d %,8d %6.1f%%%n",
          Words.cut(use.rule().id(), 32),
          use.candidates(),
          use.fired(),
          use.failed(),
          100 * use.share());
    }
    if (hidden > 0) {
      out.printf("%,d rules never fired; --verbose lists them%n", hidden);
    }
    out.println();
  }

  private static ObjectNode document(
      Policy policy, List<Finding> findings, @Nullable LogLint tried) {
    ObjectNode document = PolicyJson.head(policy);
    document.put("errors", count(findings, Finding.Level.ERROR));
    document.put("warnings", count(findings, Finding.Level.WARNING));
    document.set("tiers", TierTable.json(policy));
    ArrayNode list = document.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("level", Words.lower(finding.level()))
          .put("at", finding.at().toString())
          .put("what", finding.what());
    }
    if (tried != null) {
      ObjectNode onLog = document.putObject("log");
      onLog.put("actions", tried.actions());
      ArrayNode rules = onLog.putArray("rules");
      for (RuleUse use : tried.uses()) {
        rules
            .addObject()
            .put("id", use.rule().id())
            .put("candidates", use.candidates())
            .put("fired", use.fired())
            .put("failed", use.failed())
            .put("mass_share", use.share());
      }
    }
    return document;
  }
}
