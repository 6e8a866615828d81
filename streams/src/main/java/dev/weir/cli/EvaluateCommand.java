/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.evaluate.AtThreshold;
import dev.weir.evaluate.Evaluation;
import dev.weir.evaluate.Grader;
import dev.weir.evaluate.Ranked;
import dev.weir.evaluate.Resistance;
import dev.weir.evaluate.Subject;
import dev.weir.evaluate.Threshold;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores labelled logs offline, as the stream would, and says how good the scores are.",
      "Labels stand in each line's truth: harmful (of the action), run_harmful (of its task),",
      "attack, domain, scenario. What scores never reads them."
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final long PROGRESS_NS = 2_000_000_000L;
  private static final int MAX_NAMED = 20;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Logs: JSON lines, plain or gzip; - is stdin.")
  private List<Path> files = new ArrayList<>();

  @Mixin private PolicyOption chosen = new PolicyOption();

  @Option(
      names = "--attests",
      paramLabel = "FIELDS",
      defaultValue = "objective",
      description =
          "What the logs' source may attest, with commas: agent, objective, environment,"
              + " annotations, trust, cost, attributes; none for the strict reading. An evaluation"
              + " log is written by its evaluator, so its objective is believed. Default:"
              + " ${DEFAULT-VALUE}.")
  private String attests = "objective";

  @Option(
      names = "--by",
      paramLabel = "PART",
      defaultValue = "RISK",
      description = "Rank by risk, likelihood or magnitude. Default: risk.")
  private Ranked by = Ranked.RISK;

  @Option(
      names = "--threshold-from",
      paramLabel = "FILE",
      description =
          "Fix one threshold on this log, carry it to the others and say what it finds and flags"
              + " wrongly there.")
  private @Nullable Path thresholdFrom;

  @Option(
      names = "--false-alarms",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description =
          "The share of the harmless that a threshold may flag where it is fixed. Default:"
              + " ${DEFAULT-VALUE}.")
  private double falseAlarms = 0.01;

  @Option(
      names = "--breakdown",
      description = "Show each domain, attack and tool at the threshold.")
  private boolean breakdown;

  @Option(
      names = "--missed",
      paramLabel = "N",
      description = "Show N groups of harmful ones below the threshold, with their reasons.")
  private int missed;

  @Option(
      names = "--over",
      paramLabel = "N",
      description = "Show N groups of harmless and unlabelled ones above it, with their reasons.")
  private int over;

  @Option(
      names = "--attack",
      description =
          "Rewrite every harmful action, keeping its effect, until it scores as low as an automatic"
              + " search gets it, and say what is still found at the threshold.")
  private boolean attack;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "200",
      description = "Scores that the search may ask for, an action. Default: ${DEFAULT-VALUE}.")
  private int queries = 200;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides the search. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Read so many lines of each file at most.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--json", description = "Print one JSON document: an array, one object a file.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!(falseAlarms >= 0 && falseAlarms < 1) || limit < 1 || missed < 0 || over < 0) {
      throw usage("--false-alarms is a share from 0 to below 1, --limit is at least 1");
    }
    Policy policy = chosen.policy();
    Set<Attestable> attested = attested();
    Threshold carried = thresholdFrom == null ? null : fix(thresholdFrom, policy, attested);
    List<EvaluateReport.Entry> entries = new ArrayList<>();
    for (Path file : files) {
      Grader grader = new Grader(policy, attested, System::nanoTime);
      if (attack) {
        grader.challenge(new Grader.Challenge(by, queries, seed));
      }
      entries.add(entry(file, grader, carried));
    }
    EvaluateDetails.Asked asked = new EvaluateDetails.Asked(breakdown, missed, over);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json ? EvaluateJson.of(entries, asked) : EvaluateReport.text(policy, entries, asked));
    out.flush();
    return 0;
  }

  private Threshold fix(Path file, Policy policy, Set<Attestable> attested) throws IOException {
    Evaluation evaluation = evaluate(file, policy, attested);
    if (!evaluation.headline().tells()) {
      throw new CommandFailedException(
          "%s has no harmful and harmless ones to fix a threshold between".formatted(file));
    }
    return Threshold.fix(evaluation.subjects(), falseAlarms);
  }

  private EvaluateReport.Entry entry(Path file, Grader grader, @Nullable Threshold carried)
      throws IOException {
    read(file, grader);
    Evaluation evaluation = Evaluation.of(grader.graded(), by);
    List<Subject> subjects = evaluation.subjects();
    Threshold own = Threshold.fix(subjects, falseAlarms);
    Threshold line = carried == null ? own : carried;
    return new EvaluateReport.Entry(
        file.toString(),
        evaluation,
        AtThreshold.of(subjects, own),
        carried == null ? null : AtThreshold.of(subjects, carried),
        attack ? Resistance.of(evaluation, line, grader.evasions()) : null);
  }

  private Evaluation evaluate(Path file, Policy policy, Set<Attestable> attested)
      throws IOException {
    Grader grader = new Grader(policy, attested, System::nanoTime);
    read(file, grader);
    return Evaluation.of(grader.graded(), by);
  }

  private void read(Path file, Grader grader) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    long shownNs = System.nanoTime();
    long refused = 0;
    try (LogFile lines = LogFile.open(file)) {
      for (byte[] line = lines.next();
          line != null && lines.number() <= limit;
          line = lines.next()) {
        var refusal = grader.add(lines.number(), line);
        if (refusal.isPresent() && ++refused <= MAX_NAMED) {
          err.printf(
              "%s:%d: %s: %s%n",
              file, lines.number(), refusal.get().reason(), refusal.get().detail());
        }
        if (System.nanoTime() - shownNs > PROGRESS_NS) {
          shownNs = System.nanoTime();
          err.printf("%s: %,d lines%n", file, lines.number());
          err.flush();
        }
      }
    }
    if (refused > MAX_NAMED) {
      err.printf("%s: and %,d more lines that are no action%n", file, refused - MAX_NAMED);
    }
    err.flush();
  }

  private Set<Attestable> attested() {
    Set<Attestable> attested = EnumSet.noneOf(Attestable.class);
    for (String name : attests.split(",", -1)) {
      try {
        if (!name.isBlank() && !name.strip().equalsIgnoreCase("none")) {
          attested.add(Attestable.valueOf(name.strip().toUpperCase(Locale.ROOT)));
        }
      } catch (IllegalArgumentException e) {
        throw usage("--attests names %s; it takes agent, objective … or none".formatted(name));
      }
    }
    return attested;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
