/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Distribution;
import dev.weir.event.EscalationReason;
import dev.weir.event.LeadingAction;
import dev.weir.event.LorenzPoint;
import dev.weir.event.LossBalance;
import dev.weir.event.ReasonSpend;
import dev.weir.event.RulePart;
import dev.weir.event.TailIndex;
import dev.weir.event.TailMeaning;
import dev.weir.event.TierSpend;
import dev.weir.event.Viability;
import dev.weir.event.ViabilityAnswer;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a demonstration has seen, for tests of how it is shown. */
final class Frames {
  static final Policy POLICY = PolicyLoader.builtIn().withTax(0.1);

  private static final Viability UNKNOWN = new Viability(ViabilityAnswer.UNKNOWN, 0L, 0.8);

  private Frames() {}

  /** 1,000 actions, of which 3 are escalated, {@code seconds} after the start. */
  static Screen.Frame at(double seconds) {
    return frame(seconds, new Truth());
  }

  /** The same, with the truth of two actions known. */
  static Screen.Frame withTruth() {
    Truth truth = new Truth();
    truth.add("e-1", true);
    truth.add("e-2", false);
    return frame(10, truth);
  }

  /** Before the first action. */
  static Screen.Frame empty() {
    Distribution none = new Distribution(0L, 0.0, 0.0, 0.0, 0.0, List.of(), null);
    Results results =
        new Results(
            new Results.Counts(0, 0, 0, 0),
            List.of(),
            List.of(),
            Map.of(),
            new Results.Bounded(0, Set.of(), 0),
            new Results.Costs(0, 0, 0),
            new Results.Mass(0, 0),
            new LossBalance(0.0, 0.0, 0.0),
            0,
            new Spread(none, none, none, null, 0, List.of(), UNKNOWN),
            List.of(),
            null,
            Double.NaN,
            0);
    return new Screen.Frame(POLICY, results, 0, 0, new Truth(), 0, 0.5);
  }

  private static Screen.Frame frame(double seconds, Truth truth) {
    Results results =
        new Results(
            new Results.Counts(1000, 4, 2, 7),
            List.of(new TierSpend("review", 3L, 300.0, 3L, 4000.0)),
            List.of(
                new ReasonSpend(EscalationReason.PRICED, 2L, 200.0),
                new ReasonSpend(EscalationReason.ROUTE, 1L, 100.0)),
            Map.of("MALFORMED_JSON", 2L),
            new Results.Bounded(0, Set.of(), 0),
            new Results.Costs(1000, 0, 300),
            new Results.Mass(5000, 4000),
            new LossBalance(3600.0, 1400.0, 3300.0),
            2,
            new Spread(
                new Distribution(
                    1000L,
                    5000.0,
                    0.9,
                    0.8,
                    0.5,
                    List.of(new LorenzPoint(0.9, 0.1)),
                    new TailIndex(0.8, 0.08, 100L, 2.5, TailMeaning.MEANINGLESS)),
                new Distribution(50L, 5000.0, 0.7, 0.6, 0.4, List.of(), null),
                null,
                new RulePart("money.sent", 0.6),
                0.75,
                List.of(new LeadingAction("t-1", "e-1", "a-1", "pay", "money.sent", 3.5, 3162.0)),
                UNKNOWN),
            List.of(),
            null,
            1.5,
            seconds);
    return new Screen.Frame(POLICY, results, 1006, 1, truth, truth.harmful().size(), seconds);
  }
}
