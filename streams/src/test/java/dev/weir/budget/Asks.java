/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.EscalationReason;
import dev.weir.event.Price;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Questions to a controller. */
final class Asks {
  private Asks() {}

  static Ask of(double risk, double u) {
    return of(risk, u, EscalationReason.NONE, null);
  }

  static Ask of(double risk, double u, EscalationReason mandatory, @Nullable Price price) {
    return new Ask(risk, Math.pow(10, risk), 1, mandatory, u, "key", price, 1_000);
  }

  static Price price(long sequence, double price, double share, double taxRatio, Instant asOf) {
    return new Price(
        ByteBuffer.wrap(Simulation.POLICY), sequence, price, share, 20_000L, 4, taxRatio, asOf);
  }

  /** A varied sequence: scores with ties, shifts, mandatory ones, prices that come and go. */
  static List<Ask> varied(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Scenario scenario = Scenario.values()[i * 3 / n];
      double risk = random.nextInt(5) == 0 ? 1.5 : scenario.risk(i, n, random);
      EscalationReason mandatory =
          random.nextInt(2000) == 0 ? EscalationReason.ROUTE : EscalationReason.NONE;
      Price price =
          i / 1000 % 3 == 1
              ? price(i / 100, 0.5 + i % 7, 0.3, 0.8 + 0.05 * (i % 8), Instant.EPOCH)
              : null;
      double cost = random.nextInt(10) == 0 ? random.nextDouble() * 5 : 1;
      asks.add(
          new Ask(
              risk, Math.pow(10, risk), cost, mandatory, random.nextDouble(), "key", price, 1_000));
    }
    return asks;
  }
}
