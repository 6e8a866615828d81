/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.topology.PolicyDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir policy status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows which policies are called for, and what on the topic of policies does not count.",
      "Also which policies partitions scored by in their latest assessments. What each has",
      "adopted, and why one refused, monitors tell at /metrics and /readyz."
    })
final class PolicyStatusCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private PublisherOptions publishers = new PublisherOptions();

  @Override
  public Integer call() throws IOException {
    WeirConfig config = WeirConfig.of(publishers.with(bootstrap.properties()));
    Policy configured = RunCommand.policy(config);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("configured          generation 0, %s%n", name(configured));
    PolicyTopic topic = null;
    if (config.publishers().isEmpty()) {
      out.println("this --config lists no policy.publishers: nothing that is published counts");
    } else {
      topic = PolicyTopic.read(config, configured);
      out.printf("called for          %s%n", call(topic.desk().active()));
      out.printf("called for, shadow  %s%n", call(topic.desk().shadow()));
      topic
          .refused()
          .forEach((reason, count) -> out.printf("do not count        %s %d%n", reason, count));
    }
    try (AssessmentTopic assessments = AssessmentTopic.open(config)) {
      latest(out, assessments.latest(), known(configured, topic));
    }
    out.println(
        "weir_policy_generation{kind=\"adopted\"} tells what partitions adopted, /readyz which refused");
    out.flush();
    return 0;
  }

  private static void latest(PrintWriter out, Adopted adopted, Baseline.Known known) {
    if (adopted.latest().isEmpty()) {
      out.println("latest assessments  none");
    }
    for (Adopted.Group group : adopted.groups()) {
      Policy policy = known.apply(group.stand().digestHex());
      out.printf(
          "latest assessments  generation %d, %s: partitions %s%n",
          group.stand().generation(),
          policy == null ? Baseline.brief(group.stand().digestHex()) : name(policy),
          group.partitions().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
  }

  /** Finds a policy that is configured, published or the default pack. */
  static Baseline.Known known(Policy configured, @Nullable PolicyTopic topic) {
    return digestHex -> {
      if (configured.digestHex().equals(digestHex)) {
        return configured;
      }
      Policy published = topic == null ? null : topic.policy(digestHex);
      if (published != null) {
        return published;
      }
      Policy builtIn = PolicyLoader.builtIn();
      return builtIn.digestHex().equals(digestHex) ? builtIn : null;
    };
  }

  private static String name(Policy policy) {
    return "%s (%s %s)"
        .formatted(Baseline.brief(policy.digestHex()), policy.id(), policy.version());
  }

  private static String call(PolicyDesk.@Nullable Call call) {
    return call == null
        ? "none"
        : "generation %d, %s"
            .formatted(call.generation(), call.policy() == null ? "none" : name(call.policy()));
  }
}
