/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.action.ActionDecoder;
import dev.weir.config.WeirConfig;
import dev.weir.policy.Policy;
import dev.weir.review.ProbeBank;
import dev.weir.review.ProbeCheck;
import dev.weir.review.ProbeCheck.Outlook;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir probes check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a file of probes as a monitor would at its start, and says which lines are no good,",
      "what the policy scores each, after which reviews it could be planted, and what gives it",
      "away. Exit code 1 if a line is no good."
    })
final class ProbesCheckCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Probes as JSON lines, as probe.file names them.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Mixin private PolicyOption chosen = new PolicyOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The monitor's weir.properties: its limits, and how time passes for tasks.")
  private @Nullable Path configFile;

  @Option(
      names = "--source",
      paramLabel = "TOPIC",
      description = "Whose reviews they are planted after. Default: weir.actions.")
  private String source = ActionLines.SOURCE;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Policy policy = chosen.policy();
    Map<String, String> settings = new HashMap<>();
    if (configFile != null) {
      settings.putAll(Bootstrap.read(configFile));
    }
    settings.putIfAbsent("kafka.bootstrap.servers", "nowhere:1");
    WeirConfig config = WeirConfig.of(settings);
    ActionDecoder decoder = new ActionDecoder(config.limits());
    ProbeBank.Reading reading = ProbeBank.read(lines(), decoder);
    List<Outlook> probes =
        new ProbeCheck(policy, decoder, config.foldRules(), source).of(reading.bank());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PolicyJson.text(document(policy, reading, probes)));
    } else {
      out.print(ProbesText.of(policy, reading, probes));
    }
    out.flush();
    return reading.faults().isEmpty() ? 0 : 1;
  }

  private List<byte[]> lines() {
    try {
      return ProbeBank.lines(Files.readString(file));
    } catch (IOException e) {
      throw new CommandFailedException(
          "%s cannot be read as JSON lines in UTF-8: %s".formatted(file, e.getMessage()));
    }
  }

  private static ObjectNode document(
      Policy policy, ProbeBank.Reading reading, List<Outlook> probes) {
    ObjectNode document = PolicyJson.head(policy);
    ArrayNode faults = document.putArray("faults");
    reading.faults().forEach(fault -> faults.add(fault.told()));
    ArrayNode warnings = document.putArray("warnings");
    ProbesText.lacks(policy, probes).forEach(warnings::add);
    ArrayNode all = document.putArray("probes");
    for (Outlook probe : probes) {
      ObjectNode node = all.addObject().put("line", probe.line()).put("task_id", probe.taskId());
      node.put("harmful", probe.harmful());
      probe
          .score()
          .ifPresent(
              score ->
                  node.put("class", score.getActionClass())
                      .put("magnitude", score.getMagnitude())
                      .put("risk", score.getRisk()));
      ArrayNode sites = node.putArray("planted_after");
      probe
          .sites()
          .forEach(
              site ->
                  sites
                      .addObject()
                      .put("reason", Words.lower(site.reason()))
                      .put("tier", site.tier()));
      probe.warnings().forEach(node.putArray("warnings")::add);
    }
    return document;
  }
}
