/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.action.Action;
import dev.weir.author.PastScore;
import dev.weir.author.Proof;
import dev.weir.author.Recomputation;
import dev.weir.config.WeirConfig;
import dev.weir.policy.Policy;
import dev.weir.score.Inspection;
import dev.weir.score.Inspector;
import dev.weir.score.PolicyScorer;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir policy explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says why an action scores as it does: what counted, what did not, and why.",
      "With --assessment it recomputes past scores from the recorded actions of their tasks and",
      "says whether they match, bit for bit. Exit code 1 if any does not."
    })
final class PolicyExplainCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private PolicyOption chosen = new PolicyOption();

  @Option(
      names = "--action",
      paramLabel = "FILE",
      description = {
        "An action, or several as JSON lines; - is stdin. All but the tool may be left out, and",
        "{tool: NAME, arguments: {...}} will do."
      })
  private @Nullable Path actionFile;

  @Option(
      names = "--before",
      paramLabel = "FILE",
      description = "Earlier actions of its task, in the same form.")
  private @Nullable Path beforeFile;

  @Option(
      names = "--source",
      paramLabel = "TOPIC",
      description = "Where the actions come from. Default: weir.actions.")
  private String source = ActionLines.SOURCE;

  @Option(names = "--facts", description = "Show the facts that the rules read, too.")
  private boolean facts;

  @Option(
      names = "--assessment",
      paramLabel = "FILE",
      description = "Past assessments, as 'weir tail assessments' prints them.")
  private @Nullable Path assessmentFile;

  @Option(
      names = "--actions",
      paramLabel = "FILE",
      description = "The actions of their tasks in the log's order, as published or as tailed.")
  private @Nullable Path actionsFile;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The monitor's weir.properties: how time passed for tasks.")
  private @Nullable Path configFile;

  @Option(names = "--json", description = "Print JSON, one document a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if ((actionFile == null) == (assessmentFile == null)) {
      throw usage("give either --action or --assessment");
    }
    Policy policy = chosen.policy();
    if (assessmentFile != null) {
      if (actionsFile == null) {
        throw usage("--assessment needs --actions: the recorded actions of its task");
      }
      return prove(policy, assessmentFile, actionsFile);
    }
    explain(policy);
    return 0;
  }

  private void explain(Policy policy) throws IOException {
    Replay replay = new Replay(policy, new PolicyScorer(policy), rules());
    Inspector inspector = new Inspector(policy);
    if (beforeFile != null) {
      WrittenActions.read(beforeFile, source, 0).forEach(replay::add);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (actionFile != null) {
      for (Action action : WrittenActions.read(actionFile, source, 100)) {
        long before = replay.task(action.event().getTaskId()).view().actions();
        Inspection inspection =
            inspector.inspect(action, replay.task(action.event().getTaskId()).view());
        replay.add(action);
        out.println(
            json
                ? PolicyJson.text(Explanation.json(policy, action, inspection, facts))
                : Explanation.text(policy, action, before, inspection, facts));
      }
    }
    out.flush();
  }

  private FoldRules rules() throws IOException {
    return configFile == null
        ? FoldRules.DEFAULT
        : WeirConfig.of(new HashMap<>(Bootstrap.read(configFile))).foldRules();
  }

  private int prove(Policy policy, Path assessments, Path actions) throws IOException {
    List<PastScore> pasts = PastScores.read(assessments);
    Recomputation recomputation = new Recomputation(policy, rules(), pasts);
    new RecordedActions().read(actions, recomputation::add);
    List<Proof> proofs = recomputation.proofs();
    PrintWriter out = spec.commandLine().getOut();
    long matches = proofs.stream().filter(p -> p.finding() == Proof.Finding.MATCHES).count();
    for (Proof proof : proofs) {
      if (json) {
        out.println(PolicyJson.text(Explanation.json(proof)));
      } else if (proof.finding() != Proof.Finding.MATCHES || proofs.size() == 1) {
        out.print(Explanation.text(proof));
      }
    }
    if (!json) {
      out.printf(
          "policy %s %s, sha-256 %.16s: %d assessments, %d match, %d do not%n",
          policy.id(),
          policy.version(),
          policy.digestHex(),
          proofs.size(),
          matches,
          proofs.size() - matches);
    }
    out.flush();
    return matches == proofs.size() ? 0 : 1;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
