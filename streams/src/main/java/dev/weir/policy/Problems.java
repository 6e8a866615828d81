/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with a document, with positions. Keeps the first 20. */
final class Problems {
  static final int MAX = 20;

  private record Problem(int line, int column, String text) {}

  private final String name;
  private final List<Problem> problems = new ArrayList<>();

  Problems(String name) {
    this.name = name;
  }

  void add(Node node, String what) {
    add(node.getStartMark(), what);
  }

  void add(Mark mark, String what) {
    add(mark.getLine() + 1, mark.getColumn() + 1, what);
  }

  /** Line and column count from 1. */
  void add(int line, int column, String what) {
    if (problems.size() < MAX) {
      problems.add(new Problem(line, column, what));
    }
  }

  boolean any() {
    return !problems.isEmpty();
  }

  PolicyException exception() {
    return new PolicyException(
        problems.stream()
            .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
            .map(p -> name + ":" + p.line + ":" + p.column + ": " + p.text)
            .toList());
  }
}
