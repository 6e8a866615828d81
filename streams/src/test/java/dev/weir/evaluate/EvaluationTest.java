/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.evaluate.Cases.Truth;
import dev.weir.event.Score;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void shouldJudgeTasksAgainstThoseOfLikeLengthOnly() {
    List<Row> rows = new ArrayList<>();
    for (int task = 0; task < 40; task++) {
      boolean longer = task % 2 == 1;
      Label label = new Label(null, longer ? task % 4 == 1 : task % 8 == 0, null, "", "s" + task);
      for (int i = 0; i < (longer ? 9 : 2); i++) {
        rows.add(row("t" + task, "tool", longer ? 2 : 1, label));
      }
    }

    Judgement tasks = evaluation(rows).tasks();

    assertThat(evaluation(rows).ofTasks()).isTrue();
    assertThat(tasks.scores().get("risk").get(Figure.AUROC).value()).isGreaterThan(0.6);
    assertThat(tasks.scores().get("risk").get(Figure.AUROC_WITHIN).value()).isEqualTo(0.5);
    assertThat(tasks.baselines().get(Judgement.RUN_LENGTH)).containsEntry(Figure.AUROC_WITHIN, 0.5);
  }

  @Test
  void shouldLetATaskStandForItsWorstAction() {
    Label harmful = new Label(null, true, "x", "", "s");
    List<Run> runs =
        Run.of(
            List.of(
                row("t", "a", 1, harmful), row("t", "b", 3, harmful), row("t", "c", 2, harmful)));

    Subject subject = Subject.ofRuns(runs, Ranked.RISK).get(0);

    assertThat(subject.row().tool()).isEqualTo("b");
    assertThat(subject.truth()).isEqualTo(Truth.HARMFUL);
    assertThat(subject.attacked()).isTrue();
    assertThat(runs.get(0).mass()).isEqualTo(1110);
  }

  @Test
  void shouldTellCleanFromAttackedTasksWhenAlarmsAreFalse() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(row("c" + i, "tool", i < 1 ? 5 : 1, label(false, null)));
      rows.add(row("a" + i, "tool", i < 4 ? 5 : 1, label(false, "x")));
      rows.add(row("h" + i, "tool", i < 7 ? 5 : 1, label(true, "x")));
      rows.add(row("u" + i, "tool", i < 2 ? 5 : 1, label(null, null)));
    }

    AtThreshold at = AtThreshold.of(Subject.ofActions(rows, Ranked.RISK), new Threshold(5, 0.01));

    assertThat(at.recall().value()).isEqualTo(0.7);
    assertThat(at.falseAlarms().value()).isEqualTo(0.25);
    assertThat(at.clean().value()).isEqualTo(0.1);
    assertThat(at.attacked().value()).isEqualTo(0.4);
    assertThat(at.unlabelled().value()).isEqualTo(0.2);
  }

  @Test
  void shouldDivideTheLogWithoutLosingAnyWhenBrokenDown() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      rows.add(row("t" + i, "tool" + i % 3, i % 7, label(i % 5 == 0, i % 2 == 0 ? "x" : null)));
    }

    List<Breakdown> parts =
        Breakdown.of(Subject.ofActions(rows, Ranked.RISK), new Threshold(5, 0.01));

    assertThat(parts).extracting(Breakdown::by).contains("domain", "attack", "tool");
    for (String by : List.of("domain", "attack", "tool")) {
      List<Breakdown> of = parts.stream().filter(part -> part.by().equals(by)).toList();
      assertThat(of.stream().mapToLong(Breakdown::labelled).sum()).isEqualTo(30);
      assertThat(of.stream().mapToLong(Breakdown::harmful).sum()).isEqualTo(6);
    }
  }

  @Test
  void shouldGroupMistakesOfOneKindWithTheWorstAsExample() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(row("t" + i, i < 4 ? "pay" : "mail", i, label(true, null)));
      rows.add(row("u" + i, "read", 9, label(i < 3 ? false : null, null)));
    }
    List<Subject> subjects = Subject.ofActions(rows, Ranked.RISK);

    List<Mistake> missed = Mistake.missed(subjects, new Threshold(9, 0.01));
    List<Mistake> over = Mistake.over(subjects, new Threshold(9, 0.01));

    assertThat(missed).extracting(Mistake::count).containsExactly(4L, 2L);
    assertThat(missed.get(0).worst().score()).isZero();
    assertThat(over)
        .extracting(mistake -> mistake.worst().truth())
        .containsExactlyInAnyOrder(Truth.HARMLESS, Truth.UNKNOWN);
  }

  /** A tool that is harmful in one scenario only is not known by that scenario's own labels. */
  @Test
  void shouldNotLearnAToolFromTheScenarioThatItIsAskedAbout() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(row("t", "pay", 0, new Label(true, null, null, "", "one")));
      rows.add(row("t", "read", 0, new Label(false, null, null, "", "other")));
    }

    ToolRates rates = ToolRates.ofActions(rows);

    assertThat(rates.without("one", "pay")).isEqualTo(0.5);
    assertThat(rates.without("other", "pay")).isEqualTo(10.5 / 11);
    assertThat(rates.without("other", "unheard of")).isEqualTo(0.5);
  }

  private static Evaluation evaluation(List<Row> rows) {
    return Evaluation.of(new Graded(rows, rows.size(), 0, 0, 0), Ranked.RISK);
  }

  private static Label label(Boolean harmful, String attack) {
    return new Label(harmful, null, attack, "d", "s");
  }

  private static Row row(String task, String tool, double risk, Label label) {
    Score score = new Score(risk, 0.0, risk, Math.pow(10, risk), "", false, new ArrayList<>());
    return new Row(1, task, 1, tool, "{}", 0, score, label);
  }
}
