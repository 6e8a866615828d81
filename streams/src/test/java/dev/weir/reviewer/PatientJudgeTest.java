/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Escalation;
import dev.weir.event.VerdictDecision;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A judge that fails is asked again, within bounds. */
class PatientJudgeTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  @Test
  void shouldAskAgainWithLongerPausesWhenJudgeFails() throws Exception {
    Draft draft = judge(3, "down", "down", null).judge(Escalated.of("1"));
    assertThat(draft.decision()).isEqualTo(VerdictDecision.APPROVE);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(failures).containsExactly("down false", "down false");
  }

  @Test
  void shouldAbstainWithTheReasonWhenJudgeFailsToTheLast() throws Exception {
    Draft draft = judge(1, "down", "still down", null).judge(Escalated.of("1"));
    assertThat(draft).isEqualTo(Draft.of(VerdictDecision.ABSTAIN, "no answer: still down"));
    assertThat(failures).containsExactly("down false", "still down true");
  }

  @Test
  void shouldNotAskAgainWhenItIsHopelessOrTheDeadlineIsNear() throws Exception {
    assertThat(judge(5, "!refused", null).judge(Escalated.of("1")).decision())
        .isEqualTo(VerdictDecision.ABSTAIN);
    Escalation due = Escalated.of("1");
    due.setDeadline(Escalated.NOW.plusSeconds(1));
    assertThat(judge(5, "down", null).judge(due).decision()).isEqualTo(VerdictDecision.ABSTAIN);
    assertThat(pauses).isEmpty();
  }

  @Test
  void shouldPauseHalfAMinuteAtMostWhenJudgeKeepsFailing() throws Exception {
    judge(8, "a", "b", "c", "d", "e", "f", "g", null).judge(Escalated.of("1"));
    assertThat(pauses).last().isEqualTo(Duration.ofSeconds(30));
  }

  /** One that fails with each text in turn, "!" before one that is hopeless, null for an answer. */
  private PatientJudge judge(int retries, String... faults) {
    Iterator<String> next = java.util.Arrays.asList(faults).iterator();
    Judge judge =
        escalation -> {
          String fault = next.next();
          if (fault == null) {
            return Draft.of(VerdictDecision.APPROVE, "");
          }
          throw fault.startsWith("!") ? JudgeException.hopeless(fault) : new JudgeException(fault);
        };
    return new PatientJudge(
        judge,
        retries,
        Clock.fixed(Escalated.NOW, ZoneOffset.UTC),
        pauses::add,
        (escalation, fault, last) -> failures.add(fault.getMessage() + " " + last));
  }
}
