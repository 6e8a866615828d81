/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.util.SplittableRandom;

/** Prints nanoseconds a decision: its main method is the command. Not a test: timings vary. */
final class DecideBench {
  private DecideBench() {}

  public static void main(String[] arguments) {
    int n = 1 << 16;
    Ask[] asks = new Ask[n];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < n; i++) {
      asks[i] = Asks.of(Asks.ordinary(random), random.nextDouble());
    }
    for (double tax : new double[] {0.1, 1}) {
      for (int round = 0; round < 5; round++) {
        Controller controller = Controller.fresh(Asks.ALONE, Asks.terms(tax, 1), Asks.POLICY);
        double spent = 0;
        long start = System.nanoTime();
        for (int pass = 0; pass < 64; pass++) {
          for (Ask ask : asks) {
            spent += controller.decide(ask).getReviewCost();
          }
        }
        System.out.printf(
            "tax %s: %.0f ns a decision, %.0f spent%n",
            tax, (System.nanoTime() - start) / (64.0 * n), spent);
      }
    }
  }
}
