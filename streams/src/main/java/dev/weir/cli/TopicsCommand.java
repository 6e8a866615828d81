/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.config.TopicPlan;
import dev.weir.config.WeirConfig;
import dev.weir.topology.StreamsSettings;
import dev.weir.topology.TopicCreation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir topics}. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Shows or makes the topics that Weir needs, and who may do what with them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TopicsCommand.Plan.class, TopicsCommand.Create.class, TopicsAclsCommand.class})
final class TopicsCommand {

  /** What those who lay out topics are told. */
  static final class Layout {
    @Mixin Bootstrap bootstrap = new Bootstrap();

    @Option(
        names = "--partitions",
        defaultValue = "8",
        description =
            "Partitions of everything per task: the most threads that can ever share the work;"
                + " fixed for life. Default: ${DEFAULT-VALUE}.")
    int partitions;

    @Option(
        names = "--replication",
        defaultValue = "1",
        description =
            "Copies of every topic: 3 in production, with min.insync.replicas=2 then. Default:"
                + " ${DEFAULT-VALUE}.")
    int replication;

    WeirConfig config() throws IOException {
      return WeirConfig.of(bootstrap.properties());
    }

    TopicPlan plan(WeirConfig config) {
      if (partitions < 1 || replication < 1) {
        throw new CommandFailedException("--partitions and --replication are at least 1");
      }
      return new TopicPlan(config.topics(), partitions, replication);
    }
  }

  /** {@code weir topics plan}. */
  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Prints the topics as they should be; asks no cluster.")
  static final class Plan implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Mixin Layout layout = new Layout();

    @Option(names = "--json", description = "Print one JSON document.")
    boolean json;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      List<TopicPlan.Planned> plan = layout.plan(layout.config()).topics();
      if (json) {
        out.println(new ObjectMapper().writeValueAsString(document(plan)));
      } else {
        out.printf("%-22s %10s  %s%n", "TOPIC", "PARTITIONS", "WHAT IS ON IT");
        for (TopicPlan.Planned topic : plan) {
          out.printf("%-22s %10d  %s%n", topic.name(), topic.partitions(), topic.purpose());
          topic.settings().forEach((key, value) -> out.printf("%35s%s=%s%n", "", key, value));
        }
      }
      out.flush();
      return 0;
    }

    private List<Map<String, Object>> document(List<TopicPlan.Planned> plan) {
      List<Map<String, Object>> document = new ArrayList<>();
      for (TopicPlan.Planned topic : plan) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("topic", topic.name());
        one.put("partitions", topic.partitions());
        one.put("replication", layout.replication);
        one.put("settings", topic.settings());
        one.put("purpose", topic.purpose());
        document.add(one);
      }
      return document;
    }
  }

  /** {@code weir topics create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes the topics that are missing; changes none that is there.")
  static final class Create implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Mixin Layout layout = new Layout();

    @Override
    public Integer call() throws IOException, ExecutionException, InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      WeirConfig config = layout.config();
      TopicPlan plan = layout.plan(config);
      try (Admin admin = Admin.create(StreamsSettings.client(config))) {
        List<String> made = TopicCreation.create(admin, plan);
        for (TopicPlan.Planned topic : plan.topics()) {
          boolean isNew = made.contains(topic.name());
          out.printf("%-8s %s%n", isNew ? "created" : "is there", topic.name());
        }
      }
      out.flush();
      return 0;
    }
  }
}
