/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.evaluate.Cases.Truth;
import java.util.Comparator;

/**
 * The area under the ROC curve: of all pairs of a harmful and a harmless case, the share in which
 * the harmful one scores higher, ties counting half (the Mann-Whitney statistic over the number of
 * pairs; Hanley and McNeil 1982). Within strata only pairs of one stratum count, all alike.
 */
final class Concordance {
  private final Cases cases;
  private final int[] order;
  private final boolean stratified;

  private Concordance(Cases cases, int[] order, boolean stratified) {
    this.cases = cases;
    this.order = order;
    this.stratified = stratified;
  }

  static Concordance overall(Cases cases) {
    return new Concordance(cases, cases.ordered(Comparator.comparingDouble(cases::score)), false);
  }

  static Concordance withinStrata(Cases cases) {
    Comparator<Integer> byStratum = Comparator.comparingInt(cases::stratum);
    return new Concordance(cases, cases.ordered(byStratum.thenComparingDouble(cases::score)), true);
  }

  /** The area where a case counts as often as its scenario's weight says; NaN without a pair. */
  double area(double[] weights) {
    double concordant = 0;
    double pairs = 0;
    double harmful = 0;
    double harmless = 0;
    for (int at = 0; at < order.length; ) {
      int end = tieEnd(at);
      double tiedHarmful = 0;
      double tiedHarmless = 0;
      for (int i = at; i < end; i++) {
        double weight = weights[cases.scenario(order[i])];
        tiedHarmful += cases.truth(order[i]) == Truth.HARMFUL ? weight : 0;
        tiedHarmless += cases.truth(order[i]) == Truth.HARMLESS ? weight : 0;
      }
      concordant += tiedHarmful * (harmless + tiedHarmless / 2);
      harmful += tiedHarmful;
      harmless += tiedHarmless;
      if (end == order.length || !sameStratum(order[at], order[end])) {
        pairs += harmful * harmless;
        harmful = 0;
        harmless = 0;
      }
      at = end;
    }
    return pairs == 0 ? Double.NaN : concordant / pairs;
  }

  private int tieEnd(int at) {
    int end = at + 1;
    while (end < order.length
        && cases.score(order[end]) == cases.score(order[at])
        && sameStratum(order[at], order[end])) {
      end++;
    }
    return end;
  }

  private boolean sameStratum(int a, int b) {
    return !stratified || cases.stratum(a) == cases.stratum(b);
  }
}
