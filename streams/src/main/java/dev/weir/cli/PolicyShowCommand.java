/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.policy.Attestable;
import dev.weir.policy.Ceilings;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir policy show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a policy: its digest, its rules by file, what they watch for.")
final class PolicyShowCommand implements Callable<Integer> {
  private static final List<String> OWASP =
      List.of(
          "ASI01", "ASI02", "ASI03", "ASI04", "ASI05", "ASI06", "ASI07", "ASI08", "ASI09", "ASI10");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private PolicyOption chosen = new PolicyOption();

  @ArgGroup private What what = new What();

  /** What to show instead of the summary. */
  private static final class What {
    @Option(names = "--rule", paramLabel = "ID", description = "Show one rule, as YAML.")
    private @Nullable String rule;

    @Option(
        names = "--merged",
        description = {
          "Print the whole policy as one document in its canonical form, which is a policy too;",
          "the SHA-256 of these bytes is its digest."
        })
    private boolean merged;

    @Option(names = "--schema", description = "Print the JSON Schema of policies and stop.")
    private boolean schema;
  }

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (what.schema) {
      out.print(new String(PolicyLoader.schema(), StandardCharsets.UTF_8));
    } else {
      show(out, chosen.policy());
    }
    out.flush();
    return 0;
  }

  private void show(PrintWriter out, Policy policy) {
    if (what.merged) {
      out.print(policy.canonical());
    } else if (what.rule != null) {
      rule(out, policy, what.rule);
    } else if (json) {
      out.println(PolicyJson.text(document(policy)));
    } else {
      summary(out, policy);
    }
  }

  private void rule(PrintWriter out, Policy policy, String id) {
    Rule rule =
        policy.rules().stream()
            .filter(r -> r.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "the policy %s has no rule '%s'; 'weir policy show' lists its files"
                            .formatted(policy.id(), id)));
    for (JsonNode node : PolicyJson.read(policy.canonical()).get("rules")) {
      if (node.get("id").asText().equals(id)) {
        out.println(json ? PolicyJson.text(node) : "# " + rule.at() + "\n" + yaml(node));
      }
    }
  }

  private static String yaml(JsonNode node) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(120);
    return new Yaml(options).dump(PolicyJson.plain(node)).stripTrailing();
  }

  private static Map<String, Integer> byFile(Policy policy) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    policy.rules().forEach(rule -> counts.merge(rule.at().topic(), 1, Integer::sum));
    return counts;
  }

  private static Map<String, Set<String>> byMap(Policy policy) {
    Map<String, Set<String>> rules = new TreeMap<>();
    for (Rule rule : policy.rules()) {
      rule.maps().forEach(m -> rules.computeIfAbsent(m, k -> new TreeSet<>()).add(rule.id()));
    }
    return rules;
  }

  private static void summary(PrintWriter out, Policy policy) {
    out.printf("policy %s %s%n", policy.id(), policy.version());
    out.printf("sha-256 %s%n%s%n%n", policy.digestHex(), policy.description());
    out.println(TierTable.text(policy));
    List<String> asking = asking(policy);
    if (!asking.isEmpty()) {
      Ceilings ceilings = policy.budget().ceilings();
      out.printf(
          Locale.ROOT,
          "asked for by actions of %s: %s of actions, %s for one principal%n%n",
          String.join(", ", asking),
          Screen.percent(ceilings.requested()),
          Screen.percent(ceilings.requester()));
    }
    out.printf("%-24s %s%n", "file", "rules");
    byFile(policy).forEach((name, count) -> out.printf("%-24s %5d%n", name, count));
    out.printf(
        "%-24s %5d   %d examples%n%n", "all", policy.rules().size(), policy.examples().size());
    Map<String, Set<String>> maps = byMap(policy);
    for (String id : OWASP) {
      maps.putIfAbsent(id, Set.of());
    }
    out.printf("%-14s %s%n", "watches for", "rules");
    maps.forEach(
        (id, rules) ->
            out.println(
                "%-14s %5d  %s"
                    .formatted(id, rules.size(), Words.cut(String.join(" ", rules), 100))
                    .stripTrailing()));
  }

  /** Sources whose actions may ask for a review. */
  private static List<String> asking(Policy policy) {
    return policy.sources().keySet().stream()
        .filter(source -> policy.attests(source, Attestable.REQUESTED_TIER))
        .toList();
  }

  private static ObjectNode document(Policy policy) {
    ObjectNode document = PolicyJson.head(policy);
    document.set("tiers", TierTable.json(policy));
    document.set("files", PolicyJson.value(byFile(policy)));
    document.set("maps", PolicyJson.value(byMap(policy)));
    document.set("document", PolicyJson.read(policy.canonical()));
    return document;
  }
}
