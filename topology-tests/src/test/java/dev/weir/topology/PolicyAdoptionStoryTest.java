/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Assessment;
import dev.weir.event.Exposure;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import dev.weir.state.PolicyStanding;
import dev.weir.store.StoreNames;
import dev.weir.topology.Policies.Draft;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a published policy goes live in a partition, and that the partition never goes back. */
class PolicyAdoptionStoryTest {
  /** Actions of a trial, as the policies of stories declare. */
  private static final int TRIAL = 200;

  private static final Draft NEXT = Policies.draft(2);
  private static final Draft AFTER_THAT = Policies.draft(3);

  @Test
  void shouldAdoptAPolicyWhenItsTrialIsPassed() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(NEXT, 1));
      act(flume, 0, TRIAL + 1);

      List<Assessment> assessments = flume.assessments();
      assertThat(assessments.subList(0, TRIAL)).allMatch(a -> is(a, flume.policy(), 0));
      assertThat(assessments.get(TRIAL)).matches(a -> is(a, NEXT.policy(), 1));
      PolicyStanding standing = standing(flume, "adopted");
      assertThat(standing.getGeneration()).isEqualTo(1);
      assertThat(standing.getDocument()).as("what is read at every action is short").isEmpty();
      assertThat(standing(flume, "document").getDocument()).isEqualTo(NEXT.yaml());
      assertThat(generation(flume, "called")).isEqualTo(1);
      assertThat(generation(flume, "adopted")).isEqualTo(1);
      skipActions(flume);
    }
  }

  @Test
  void shouldStartFromWhatItsTrialSawWhenAPolicyIsAdopted() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(NEXT, 1));
      act(flume, 0, TRIAL);
      double credit = last(flume).getDecision().getCredit();
      act(flume, TRIAL, TRIAL + 1);

      Assessment first = last(flume);
      assertThat(first.getDecision().getCredit())
          .as("a debt is neither forgiven nor is money brought")
          .isCloseTo(credit + 0.1, within(1e-9));
      assertThat(flume.<String, Object>store(StoreNames.CONTROLLER).get("candidate")).isNull();
      skipActions(flume);
    }
  }

  @Test
  void shouldKeepBooksApartWhenThePolicyChanges() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(NEXT, 1));
      act(flume, 0, TRIAL + 16);

      List<Exposure> exposures = flume.exposures();
      Exposure old = lastOf(exposures, flume.policy());
      Exposure fresh = lastOf(exposures, NEXT.policy());
      assertThat(old.getActions()).isEqualTo(TRIAL);
      assertThat(fresh.getActions()).isEqualTo(16);
      assertThat(fresh.getTasks()).as("live tasks go on").isEqualTo(old.getTasks());
      assertThat(flume.prices())
          .anyMatch(price -> Press.is(price.getPolicyDigest(), NEXT.policy()));
      skipActions(flume);
    }
  }

  @Test
  void shouldNeverGoBackWhenAnOlderPointerComes() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(NEXT, 5));
      act(flume, 0, TRIAL);

      flume.publish(Press.live(AFTER_THAT, 4));
      act(flume, TRIAL, 2 * TRIAL + 1);

      assertThat(last(flume)).matches(a -> is(a, NEXT.policy(), 5));
      assertThat(flume.metrics().value(MetricNames.POLICY_REFUSALS, "reason", "STALE_GENERATION"))
          .isEqualTo(1);
      skipActions(flume);
    }
  }

  @Test
  void shouldGoBackAtOnceWhenThePolicyBeforeIsCalledForAnew() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(NEXT, 1));
      act(flume, 0, TRIAL + 1);

      flume.publish(Press.live(Policies.draft(1), 2));
      act(flume, TRIAL + 1, TRIAL + 3);

      assertThat(last(flume)).matches(a -> is(a, flume.policy(), 2));
      skipActions(flume);
    }
  }

  @Test
  void shouldOnlyCountUpWhenTheSamePolicyIsCalledForAnew() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(Policies.draft(1), 1));
      act(flume, 0, 2);

      List<Assessment> assessments = flume.assessments();
      assertThat(assessments.get(0)).matches(a -> is(a, flume.policy(), 0));
      assertThat(assessments.get(1)).matches(a -> is(a, flume.policy(), 1));
      skipActions(flume);
    }
  }

  @Test
  void shouldAdoptAtOnceWhenItShadowedForAWholeTrialBefore() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.document(NEXT), Press.shadow(NEXT.policy(), 1));
      act(flume, 0, TRIAL);

      flume.publish(Press.active(NEXT.policy(), 1));
      act(flume, TRIAL, TRIAL + 2);

      assertThat(last(flume)).matches(a -> is(a, NEXT.policy(), 1));
      skipActions(flume);
    }
  }

  @Test
  void shouldAdoptWithFewActionsWhenTheTrialHasLastedLong() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(NEXT, 1));
      flume.send(Act.of("e-0"));
      flume.send(Act.of("e-1").at(Flume.NOON.plusSeconds(24 * 3600)));
      flume.send(Act.of("e-2").at(Flume.NOON.plusSeconds(24 * 3600)));

      assertThat(last(flume)).matches(a -> is(a, NEXT.policy(), 1));
      skipActions(flume);
    }
  }

  @Test
  void shouldFollowAPointerWhenItsDocumentComesLater() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.active(NEXT.policy(), 1), Press.document(NEXT));
      act(flume, 0, TRIAL + 1);

      assertThat(last(flume)).matches(a -> is(a, NEXT.policy(), 1));
      assertThat(flume.metrics().value(MetricNames.POLICY_REFUSALS, "reason", "UNKNOWN_DIGEST"))
          .isEqualTo(1);
      skipActions(flume);
    }
  }

  private static void act(Flume flume, int from, int to) {
    for (int i = from; i < to; i++) {
      flume.send(Act.of("e-" + i).task("t-" + i % 8).loses(i % 30 / 10.0));
    }
  }

  private static boolean is(Assessment assessment, Policy policy, long generation) {
    return Press.is(assessment.getPolicyDigest(), policy)
        && assessment.getPolicyGeneration() == generation;
  }

  private static PolicyStanding standing(Flume flume, String key) {
    return flume.<String, PolicyStanding>store(StoreNames.POLICY_STANDING).get(key);
  }

  private static double generation(Flume flume, String kind) {
    return flume.metrics().value(MetricNames.POLICY_GENERATION, "kind", kind);
  }

  private static Exposure lastOf(List<Exposure> exposures, Policy policy) {
    return exposures.stream()
        .filter(e -> Press.is(e.getPolicyDigest(), policy))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static Assessment last(Flume flume) {
    List<Assessment> all = flume.assessments();
    return all.get(all.size() - 1);
  }

  private static void skipActions(Flume flume) {
    flume.skip(
        flume.topics().assessments(),
        flume.topics().escalations(),
        flume.topics().taskRisk(),
        flume.topics().shadow());
    flume.skipFleet();
  }
}
