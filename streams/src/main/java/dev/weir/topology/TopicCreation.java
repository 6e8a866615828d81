/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.config.TopicPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** Makes topics as planned. */
public final class TopicCreation {
  private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);
  private static final long RETRY_MS = 50;

  private TopicCreation() {}

  /**
   * Makes what is missing of {@code plan} and changes nothing else; the names of what was made.
   * Returns once all of it is served: a producer that comes sooner may wait for two minutes.
   */
  public static List<String> create(Admin admin, TopicPlan plan)
      throws ExecutionException, InterruptedException {
    Set<String> present = admin.listTopics().names().get();
    List<NewTopic> missing = new ArrayList<>();
    for (TopicPlan.Planned topic : plan.topics()) {
      if (!present.contains(topic.name())) {
        missing.add(
            new NewTopic(topic.name(), topic.partitions(), (short) plan.replication())
                .configs(topic.settings()));
      }
    }
    admin.createTopics(missing).all().get();
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (NewTopic topic : missing) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    awaitLeaders(admin, partitions);
    return missing.stream().map(NewTopic::name).toList();
  }

  /** Asks the leader of each partition until it leads; the answer itself does not matter. */
  private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> partitions)
      throws ExecutionException, InterruptedException {
    Set<String> names =
        partitions.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    long startNs = System.nanoTime();
    while (true) {
      try {
        // First the names: of a topic that is not known yet, listOffsets logs an error.
        admin.describeTopics(names).allTopicNames().get();
        admin.listOffsets(partitions).all().get();
        return;
      } catch (ExecutionException e) {
        boolean passes = e.getCause() instanceof RetriableException;
        if (!passes || System.nanoTime() - startNs > TIMEOUT_NS) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MS);
    }
  }
}
