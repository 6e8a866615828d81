/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static dev.weir.task.TaskActions.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ActionSummary;
import dev.weir.event.TaskContext;
import dev.weir.event.TaskRisk;
import dev.weir.score.TaskView;
import dev.weir.score.Trail;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskRecent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shown of a task: to a reviewer, to the scorer, and on the topic of task risk. */
class TaskShownTest {
  private final TaskFold fold = new TaskFold(FoldRules.DEFAULT);
  private final TaskRecent recent = RecentActions.none();

  @Test
  void shouldShowNothingBeforeWhenActionOpensTheTask() {
    TaskContext context = TaskSnapshot.of(null, recent, null, NOW_MS).toContext();

    assertThat(context)
        .isEqualTo(
            TaskContext.newBuilder()
                .setActions(0)
                .setMass(0)
                .setDecayedMass(0)
                .setFirstSeen(Instant.ofEpochMilli(NOW_MS))
                .setRecent(List.of())
                .setWorst(List.of())
                .build());
  }

  @Test
  void shouldStayAsItWasWhenTheTaskGoesOn() {
    TaskCore core = folded(null, "e-1", 1);
    TaskObjective objective = new TaskObjective("Pay the invoice.", true);
    TaskSnapshot before = TaskSnapshot.of(core, recent, objective, NOW_MS);

    for (int i = 2; i <= 9; i++) {
      core = folded(core, "e-" + i, i);
    }

    TaskContext context = before.toContext();
    assertThat(context.getActions()).isEqualTo(1);
    assertThat(context.getMass()).isEqualTo(10);
    assertThat(context.getDecayedMass()).isEqualTo(10);
    assertThat(context.getObjective()).isEqualTo("Pay the invoice.");
    assertThat(context.getObjectiveAttested()).isTrue();
    assertThat(context.getRecent()).extracting(ActionSummary::getEventId).containsExactly("e-1");
    assertThat(context.getWorst()).extracting(ActionSummary::getEventId).containsExactly("e-1");
  }

  @Test
  void shouldReportTheTaskWhenItsRiskIsWritten() {
    TaskCore core = folded(folded(null, "e-1", 1), "e-2", 3);
    core.setEscalated(1L);

    TaskRisk risk = TaskRisks.of("t-1", core);

    assertThat(risk.getTaskId()).isEqualTo("t-1");
    assertThat(risk.getAgentId()).isEqualTo("a-1");
    assertThat(risk.getSource()).isEqualTo("weir.actions");
    assertThat(risk.getActions()).isEqualTo(2);
    assertThat(risk.getEscalated()).isEqualTo(1);
    assertThat(risk.getMass()).isEqualTo(1010);
    assertThat(risk.getDecayedMass()).isEqualTo(1010);
    assertThat(risk.getMaxRisk()).isEqualTo(3);
    assertThat(risk.getFirstSeen()).isEqualTo(Instant.ofEpochMilli(NOW_MS));
    assertThat(risk.getLastSeen()).isEqualTo(Instant.ofEpochMilli(NOW_MS));
    assertThat(risk.getHistogram())
        .extracting(bucket -> bucket.getIndex() + ":" + bucket.getCount() + ":" + bucket.getMass())
        .containsExactly("1:1:10.0", "3:1:1000.0");
    assertThat(risk.getWorst()).extracting(ActionSummary::getEventId).containsExactly("e-2", "e-1");
  }

  @Test
  void shouldShowTheScorerTheTaskWhenItHasActions() {
    TaskCore core = folded(null, "e-1", 1);

    assertThat(TaskViews.of(null, null, Trail.none())).isEqualTo(TaskView.none());
    assertThat(TaskViews.of(core, new TaskObjective("Pay.", true), Trail.none()))
        .isEqualTo(new TaskView(1, 10, 10, 1, "Pay.", true, NOW_MS, NOW_MS));
    assertThat(TaskViews.of(core, null, Trail.none()).objective()).isNull();
  }

  private TaskCore folded(TaskCore core, String eventId, double risk) {
    RecentActions.add(recent, TaskActions.named(eventId), risk);
    return fold.fold(core, TaskActions.named(eventId), risk, Math.pow(10, risk)).core();
  }
}
