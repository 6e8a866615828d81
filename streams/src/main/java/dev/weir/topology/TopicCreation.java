/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.config.TopicPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes topics as planned. */
public final class TopicCreation {
  private TopicCreation() {}

  /** Makes what is missing of {@code plan} and changes nothing else; the names of what was made. */
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
    return missing.stream().map(NewTopic::name).toList();
  }
}
