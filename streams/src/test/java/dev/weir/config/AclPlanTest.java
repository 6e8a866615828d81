/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AclPlanTest {
  private static final Topics TOPICS = new Topics("weir", List.of("ci"));
  private static final ClientNames NAMES = new ClientNames("weir");
  private static final String APPLICATION = "scorer";

  /** Of all topics that are not the monitor's alone. */
  private static final Map<String, Set<String>> OTHER_WRITERS =
      Map.of(
          "weir.actions", Set.of("agent"),
          "weir.actions.ci", Set.of("agent.ci"),
          "weir.verdicts", Set.of("monitor", "reviewer"),
          "weir.outcomes", Set.of("reporter"),
          "weir.reviewers", Set.of("registrar"),
          "weir.grants", Set.of("issuer"),
          "weir.policies", Set.of("publisher"));

  @Test
  void shouldLetTheMonitorAloneWriteWhenATopicIsNobodyElses() {
    assertThat(new TopicPlan(TOPICS, 1, 1).topics())
        .extracting(TopicPlan.Planned::name)
        .hasSizeGreaterThan(OTHER_WRITERS.size())
        .allSatisfy(
            topic ->
                assertThat(holders(topic, AclOperation.WRITE))
                    .as(topic)
                    .isEqualTo(OTHER_WRITERS.getOrDefault(topic, Set.of("monitor"))));
  }

  @Test
  void shouldLetAgentsReadNothingButDispositions() {
    for (String agent : List.of("agent", "agent.ci")) {
      assertThat(grants())
          .filteredOn(grant -> grant.role().equals(agent))
          .filteredOn(grant -> !grant.operations().equals(List.of(AclOperation.WRITE)))
          .flatExtracting(AclPlan.Grant::names)
          .containsExactly("weir.dispositions");
    }
    assertThat(holders("weir.handovers", AclOperation.READ))
        .as("what is another's and may be secret")
        .containsExactlyInAnyOrder("vetted", "reader");
  }

  @Test
  void shouldLetSomebodyReadWhenATopicIsWritten() {
    assertThat(new TopicPlan(TOPICS, 1, 1).topics())
        .allSatisfy(topic -> assertThat(holders(topic.name(), AclOperation.READ)).isNotEmpty());
  }

  @Test
  void shouldLetTheOperatorMakeEveryTopic() {
    assertThat(new TopicPlan(TOPICS, 1, 1).topics())
        .allSatisfy(
            topic ->
                assertThat(holders(topic.name(), AclOperation.CREATE)).containsExactly("operator"));
  }

  /** Nobody but those who are named may read a group's place or end a transaction. */
  @Test
  void shouldKeepEachToNamesOfItsOwnWhenTheyAreNamed() {
    List<AclPlan.Grant> grants =
        new AclPlan(TOPICS, APPLICATION, List.of("carol", "dave"), List.of("bot-7", "bot-71"))
            .grants();

    assertThat(held(grants, ResourceType.GROUP, NAMES.reviewer("carol", "expert")))
        .containsExactly("reviewer.carol");
    assertThat(held(grants, ResourceType.TRANSACTIONAL_ID, NAMES.reviewer("dave", "expert") + "-1"))
        .containsExactly("reviewer.dave");
    assertThat(held(grants, ResourceType.TRANSACTIONAL_ID, NAMES.registrar()))
        .containsExactly("registrar");
    assertThat(held(grants, ResourceType.TRANSACTIONAL_ID, NAMES.issuer()))
        .containsExactly("issuer");
    assertThat(held(grants, ResourceType.TRANSACTIONAL_ID, NAMES.publisher()))
        .containsExactly("publisher");
    assertThat(held(grants, ResourceType.TRANSACTIONAL_ID, APPLICATION + "-1-1"))
        .containsExactly("monitor");
    assertThat(held(grants, ResourceType.GROUP, APPLICATION)).containsExactly("monitor");
    assertThat(held(grants, ResourceType.GROUP, NAMES.vetted("bot-7")))
        .containsExactly("vetted.bot-7");
    assertThat(held(grants, ResourceType.GROUP, NAMES.vetted("bot-71")))
        .containsExactly("vetted.bot-71");
    assertThat(held(grants, ResourceType.TOPIC, TOPICS.handovers()))
        .containsExactlyInAnyOrder(
            "monitor", "operator", "reader", "vetted.bot-7", "vetted.bot-71");
    assertThat(held(grants, ResourceType.TOPIC, APPLICATION + "-task-core-changelog"))
        .containsExactly("monitor");
    assertThat(grants).extracting(AclPlan.Grant::role).doesNotContain("reviewer", "vetted");
  }

  @Test
  void shouldShareTheirGroupsWhenVettedAgentsAreNotNamed() {
    assertThat(held(grants(), ResourceType.GROUP, NAMES.vetted("bot-7"))).containsExactly("vetted");
  }

  @Test
  void shouldSayWhatForWhenSomethingIsGranted() {
    assertThat(grants())
        .allSatisfy(grant -> assertThat(grant.purpose()).isNotBlank().doesNotContain("\n"));
  }

  private static List<AclPlan.Grant> grants() {
    return new AclPlan(TOPICS, APPLICATION, List.of(), List.of()).grants();
  }

  private static Set<String> holders(String topic, AclOperation operation) {
    return held(
        grants().stream().filter(grant -> grant.operations().contains(operation)).toList(),
        ResourceType.TOPIC,
        topic);
  }

  private static Set<String> held(List<AclPlan.Grant> grants, ResourceType type, String name) {
    Set<String> roles = new TreeSet<>();
    for (AclPlan.Grant grant : grants) {
      boolean whole = grant.pattern() == PatternType.LITERAL;
      if (grant.type() == type
          && grant.names().stream().anyMatch(n -> whole ? n.equals(name) : name.startsWith(n))) {
        roles.add(grant.role());
      }
    }
    return roles;
  }
}
