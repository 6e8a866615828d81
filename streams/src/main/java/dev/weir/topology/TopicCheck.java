/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.config.TopicPlan;
import dev.weir.config.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at the cluster's topics before the start: a missing or wrong one stops it. */
public final class TopicCheck {
  private static final int TIMEOUT_MS = 20_000;

  private final Admin admin;
  private final Topics topics;

  public TopicCheck(Admin admin, Topics topics) {
    this.admin = admin;
    this.topics = topics;
  }

  /**
   * Where tasks live, once every topic is there as it should be.
   *
   * @param anyTime true to accept topics that keep the sender's timestamps
   * @throws StartRefusedException in one sentence, naming what is wrong and what mends it
   */
  public Placement placement(boolean anyTime) throws InterruptedException {
    List<String> missing = new ArrayList<>();
    int partitions = partitions(topics.actions(), missing);
    List<TopicPlan.Planned> plan = new TopicPlan(topics, Math.max(1, partitions), 1).topics();
    List<String> wrong = new ArrayList<>();
    for (TopicPlan.Planned planned : plan) {
      int found =
          planned.name().equals(topics.actions())
              ? partitions
              : partitions(planned.name(), missing);
      if (found >= 0 && partitions >= 0 && found != planned.partitions()) {
        wrong.add("%s has %d and needs %d".formatted(planned.name(), found, planned.partitions()));
      }
    }
    if (!missing.isEmpty()) {
      throw new StartRefusedException(
          "Missing topic%s %s: 'weir topics create' makes what is missing."
              .formatted(missing.size() > 1 ? "s" : "", String.join(", ", missing)));
    }
    if (!wrong.isEmpty()) {
      throw new StartRefusedException(
          "Wrong number of partitions: %s; make the topic anew, since a task must keep its partition."
              .formatted(String.join(", ", wrong)));
    }
    if (!anyTime) {
      appendTime(plan);
    }
    return new Placement(partitions);
  }

  private int partitions(String topic, List<String> missing) throws InterruptedException {
    try {
      TopicDescription found =
          admin
              .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
              .allTopicNames()
              .get()
              .get(topic);
      return found == null ? 0 : found.partitions().size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        missing.add(topic);
        return -1;
      }
      throw unreachable(e);
    }
  }

  private void appendTime(List<TopicPlan.Planned> plan) throws InterruptedException {
    List<ConfigResource> resources =
        plan.stream()
            .filter(TopicPlan.Planned::isStamped)
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
            .toList();
    try {
      Map<ConfigResource, Config> configs =
          admin
              .describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(TIMEOUT_MS))
              .all()
              .get();
      List<String> wrong =
          configs.entrySet().stream()
              .filter(e -> !isAppendTime(e.getValue()))
              .map(e -> e.getKey().name())
              .sorted()
              .toList();
      if (!wrong.isEmpty()) {
        throw new StartRefusedException(
            "Set message.timestamp.type=LogAppendTime on %s: with the sender's time a sender could stop the stream."
                .formatted(String.join(", ", wrong)));
      }
    } catch (ExecutionException e) {
      throw unreachable(e);
    }
  }

  private static boolean isAppendTime(Config config) {
    var type = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    return type != null && "LogAppendTime".equals(type.value());
  }

  /** The refusal where no client can be made, or no broker answers it as it should. */
  static StartRefusedException unreachable(Exception fault) {
    Throwable told = fault;
    while (told.getCause() != null) {
      told = told.getCause();
    }
    if (told instanceof AuthorizationException) {
      return new StartRefusedException(
          "The cluster does not let the monitor look at its topics (%s): 'weir topics acls' prints what it must be allowed."
              .formatted(told.getMessage()));
    }
    return new StartRefusedException(
        "The cluster does not answer (%s): check kafka.bootstrap.servers and the client's security settings."
            .formatted(told.getMessage() == null ? told : told.getMessage()));
  }
}
