/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.policy.Policy;
import dev.weir.topology.PolicyDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
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
      "What each partition has adopted, monitors show at /metrics and /readyz."
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
    PolicyTopic topic = PolicyTopic.read(config, configured);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("configured  generation 0  %s%n", configured);
    out.printf("active      %s%n", call(topic.desk().active()));
    out.printf("shadow      %s%n", call(topic.desk().shadow()));
    topic.refused().forEach((reason, count) -> out.printf("refused     %s %d%n", reason, count));
    out.flush();
    return 0;
  }

  private static String call(PolicyDesk.@Nullable Call call) {
    return call == null
        ? "none"
        : "generation %d  %s"
            .formatted(call.generation(), call.policy() == null ? "none" : call.policy());
  }
}
