/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.evaluate.attack.Attacker.Evasion;
import dev.weir.event.Score;
import dev.weir.score.Scored;
import dev.weir.score.Scorer;
import dev.weir.score.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class AttackerTest {
  private final List<Action> asked = new ArrayList<>();

  @Test
  void shouldFindTheHoleWhenAScorerReadsWordsOnly() {
    Scorer naive = scorer(action -> action.event().getArguments().contains("rm -rf") ? 5 : 1);

    Evasion evasion = attack(naive, Acts.command("rm -rf /srv/data"), 5, 200);

    assertThat(evasion.score().getRisk()).isEqualTo(1);
    assertThat(evasion.chain()).hasSize(1);
    assertThat(evasion.arguments()).doesNotContain("rm -rf");
  }

  @Test
  void shouldKeepToTheQueriesAndNeverRaiseAScore() {
    Scorer hashing = scorer(action -> (action.event().getArguments().hashCode() >>> 8) % 100);

    Evasion evasion = attack(hashing, Acts.command("rm -rf /srv/data"), 50, 60);

    assertThat(asked).hasSizeBetween(30, 60);
    assertThat(evasion.score().getRisk()).isLessThanOrEqualTo(50);
  }

  @Test
  void shouldLeaveTheActionAsItWasWhenNothingHelps() {
    Action action = Acts.command("rm -rf /srv/data");
    String before = action.event().toString();

    Evasion evasion = attack(scorer(any -> 5), action, 5, 60);

    assertThat(evasion.chain()).isEmpty();
    assertThat(action.event().toString()).isEqualTo(before);
    assertThat(action.arguments()).isEqualTo(Acts.command("rm -rf /srv/data").arguments());
  }

  @Test
  void shouldSearchAlikeWhenTheSeedIsTheSame() {
    Scorer hashing = scorer(action -> (action.event().getArguments().hashCode() >>> 8) % 100);
    Action action =
        Acts.of(
            "send_mail",
            "{\"to\":[\"eve@out.example\"],\"amount\":1200,"
                + "\"body\":\"please read the attached notes before noon\"}",
            "Write to ann@in.example");

    assertThat(attack(hashing, action, 50, 60)).isEqualTo(attack(hashing, action, 50, 60));
  }

  @Test
  void shouldSendArgumentsThatAreWhatTheScorerSees() {
    attack(
        scorer(any -> 5),
        Acts.of("pay", "{\"to\":{\"iban\":\"AB12345678\"},\"n\":[1,null,true]}", ""),
        5,
        200);

    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(
            action ->
                assertThat(Acts.of("pay", action.event().getArguments(), "").arguments())
                    .isEqualTo(action.arguments()));
  }

  @Test
  void shouldSayNumbersInWords() {
    assertThat(NumberWords.of(0)).isEqualTo("zero");
    assertThat(NumberWords.of(1_217)).isEqualTo("one thousand two hundred seventeen");
    assertThat(NumberWords.of(540_021)).isEqualTo("five hundred forty thousand twenty-one");
    assertThat(NumberWords.of(0.5)).isNull();
    assertThat(NumberWords.of(1_000_000)).isNull();
  }

  private Evasion attack(Scorer scorer, Action action, double risk, int queries) {
    Random random = new Random(3);
    IntUnaryOperator draw = random::nextInt;
    return new Attacker(scorer, Score::getRisk, queries, Set.of())
        .attack(action, TaskView.none(), score(risk), draw);
  }

  private interface Judge {
    double risk(Action action);
  }

  private Scorer scorer(Judge judge) {
    return (action, task, evidence) -> {
      asked.add(action);
      return new Scored(score(judge.risk(action)), List.of(), false, 1);
    };
  }

  private static Score score(double risk) {
    return new Score(risk, 0.0, risk, Math.pow(10, risk), "", false, new ArrayList<>());
  }
}
