/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.Escalation;
import dev.weir.event.VerdictDecision;
import java.time.Clock;
import java.time.Duration;

/**
 * Asks a judge again after a failure, with pauses that double, and in the end abstains with the
 * reason as rationale: an escalation that no answer is to be had for blocks no other. It never
 * pauses beyond the escalation's deadline.
 */
public final class PatientJudge implements Judge {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    /** Waits so long. */
    void await(Duration duration) throws InterruptedException;
  }

  /** What failed, for progress and counts. */
  @FunctionalInterface
  public interface Failures {
    /**
     * A judge failed.
     *
     * @param last whether it is not asked again
     */
    void failed(Escalation escalation, JudgeException fault, boolean last);
  }

  private final Judge judge;
  private final int retries;
  private final Clock clock;
  private final Pause pause;
  private final Failures failures;

  /**
   * A patient judge.
   *
   * @param retries how often it asks again, at least 0
   */
  public PatientJudge(Judge judge, int retries, Clock clock, Pause pause, Failures failures) {
    this.judge = judge;
    this.retries = retries;
    this.clock = clock;
    this.pause = pause;
    this.failures = failures;
  }

  @Override
  public Draft judge(Escalation escalation) throws InterruptedException {
    Duration wait = FIRST_PAUSE;
    for (int again = 0; ; again++) {
      try {
        return judge.judge(escalation);
      } catch (JudgeException e) {
        boolean last =
            again >= retries
                || e.isHopeless()
                || !clock.instant().plus(wait).isBefore(escalation.getDeadline());
        failures.failed(escalation, e, last);
        if (last) {
          return Draft.of(VerdictDecision.ABSTAIN, "no answer: " + e.getMessage());
        }
      }
      pause.await(wait);
      wait =
          wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
    }
  }
}
