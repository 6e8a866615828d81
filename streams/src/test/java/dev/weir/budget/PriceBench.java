/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Assessment;
import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.Score;
import dev.weir.state.FleetEntry;
import dev.weir.wire.SingleObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Prints how long the fleet's price of a thousand partitions takes when one of them tells more, and
 * the bytes of exposures an action: its main method is the command. Not a test: timings vary.
 */
final class PriceBench {
  private static final int PARTITIONS = 1_000;
  private static final int ACTIONS_AT_FIRST = 3_000;
  private static final int UPDATES = 5_000;

  private final Terms terms;
  private final SplittableRandom random = new SplittableRandom(1);
  private final FleetPricer pricer = FleetPricer.restored(List.of(), PARTITIONS);
  private final Map<String, FleetEntry> entries = new HashMap<>();
  private long actions;

  private PriceBench(double tax) {
    this.terms = Asks.terms(tax, 1);
  }

  public static void main(String[] arguments) {
    for (double tax : new double[] {0.1, 10}) {
      PriceBench bench = new PriceBench(tax);
      bench.updates(tax);
      bench.exposures(tax);
    }
  }

  private void updates(double tax) {
    Controller[] controllers = new Controller[PARTITIONS];
    for (int i = 0; i < PARTITIONS; i++) {
      controllers[i] = Controller.fresh(new Seat(i, PARTITIONS), terms, Asks.POLICY);
      act(controllers[i], ACTIONS_AT_FIRST);
      take(controllers[i].exposure(1));
    }
    long[] nanos = new long[UPDATES];
    int concentrations = 0;
    for (int i = 0; i < UPDATES; i++) {
      Controller controller = controllers[i % PARTITIONS];
      act(controller, i % 10 == 0 ? 2_048 : 64); // the former with a profile
      Exposure exposure = controller.exposure(2 + i);
      long start = System.nanoTime();
      concentrations +=
          take(exposure).map(quote -> quote.concentration() != null ? 1 : 0).orElse(0);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "tax %s: a price of %,d partitions: median %.3f ms, p99 %.3f ms, most %.3f ms; %d with the"
            + " fleet's concentration%n",
        tax,
        PARTITIONS,
        nanos[UPDATES / 2] / 1e6,
        nanos[UPDATES * 99 / 100] / 1e6,
        nanos[UPDATES - 1] / 1e6,
        concentrations);
  }

  private Optional<Quote> take(Exposure exposure) {
    String key = FleetPricer.key(exposure);
    Optional<Quote> quote = pricer.quote(exposure, entries.get(key), terms);
    quote.ifPresent(found -> entries.put(key, found.entry()));
    return quote;
  }

  private void exposures(double tax) {
    SingleObject<Exposure> codec = SingleObject.of(Exposure.class);
    Controller controller = Controller.fresh(new Seat(0, 8), terms, Asks.POLICY);
    int told = 200_000;
    long bytes = 0;
    int records = 0;
    for (int i = 0; i < told; i++) {
      act(controller, 1);
      if (controller.exposureDue()) {
        bytes += codec.encode(controller.exposure(i)).length;
        records++;
      }
    }
    System.out.printf(
        "tax %s: %,d exposures of %,d actions, %.1f B an action%n",
        tax, records, told, (double) bytes / told);
  }

  private void act(Controller controller, int times) {
    for (int i = 0; i < times; i++) {
      double risk = Asks.ordinary(random);
      controller.decide(Asks.of(risk, random.nextDouble(), EscalationReason.NONE, null));
      controller.attribute(assessment(risk));
    }
  }

  private Assessment assessment(double risk) {
    actions++;
    String rule = "rule.number." + actions % 200;
    Assessment assessment = new Assessment();
    assessment.setTaskId("task-" + actions);
    assessment.setEventId("event-" + actions);
    assessment.setAgentId("agent-" + actions % 200);
    assessment.setTool("some_tool");
    assessment.setCarriesOut(false);
    assessment.setScore(
        new Score(
            risk,
            0.0,
            risk,
            Math.pow(10, risk),
            "",
            false,
            List.of(new Contribution(rule, Dimension.MONEY, risk, true, "because"))));
    return assessment;
  }
}
