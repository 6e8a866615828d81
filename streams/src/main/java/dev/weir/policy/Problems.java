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

/**
 * What is wrong with one file of a policy, with positions. All files of a policy share one list,
 * which keeps the first 20.
 */
final class Problems {
  static final int MAX = 20;

  private record Problem(int file, Place at, String text) {}

  private final String name;
  private final int file;
  private final List<String> files;
  private final List<Problem> problems;

  /** The problems of a policy's first file. */
  Problems(String name) {
    this(name, new ArrayList<>(List.of(name)), new ArrayList<>());
  }

  private Problems(String name, List<String> files, List<Problem> problems) {
    this.name = name;
    this.file = files.size();
    this.files = files;
    this.problems = problems;
  }

  /** The same list, for faults in another file. */
  Problems in(String other) {
    if (other.equals(name)) {
      return this;
    }
    files.add(other);
    return new Problems(other, files, problems);
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
      problems.add(new Problem(file, new Place(name, line, column), what));
    }
  }

  /** Whether anything is wrong in any file. */
  boolean any() {
    return !problems.isEmpty();
  }

  PolicyException exception() {
    return new PolicyException(
        problems.stream()
            .sorted(
                Comparator.comparingInt(Problem::file)
                    .thenComparingInt(p -> p.at().line())
                    .thenComparingInt(p -> p.at().column()))
            .map(p -> p.at() + ": " + p.text())
            .toList());
  }
}
