/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import java.util.List;

/**
 * A line from which on a subject is flagged.
 *
 * @param value the lowest score that is flagged; infinite if nothing may be
 * @param falseAlarms the share of the harmless that it was allowed to flag where it was fixed
 */
public record Threshold(double value, double falseAlarms) {

  /** The lowest line that flags at most that share of the harmless among {@code subjects}. */
  public static Threshold fix(List<Subject> subjects, double falseAlarms) {
    return new Threshold(new Curve(Subject.cases(subjects)).threshold(falseAlarms), falseAlarms);
  }

  boolean flags(Subject subject) {
    return subject.score() >= value;
  }
}
