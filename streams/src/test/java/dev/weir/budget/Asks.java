/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.EscalationReason;
import dev.weir.event.Price;
import dev.weir.event.RiskCount;
import dev.weir.policy.Budget;
import dev.weir.policy.Ceiling;
import dev.weir.policy.Lines;
import dev.weir.policy.Tier;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Questions to a controller, and the terms that it answers under. */
final class Asks {
  static final Tier TIER = new Tier("judge", 100, 0.9, 60_000);
  static final Ladder LADDER = Ladder.of(List.of(TIER));
  static final byte[] POLICY = new byte[32];
  static final Seat ALONE = new Seat(0, 1);

  private Asks() {}

  /** Terms with windows of 100,000 actions. */
  static Terms terms(double tax, double startingPrice) {
    return new Terms(
        LADDER, new Budget(tax, 100_000, startingPrice, 600_000), AuditPlan.NONE, Lines.DEFAULT);
  }

  /** One in 200 lies over a line. */
  private static Unreviewed unreviewed(SplittableRandom random) {
    double task = random.nextInt(400) == 0 ? 4 + 3 * random.nextDouble() : 3.9;
    double agent = random.nextInt(400) == 0 ? 4.2 + 3 * random.nextDouble() : 4.1;
    return new Unreviewed(Math.pow(10, task), Math.pow(10, agent));
  }

  /** Risk of an ordinary action: mass is log-normal. */
  static double ordinary(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return -2 + 1.2 * radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** Risk whose mass is Pareto of that index, from 1 LU. */
  static double pareto(double index, SplittableRandom random) {
    return -Math.log10(1 - random.nextDouble()) / index;
  }

  static Draws draws(double u) {
    return new Draws(u, u, "key");
  }

  static Ask of(double risk, double u) {
    return of(risk, u, EscalationReason.NONE, null);
  }

  static Ask of(double risk, double u, EscalationReason mandatory, @Nullable Price price) {
    return new Ask(
        risk,
        Math.pow(10, risk),
        "",
        1,
        mandate(mandatory),
        draws(u),
        price,
        Belonging.NONE,
        Unreviewed.NONE,
        1_000);
  }

  /** Asked by something with a ceiling of a thousandth. */
  static Mandate mandate(EscalationReason reason) {
    return reason == EscalationReason.NONE
        ? Mandate.NONE
        : new Mandate(reason, List.of(new Ceiling("asks", 0.001)));
  }

  /** A price of a window of 20,000 actions, a hundred of them in the bucket of {@code risk}. */
  static Price price(long sequence, double risk, double credit, Instant asOf) {
    return new Price(
        ByteBuffer.wrap(POLICY),
        sequence,
        LADDER.price(Scale.of(risk)),
        1.0,
        20_000L,
        20_000.0,
        List.of(new RiskCount(Scale.of(risk), 100L)),
        credit,
        4,
        1.0,
        asOf,
        List.of());
  }

  /** A varied sequence: scores with ties, shifts, mandatory ones, prices that come and go. */
  static List<Ask> varied(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double third = i * 3 / n == 0 ? ordinary(random) : pareto(i * 3 / n == 1 ? 0.8 : 2, random);
      double risk = random.nextInt(5) == 0 ? 1.5 : third;
      EscalationReason mandatory =
          random.nextInt(2000) == 0 ? EscalationReason.ROUTE : EscalationReason.NONE;
      Price price =
          i / 1000 % 3 == 1
              ? price(i / 100, 0.5 + i / 100 % 4, 40 - i / 100 % 80, Instant.ofEpochMilli(1_000))
              : null;
      double cost = random.nextInt(10) == 0 ? random.nextDouble() * 5 : 1;
      asks.add(
          new Ask(
              risk,
              Math.pow(10, risk),
              random.nextBoolean() ? "payment" : "",
              cost,
              mandate(mandatory),
              new Draws(random.nextDouble(), random.nextDouble(), "key"),
              price,
              new Belonging(
                  1 + random.nextInt(6), 10 + random.nextInt(90), 100 + random.nextInt(3), 0),
              unreviewed(random),
              1_000));
    }
    return asks;
  }
}
