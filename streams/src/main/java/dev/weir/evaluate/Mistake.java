/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.evaluate.Cases.Truth;
import dev.weir.event.Contribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Subjects on the wrong side of a line that are alike: one tool, the same rules that counted.
 *
 * @param worst the one furthest on the wrong side
 * @param count how many there are
 */
public record Mistake(Subject worst, long count) {

  /** Harmful ones below the line, the largest groups first. */
  public static List<Mistake> missed(List<Subject> subjects, Threshold threshold) {
    return groups(
        subjects,
        s -> s.truth() == Truth.HARMFUL && !threshold.flags(s),
        Comparator.comparingDouble(Subject::score));
  }

  /** Others above the line, harmless or unlabelled, the largest groups first. */
  public static List<Mistake> over(List<Subject> subjects, Threshold threshold) {
    return groups(
        subjects,
        s -> s.truth() != Truth.HARMFUL && threshold.flags(s),
        Comparator.comparingDouble(Subject::score).reversed());
  }

  private static List<Mistake> groups(
      List<Subject> subjects, Predicate<Subject> wrong, Comparator<Subject> worstFirst) {
    Map<List<String>, List<Subject>> groups = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      if (wrong.test(subject)) {
        groups.computeIfAbsent(kind(subject), k -> new ArrayList<>()).add(subject);
      }
    }
    return groups.values().stream()
        .map(group -> new Mistake(group.stream().min(worstFirst).orElseThrow(), group.size()))
        .sorted(
            Comparator.comparingLong((Mistake m) -> -m.count)
                .thenComparing(Mistake::worst, worstFirst))
        .toList();
  }

  private static List<String> kind(Subject subject) {
    List<String> kind = new ArrayList<>();
    kind.add(subject.row().tool());
    kind.add(subject.truth().name());
    for (Contribution contribution : subject.row().score().getContributions()) {
      if (contribution.getCounted()) {
        kind.add(contribution.getRule());
      }
    }
    return kind;
  }
}
