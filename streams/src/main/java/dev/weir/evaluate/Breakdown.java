/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.evaluate.Cases.Truth;
import dev.weir.evaluate.Quality.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One part of a log: a domain, an attack, a tool. Of tasks: those whose worst action belongs to it.
 *
 * @param by what the log is divided by: domain, attack or tool
 * @param name the part's name; "-" where the log says nothing
 * @param auroc within the part; NaN where it is of one kind
 */
public record Breakdown(
    String by,
    String name,
    long labelled,
    long harmful,
    long unlabelled,
    double auroc,
    Estimate recall,
    Estimate falseAlarms,
    Estimate unlabelledFlagged) {

  /** The log's parts, those with the most harm first, then the largest. */
  public static List<Breakdown> of(List<Subject> subjects, Threshold threshold) {
    Map<String, Function<Subject, String>> divisions = new LinkedHashMap<>();
    divisions.put("domain", s -> s.row().label().domain());
    divisions.put("attack", s -> s.row().label().attack() == null ? "" : s.row().label().attack());
    divisions.put("tool", s -> s.row().tool());
    List<Breakdown> parts = new ArrayList<>();
    divisions.forEach((by, key) -> parts.addAll(divide(by, key, subjects, threshold)));
    return parts;
  }

  private static List<Breakdown> divide(
      String by, Function<Subject, String> key, List<Subject> subjects, Threshold threshold) {
    Map<String, List<Subject>> parts = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      parts.computeIfAbsent(key.apply(subject), k -> new ArrayList<>()).add(subject);
    }
    return parts.entrySet().stream()
        .map(part -> part(by, part.getKey(), part.getValue(), threshold))
        .sorted(
            Comparator.comparingLong((Breakdown part) -> -part.harmful)
                .thenComparingLong(part -> -part.labelled - part.unlabelled))
        .toList();
  }

  private static Breakdown part(
      String by, String name, List<Subject> subjects, Threshold threshold) {
    Cases cases = Subject.cases(subjects);
    long harmful = cases.count(Truth.HARMFUL);
    AtThreshold at = AtThreshold.of(subjects, threshold);
    return new Breakdown(
        by,
        name.isEmpty() ? "-" : name,
        harmful + cases.count(Truth.HARMLESS),
        harmful,
        cases.count(Truth.UNKNOWN),
        Quality.point(cases).getOrDefault(Figure.AUROC, Double.NaN),
        at.recall(),
        at.falseAlarms(),
        at.unlabelled());
  }
}
