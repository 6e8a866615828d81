/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Exposure;
import dev.weir.policy.Budget;
import dev.weir.state.FleetEntry;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetPricerTest {
  private static final Budget BUDGET = new Budget(1, 100_000, 1, 600_000);
  private final FleetPricer pricer = new FleetPricer(Simulation.TIER, BUDGET);

  @Test
  void shouldPriceAsOneHistogramWhenPartitionsAreMerged() {
    RiskHistogram joint = RiskHistogram.fine();
    TreeMap<String, FleetEntry> entries = new TreeMap<>();
    Quote quote = null;
    for (Exposure exposure : exposures(4, 3, joint)) {
      quote = fold(entries, exposure);
    }
    assertThat(quote).isNotNull();
    Cut cut = joint.cut(0.01 * joint.count());
    assertThat(quote.price().getPrice()).isEqualTo(Decisions.price(cut.index(), Simulation.TIER));
    assertThat(quote.price().getCutShare()).isCloseTo(cut.share(), within(1e-9));
    assertThat(quote.price().getPartitions()).isEqualTo(4);
    assertThat(quote.price().getWindowActions()).isEqualTo(joint.count());
    assertThat(quote.price().getTaxRatio()).isBetween(0.8, 1.2);
    assertThat(quote.concentration().getActions().getGini())
        .isCloseTo(Concentrations.gini(joint), within(1e-9));
    assertThat(quote.concentration().getActions().getCount()).isEqualTo(joint.count());
    assertThat(quote.concentration().getReviews())
        .isEqualTo(Math.round(quote.concentration().getReviewCost() / 100));
  }

  @Property(tries = 30)
  void shouldEndTheSameWhenExposuresRepeatAreLostOrReordered(
      @ForAll @IntRange(max = 10_000) int seed) {
    List<Exposure> all = exposures(3, 8, RiskHistogram.fine());
    List<Exposure> last = all.subList(all.size() - 3, all.size());
    List<Exposure> unruly = new ArrayList<>();
    Random random = new Random(seed);
    for (Exposure exposure : all) {
      for (int copies = random.nextInt(3); copies > 0; copies--) {
        unruly.add(random.nextInt(unruly.size() + 1), exposure);
      }
    }
    unruly.addAll(last);
    unruly.addAll(all.subList(0, random.nextInt(all.size())));
    TreeMap<String, FleetEntry> orderly = new TreeMap<>();
    TreeMap<String, FleetEntry> entries = new TreeMap<>();
    Quote expected = null;
    for (Exposure exposure : all) {
      expected = fold(orderly, exposure);
    }
    long sequence = 0;
    Quote latest = null;
    for (Exposure exposure : unruly) {
      Quote quote = fold(entries, exposure);
      if (quote != null) {
        assertThat(quote.price().getSequence()).isGreaterThan(sequence);
        sequence = quote.price().getSequence();
        latest = quote;
      }
    }
    Quote actual = latest == null ? expected : latest;
    assertThat(actual.price().getPrice()).isEqualTo(expected.price().getPrice());
    assertThat(actual.concentration().getActions().getTop1Percent())
        .isCloseTo(expected.concentration().getActions().getTop1Percent(), within(1e-9));
    assertThat(actual.concentration().getReviews())
        .isEqualTo(expected.concentration().getReviews());
  }

  @Test
  void shouldForgetWhatIsOlderThanTheWindow() {
    Budget small = new Budget(1, 2_000, 1, 600_000);
    FleetPricer recent = new FleetPricer(Simulation.TIER, small);
    Controller controller = Controller.fresh(0, Simulation.TIER, small, Simulation.POLICY);
    SingleObject<FleetEntry> codec = SingleObject.of(FleetEntry.class);
    FleetEntry entry = null;
    double price = 0;
    for (int i = 0; i < 20_000; i++) {
      controller.decide(Asks.of(i < 10_000 ? 3 : 1, 0.5));
      if (controller.exposureDue()) {
        Quote quote =
            recent
                .quote(controller.exposure(i), entry == null ? List.of() : List.of(entry))
                .orElseThrow();
        entry = codec.decode(codec.encode(quote.entry()));
        price = quote.price().getPrice();
        assertThat(quote.price().getWindowActions()).isLessThanOrEqualTo(2_512);
      }
    }
    assertThat(price).isEqualTo(Decisions.price(Scale.of(1), Simulation.TIER));
  }

  @Test
  void shouldCountAPartitionUnderItsLatestPolicyOnly() {
    TreeMap<String, FleetEntry> entries = new TreeMap<>();
    List<Exposure> old = exposures(2, 1, RiskHistogram.fine());
    old.forEach(exposure -> fold(entries, exposure));
    Exposure adopted = Exposure.newBuilder(old.get(0)).build();
    adopted.setPolicyDigest(ByteBuffer.wrap(new byte[] {7}));
    adopted.setSequence(1);
    adopted.setAsOf(Instant.ofEpochMilli(99_999));

    Quote quote = fold(entries, adopted);

    assertThat(quote).isNotNull();
    assertThat(quote.price().getPartitions()).isEqualTo(1);
    assertThat(entries).hasSize(2);
    assertThat(fold(entries, old.get(0))).isNull();
  }

  @Test
  void shouldNotFailWhenNothingWasSpentOrSeen() {
    Exposure empty = Controller.fresh(0, Simulation.TIER, BUDGET, Simulation.POLICY).exposure(1);

    Optional<Quote> quote = pricer.quote(empty, List.of());

    assertThat(quote).isPresent();
    assertThat(quote.orElseThrow().price().getTaxRatio()).isEqualTo(1);
    assertThat(quote.orElseThrow().price().getPrice()).isFinite();
  }

  private @Nullable Quote fold(TreeMap<String, FleetEntry> entries, Exposure exposure) {
    Optional<Quote> quote = pricer.quote(exposure, entries.values());
    quote.ifPresent(q -> entries.put(FleetPricer.key(exposure), q.entry()));
    return quote.orElse(null);
  }

  private static List<Exposure> exposures(int partitions, int rounds, RiskHistogram joint) {
    SplittableRandom random = new SplittableRandom(5);
    List<Controller> controllers = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      controllers.add(Controller.fresh(p, Simulation.TIER, BUDGET, Simulation.POLICY));
    }
    List<Exposure> exposures = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (Controller controller : controllers) {
        for (int i = 0; i < 1_000; i++) {
          double risk = Scenario.PARETO_2.risk(i, 1_000, random);
          joint.add(risk, Math.pow(10, risk));
          controller.decide(Asks.of(risk, random.nextDouble()));
        }
        exposures.add(controller.exposure(round));
      }
    }
    return exposures;
  }
}
