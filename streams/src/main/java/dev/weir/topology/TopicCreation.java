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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Makes topics as planned. */
public final class TopicCreation {
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
    admin.listOffsets(partitions).all().get(); // asks the leaders, and asks again until they lead
    return missing.stream().map(NewTopic::name).toList();
  }
}
