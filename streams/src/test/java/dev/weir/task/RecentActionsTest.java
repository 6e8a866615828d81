/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static dev.weir.task.TaskActions.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.event.DispositionKind;
import dev.weir.event.Phase;
import dev.weir.state.Remembered;
import dev.weir.state.TaskRecent;
import dev.weir.task.RecentActions.Proposal;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentActionsTest {
  private static final long DAY_MS = 24 * TaskActions.HOUR_MS;

  private final TaskRecent recent = RecentActions.none();

  @Test
  void shouldBeNewWhenNothingIsRemembered() {
    assertThat(RecentActions.sight(recent, TaskActions.named("e-1"))).isEqualTo(Sighting.NEW);
  }

  @Test
  void shouldBeDuplicateWhenIdAndDigestRepeat() {
    remember(TaskActions.named("e-1"));

    assertThat(RecentActions.sight(recent, TaskActions.named("e-1"))).isEqualTo(Sighting.DUPLICATE);
    assertThat(RecentActions.sight(recent, TaskActions.named("e-2"))).isEqualTo(Sighting.NEW);
  }

  @Test
  void shouldBeConflictWhenIdRepeatsWithOtherContent() {
    remember(TaskActions.named("e-1"));

    assertThat(RecentActions.sight(recent, withArguments("e-1", "{\"other\":1}")))
        .isEqualTo(Sighting.ID_CONFLICT);
  }

  @Test
  void shouldBeDuplicateWhenThirdRecordEqualsTheFirst() {
    remember(TaskActions.named("e-1"));
    remember(withArguments("e-1", "{\"other\":1}"));

    assertThat(RecentActions.sight(recent, TaskActions.named("e-1"))).isEqualTo(Sighting.DUPLICATE);
    assertThat(RecentActions.sight(recent, withArguments("e-1", "{\"other\":1}")))
        .isEqualTo(Sighting.DUPLICATE);
    assertThat(RecentActions.sight(recent, withArguments("e-1", "{\"third\":1}")))
        .isEqualTo(Sighting.ID_CONFLICT);
  }

  @Test
  void shouldChangeNothingWhenLooking() {
    remember(TaskActions.named("e-1"));
    TaskRecent before = TaskRecent.newBuilder(recent).build();

    RecentActions.sight(recent, TaskActions.named("e-1"));
    RecentActions.sight(recent, TaskActions.named("e-2"));

    assertThat(recent).isEqualTo(before);
  }

  @Test
  void shouldForgetTheOldestIdWhenThereAreMoreThan64() {
    for (int i = 1; i <= 65; i++) {
      remember(TaskActions.named("e-" + i));
    }

    assertThat(RecentActions.sight(recent, TaskActions.named("e-1"))).isEqualTo(Sighting.NEW);
    for (int i = 2; i <= 65; i++) {
      assertThat(RecentActions.sight(recent, TaskActions.named("e-" + i)))
          .isEqualTo(Sighting.DUPLICATE);
    }
  }

  @Test
  void shouldForgetIdsWhenTheyAreOlderThan24Hours() {
    remember(TaskActions.of(NOW_MS, event -> event.setEventId("e-1")));

    assertThat(RecentActions.sight(recent, repeatedAt(NOW_MS + DAY_MS)))
        .isEqualTo(Sighting.ID_CONFLICT);
    assertThat(RecentActions.sight(recent, repeatedAt(NOW_MS + DAY_MS + 1)))
        .isEqualTo(Sighting.NEW);
  }

  @Test
  void shouldCarryOutProposalWhenToolAndArgumentsAreTheSame() {
    remember(proposed("p-1", "{\"to\":\"bob\"}"));

    assertThat(RecentActions.sight(recent, executed("e-1", "p-1", "{\"to\":\"bob\"}")))
        .isEqualTo(Sighting.CARRIES_OUT);
  }

  @Test
  void shouldBeABypassWhenExecutionHasOtherArguments() {
    remember(proposed("p-1", "{\"to\":\"bob\"}"));

    assertThat(RecentActions.sight(recent, executed("e-1", "p-1", "{\"to\":\"eve\"}")))
        .isEqualTo(Sighting.BYPASS);
  }

  @Test
  void shouldBeABypassWhenExecutionUsesAnotherTool() {
    remember(proposed("p-1", "{\"to\":\"bob\"}"));
    Action other = executed("e-1", "p-1", "{\"to\":\"bob\"}");
    other.event().getTool().setName("wire_money");

    assertThat(RecentActions.sight(recent, other)).isEqualTo(Sighting.BYPASS);
  }

  @Test
  void shouldBeABypassWhenWhatItNamesWasNoProposal() {
    remember(withArguments("p-1", "{\"to\":\"bob\"}"));

    assertThat(RecentActions.sight(recent, executed("e-1", "p-1", "{\"to\":\"bob\"}")))
        .isEqualTo(Sighting.BYPASS);
    assertThat(RecentActions.sight(recent, executed("e-1", "p-9", "{\"to\":\"bob\"}")))
        .isEqualTo(Sighting.BYPASS);
    assertThat(RecentActions.sight(recent, executed("e-1", null, "{\"to\":\"bob\"}")))
        .isEqualTo(Sighting.BYPASS);
  }

  @Test
  void shouldBeABypassWhenProposalWasCarriedOutBefore() {
    remember(proposed("p-1", "{}"));
    remember(executed("e-1", "p-1", "{}"));

    assertThat(RecentActions.sight(recent, executed("e-2", "p-1", "{}")))
        .isEqualTo(Sighting.BYPASS);
    assertThat(RecentActions.sight(recent, executed("e-1", "p-1", "{}")))
        .isEqualTo(Sighting.DUPLICATE);
    assertThat(RecentActions.sight(recent, proposed("p-1", "{}"))).isEqualTo(Sighting.DUPLICATE);
  }

  @Test
  void shouldStillCarryOutProposalWhenSomethingElseWasDoneInItsName() {
    remember(proposed("p-1", "{}"));
    remember(executed("e-1", "p-1", "{\"other\":1}"));

    assertThat(RecentActions.sight(recent, executed("e-2", "p-1", "{}")))
        .isEqualTo(Sighting.CARRIES_OUT);
  }

  @Test
  void shouldBeABypassWhenToolOfThatNameIsOnAnotherServer() {
    remember(proposed("p-1", "{}"));
    Action other = executed("e-1", "p-1", "{}");
    other.event().getTool().setServer("production");

    assertThat(RecentActions.sight(recent, other)).isEqualTo(Sighting.BYPASS);
  }

  @Test
  void shouldBeABypassWhenPartsOfTheCallOnlyLookTheSameInARow() {
    Action proposal = proposed("p-1", "{\"rows\":1}");
    proposal.event().getTool().setName("delete\0{}");
    remember(proposal);
    Action execution = executed("e-1", "p-1", "{}");
    execution.event().getTool().setName("delete");
    execution.event().setArgumentsRaw("{\"rows\":1}\0null");

    assertThat(RecentActions.sight(recent, execution)).isEqualTo(Sighting.BYPASS);
  }

  @Test
  void shouldBeABypassWhenRawArgumentsWereAbsentInTheProposal() {
    remember(proposed("p-1", "{}"));
    Action execution = executed("e-1", "p-1", "{}");
    execution.event().setArgumentsRaw("null");

    assertThat(RecentActions.sight(recent, execution)).isEqualTo(Sighting.BYPASS);
  }

  @Test
  void shouldBeNewWhenObservationNamesProposal() {
    remember(proposed("p-1", "{}"));
    Action observed = executed("e-1", "p-1", "{}");
    observed.event().setPhase(Phase.OBSERVED);

    assertThat(RecentActions.sight(recent, observed)).isEqualTo(Sighting.NEW);
  }

  @Test
  void shouldKeepTheLatestFourWhenMoreCome() {
    for (int i = 1; i <= 6; i++) {
      RecentActions.add(recent, TaskActions.named("e-" + i), i);
    }

    assertThat(recent.getLatest())
        .extracting(Remembered::getEventId)
        .containsExactly("e-3", "e-4", "e-5", "e-6");
    assertThat(recent.getLatest())
        .extracting(Remembered::getRisk)
        .containsExactly(3.0, 4.0, 5.0, 6.0);
  }

  private void remember(Action action) {
    RecentActions.add(recent, action, 1);
  }

  private static Action withArguments(String eventId, String arguments) {
    return TaskActions.of(
        NOW_MS,
        event -> {
          event.setEventId(eventId);
          event.setArguments(arguments);
        });
  }

  private static Action repeatedAt(long receivedMs) {
    return TaskActions.of(receivedMs, event -> event.setEventId("e-1"));
  }

  private static Action proposed(String eventId, String arguments) {
    return TaskActions.of(
        NOW_MS,
        event -> {
          event.setEventId(eventId);
          event.setPhase(Phase.PROPOSED);
          event.setArguments(arguments);
        });
  }

  private static Action executed(String eventId, String proposalId, String arguments) {
    return TaskActions.of(
        NOW_MS,
        event -> {
          event.setEventId(eventId);
          event.setPhase(Phase.EXECUTED);
          event.setProposalId(proposalId);
          event.setArguments(arguments);
        });
  }

  @Test
  void shouldCarryOutOnlyWhatWasReleasedWhenProposalsAreDecided() {
    for (DispositionKind kind :
        List.of(DispositionKind.HELD, DispositionKind.DENIED, DispositionKind.EXPIRED)) {
      Action proposal = proposed("p-" + kind, "{}");
      remember(proposal);
      RecentActions.decided(recent, Proposal.of(proposal), kind, NOW_MS + 7);

      assertThat(RecentActions.sight(recent, executed("e-1", "p-" + kind, "{}")))
          .as(kind.name())
          .isEqualTo(Sighting.BYPASS);
      assertThat(fate(proposal)).isEqualTo(new RecentActions.Fate(kind, NOW_MS + 7));
    }
    Action released = proposed("p-1", "{}");
    remember(released);
    RecentActions.decided(recent, Proposal.of(released), DispositionKind.HELD, NOW_MS + 8);
    RecentActions.decided(recent, Proposal.of(released), DispositionKind.RELEASED, NOW_MS + 9);

    assertThat(RecentActions.sight(recent, executed("e-1", "p-1", "{}")))
        .isEqualTo(Sighting.CARRIES_OUT);
    assertThat(RecentActions.sight(recent, released)).isEqualTo(Sighting.DUPLICATE);
    assertThat(fate(released))
        .isEqualTo(new RecentActions.Fate(DispositionKind.RELEASED, NOW_MS + 9));
    assertThat(fate(proposed("p-1", "{\"other\":1}")).kind()).isEqualTo(DispositionKind.OTHER);
  }

  @Test
  void shouldRememberAReleaseAnewWhenTheProposalWasForgottenMeanwhile() {
    Action proposal = proposed("p-1", "{}");
    remember(proposal);
    for (int i = 1; i <= 64; i++) {
      remember(TaskActions.named("e-" + i));
    }
    assertThat(fate(proposal).kind()).isEqualTo(DispositionKind.OTHER);

    RecentActions.decided(recent, Proposal.of(proposal), DispositionKind.RELEASED, NOW_MS + 9);

    assertThat(RecentActions.sight(recent, executed("x-1", "p-1", "{}")))
        .isEqualTo(Sighting.CARRIES_OUT);
    assertThat(recent.getIds().remaining()).isEqualTo(64 * 48);
  }

  private RecentActions.Fate fate(Action proposal) {
    return RecentActions.fate(
        recent, proposal.event().getEventId(), ByteBuffer.wrap(proposal.digest()));
  }
}
