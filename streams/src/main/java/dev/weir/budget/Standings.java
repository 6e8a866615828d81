/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.AgentRecord;
import dev.weir.event.AgentStanding;

/** How agents stand beside others at the same work, by what reviews and audits found. */
public final class Standings {
  /** Answers from which on anything is said of an agent. */
  static final long LEAST_ANSWERS = 10;

  /**
   * Probability with which an agent like all others is ever called worse, or better. So fewer than
   * four that are found harmful never suffice, however few were expected.
   */
  static final double ERROR = Confidence.ERROR;

  private Standings() {}

  /** What bounds of found over expected say. */
  public static AgentStanding of(Interval ratio) {
    if (ratio.low() > 1) {
      return AgentStanding.WORSE;
    }
    if (ratio.high() < 1) {
      return AgentStanding.BETTER;
    }
    return ratio.low() >= 0.5 && ratio.high() <= 2 ? AgentStanding.ALIKE : AgentStanding.UNKNOWN;
  }

  /**
   * Writes what its counts say into a record: the lower bound of found over expected by rates that
   * were stated high, the upper one by rates that were stated low.
   */
  public static void judge(AgentRecord record) {
    if (record.getAnswers() == 0 || !(record.getExpected() > 0)) {
      return;
    }
    double least = record.getExpectedLeast();
    double low = new Ratio(record.getFound(), record.getExpected()).always(ERROR).low();
    double high =
        least > 0
            ? new Ratio(record.getFound(), least).always(ERROR).high()
            : Double.POSITIVE_INFINITY;
    boolean tooFew = record.getAnswers() < LEAST_ANSWERS;
    record.setRatioLow(low);
    record.setStanding(tooFew ? AgentStanding.UNKNOWN : of(new Interval(low, high)));
  }
}
