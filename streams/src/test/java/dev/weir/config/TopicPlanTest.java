/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
  private static final Topics TOPICS = new Topics("weir", List.of("ci"));

  @Test
  void shouldNameEveryTopicOnceWhenPlanned() {
    assertThat(plan(8, 1))
        .extracting(TopicPlan.Planned::name)
        .containsExactly(
            "weir.actions",
            "weir.actions.ci",
            "weir.rekey",
            "weir.dead-letters",
            "weir.duplicates",
            "weir.assessments",
            "weir.escalations",
            "weir.escalations.waiting",
            "weir.dispositions",
            "weir.handovers",
            "weir.verdicts",
            "weir.reviewers",
            "weir.grants",
            "weir.outcomes",
            "weir.signals",
            "weir.task-risk",
            "weir.exposure",
            "weir.prices",
            "weir.concentration",
            "weir.chance",
            "weir.ledger",
            "weir.agent-exposure",
            "weir.agent-record",
            "weir.policies",
            "weir.shadow");
  }

  @Test
  void shouldStartEveryNameWithThePrefixWhenItIsAnother() {
    Topics topics = new Topics("acme", List.of("ci", "billing"));

    assertThat(new TopicPlan(topics, 8, 1).topics())
        .allSatisfy(topic -> assertThat(topic.name()).startsWith("acme."))
        .extracting(TopicPlan.Planned::name)
        .doesNotHaveDuplicates()
        .contains("acme.actions.ci", "acme.actions.billing");
    assertThat(topics.sources()).startsWith(topics.actions());
  }

  @Test
  void shouldGiveTheFleetsTopicsOnePartitionWhenTasksHaveMany() {
    assertThat(plan(8, 1))
        .filteredOn(topic -> topic.partitions() == 1)
        .extracting(TopicPlan.Planned::name)
        .containsExactly(
            "weir.reviewers",
            "weir.grants",
            "weir.exposure",
            "weir.prices",
            "weir.concentration",
            "weir.chance",
            "weir.ledger",
            "weir.agent-record",
            "weir.policies");
    assertThat(plan(8, 1)).extracting(TopicPlan.Planned::partitions).containsOnly(1, 8);
  }

  @Test
  void shouldStampWithAppendTimeWhatIsJudgedByIt() {
    for (String judged :
        List.of("weir.policies", "weir.exposure", "weir.reviewers", "weir.grants")) {
      assertThat(topic(judged, 1).settings())
          .containsEntry("message.timestamp.type", "LogAppendTime")
          .containsEntry("cleanup.policy", "compact");
    }
  }

  @Test
  void shouldStampInputsWithAppendTimeWhenPlanned() {
    for (String input : List.of("weir.actions", "weir.actions.ci", "weir.rekey")) {
      assertThat(topic(input, 1).settings())
          .containsEntry("message.timestamp.type", "LogAppendTime")
          .containsEntry("cleanup.policy", "delete");
    }
    assertThat(topic("weir.assessments", 1).settings()).doesNotContainKey("message.timestamp.type");
  }

  @Test
  void shouldCompactTopicsWhenOnlyTheLatestRecordCounts() {
    for (String compacted :
        List.of(
            "weir.task-risk",
            "weir.prices",
            "weir.concentration",
            "weir.chance",
            "weir.ledger",
            "weir.agent-record")) {
      assertThat(topic(compacted, 1).settings()).isEqualTo(Map.of("cleanup.policy", "compact"));
    }
  }

  @Test
  void shouldNeedTwoCopiesInSyncWhenThereAreSeveral() {
    assertThat(plan(8, 3))
        .allSatisfy(
            topic -> assertThat(topic.settings()).containsEntry("min.insync.replicas", "2"));
    assertThat(plan(8, 1))
        .allSatisfy(topic -> assertThat(topic.settings()).doesNotContainKey("min.insync.replicas"));
    assertThat(new TopicPlan(TOPICS, 8, 3).replication()).isEqualTo(3);
  }

  @Test
  void shouldSayWhatIsOnEachTopicWhenPlanned() {
    assertThat(plan(8, 1)).allSatisfy(topic -> assertThat(topic.purpose()).isNotBlank());
  }

  private static List<TopicPlan.Planned> plan(int partitions, int replication) {
    return new TopicPlan(TOPICS, partitions, replication).topics();
  }

  private static TopicPlan.Planned topic(String name, int replication) {
    return plan(8, replication).stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
