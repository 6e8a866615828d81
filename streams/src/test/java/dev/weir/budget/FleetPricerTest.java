/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.AgentProfile;
import dev.weir.event.Distribution;
import dev.weir.event.Exposure;
import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.state.FleetEntry;
import dev.weir.task.AgentFold;
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
  private static final Terms TERMS = Asks.terms(1, 1);
  private static final SingleObject<Exposure> CODEC = SingleObject.of(Exposure.class);

  @Test
  void shouldPriceAsOneHistogramWhenPartitionsAreMerged() {
    RiskHistogram joint = RiskHistogram.fine();
    FleetPricer pricer = FleetPricer.restored(List.of(), 4);
    TreeMap<String, FleetEntry> entries = new TreeMap<>();
    Quote quote = null;
    for (Exposure exposure : exposures(4, 3, joint)) {
      quote = fold(pricer, entries, exposure);
    }
    assertThat(quote).isNotNull();
    Cut cut = new Cursor(joint.risks(), Asks.LADDER).cut((double) joint.count(), Prior.NONE);
    assertThat(quote.price().getPrice()).isEqualTo(Asks.LADDER.price(cut.index()));
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

  @Test
  void shouldTellHowMassIsSpreadOverAgentsWhenPartitionsHaveTold() {
    AgentSpread one = new AgentSpread(0);
    AgentSpread other = new AgentSpread(1);
    one.keep(10);
    one.change(List.of(new AgentFold.MassChange(Double.NaN, 100)));
    AgentProfile early = one.profile(1, Instant.EPOCH);
    one.change(
        List.of(new AgentFold.MassChange(10, 1_000), new AgentFold.MassChange(100, Double.NaN)));
    other.change(List.of(new AgentFold.MassChange(Double.NaN, 1)));
    FleetPricer pricer = FleetPricer.restored(List.of(), 4);
    List<Exposure> exposures = exposures(1, 1, RiskHistogram.fine());

    assertThat(pricer.tell(one.profile(2, Instant.EPOCH))).isTrue();
    assertThat(pricer.tell(other.profile(1, Instant.EPOCH))).isTrue();
    assertThat(pricer.tell(early)).as("it is old").isFalse();

    Distribution agents =
        fold(pricer, new TreeMap<>(), exposures.get(0)).concentration().getAgents();
    assertThat(agents.getCount()).isEqualTo(2);
    assertThat(agents.getMass()).isCloseTo(1_001, within(1e-9));
    assertThat(agents.getGini()).isCloseTo(0.5 * 999 / 1_001, within(1e-9));
  }

  @Property(tries = 30)
  void shouldEndTheSameWhenExposuresRepeatAreLostOrReordered(
      @ForAll @IntRange(max = 10_000) int seed) {
    List<Exposure> all = exposures(3, 4, RiskHistogram.fine());
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
    FleetPricer inOrder = FleetPricer.restored(List.of(), 4);
    FleetPricer pricer = FleetPricer.restored(List.of(), 4);
    TreeMap<String, FleetEntry> orderly = new TreeMap<>();
    TreeMap<String, FleetEntry> entries = new TreeMap<>();
    Quote expected = null;
    for (Exposure exposure : all) {
      expected = fold(inOrder, orderly, exposure);
    }
    long sequence = 0;
    Quote latest = null;
    for (Exposure exposure : unruly) {
      Quote quote = fold(pricer, entries, exposure);
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
    Terms terms = new Terms(Asks.LADDER, small, AuditPlan.NONE, Lines.DEFAULT);
    Controller controller = Controller.fresh(Asks.ALONE, terms, Asks.POLICY);
    SingleObject<FleetEntry> codec = SingleObject.of(FleetEntry.class);
    FleetEntry entry = null;
    double price = 0;
    for (int i = 0; i < 20_000; i++) {
      controller.decide(Asks.of(i < 10_000 ? 3 : 1, 0.5));
      if (controller.exposureDue()) {
        Quote quote =
            FleetPricer.restored(entry == null ? List.of() : List.of(entry), 4)
                .quote(controller.exposure(i), entry, terms)
                .orElseThrow();
        entry = codec.decode(codec.encode(quote.entry()));
        price = quote.price().getPrice();
        assertThat(quote.price().getWindowActions()).isLessThanOrEqualTo(1_500);
      }
    }
    assertThat(price).isEqualTo(Asks.LADDER.price(Scale.of(1)));
  }

  @Test
  void shouldCountAPartitionUnderItsLatestPolicyOnly() {
    FleetPricer pricer = FleetPricer.restored(List.of(), 4);
    TreeMap<String, FleetEntry> entries = new TreeMap<>();
    List<Exposure> old = exposures(2, 1, RiskHistogram.fine());
    old.forEach(exposure -> fold(pricer, entries, exposure));
    Exposure adopted = Exposure.newBuilder(old.get(0)).build();
    adopted.setPolicyDigest(ByteBuffer.wrap(new byte[] {7}));
    adopted.setSequence(1);
    adopted.setAsOf(Instant.ofEpochMilli(99_999));

    Quote quote = fold(pricer, entries, adopted);

    assertThat(quote).isNotNull();
    assertThat(quote.price().getPartitions()).isEqualTo(1);
    assertThat(entries).hasSize(2);
    assertThat(fold(pricer, entries, old.get(0))).isNull();
  }

  @Test
  void shouldNotFailWhenNothingWasSpentOrSeen() {
    Exposure empty = Controller.fresh(Asks.ALONE, TERMS, Asks.POLICY).exposure(1);

    Optional<Quote> quote = FleetPricer.restored(List.of(), 4).quote(empty, null, TERMS);

    assertThat(quote).isPresent();
    assertThat(quote.orElseThrow().price().getTaxRatio()).isEqualTo(1);
    assertThat(quote.orElseThrow().price().getPrice()).isFinite();
  }

  @Property(tries = 20)
  void shouldQuoteTheSameWhenRestoredAtAnyPoint(@ForAll @IntRange(max = 11) int at) {
    List<Exposure> all = exposures(3, 4, RiskHistogram.fine());
    FleetPricer unbroken = FleetPricer.restored(List.of(), 4);
    FleetPricer broken = FleetPricer.restored(List.of(), 4);
    TreeMap<String, FleetEntry> entries = new TreeMap<>();
    TreeMap<String, FleetEntry> others = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      if (i == at) {
        broken = FleetPricer.restored(others.values(), 4);
      }
      Quote expected = fold(unbroken, entries, CODEC.decode(CODEC.encode(all.get(i))));
      Quote actual = fold(broken, others, CODEC.decode(CODEC.encode(all.get(i))));
      assertThat(actual.price().getSequence()).isEqualTo(expected.price().getSequence());
      assertThat(actual.price().getWindow()).isEqualTo(expected.price().getWindow());
      assertThat(actual.price().getCredit()).isCloseTo(expected.price().getCredit(), within(1e-6));
    }
  }

  @Test
  void shouldBoundCreditWhenNothingIsSpentOrTooMuchIs() {
    FleetPricer pricer = FleetPricer.restored(List.of(), 4);
    Exposure saved = exposures(1, 1, RiskHistogram.fine()).get(0);
    saved.setActions(1_000_000L);
    saved.setBaseCost(1_000_000.0);
    saved.setReviewCost(0.0);
    Exposure wasted = Exposure.newBuilder(saved).setSequence(2).setReviewCost(1e12).build();

    Quote rich = pricer.quote(saved, null, TERMS).orElseThrow();
    Quote poor = pricer.quote(wasted, rich.entry(), TERMS).orElseThrow();

    // a window of 100,000 actions pays for 1,000 reviews, of which 5 % may be astray, twice over
    assertThat(rich.price().getCredit()).isCloseTo(2 * 0.05 * 1_000 * 100, within(1e-6));
    assertThat(poor.price().getCredit()).isCloseTo(-100_000 - 100, within(1e-6));
  }

  private static @Nullable Quote fold(
      FleetPricer pricer, TreeMap<String, FleetEntry> entries, Exposure exposure) {
    String key = FleetPricer.key(exposure);
    Optional<Quote> quote = pricer.quote(exposure, entries.get(key), TERMS);
    quote.ifPresent(q -> entries.put(key, q.entry()));
    return quote.orElse(null);
  }

  private static List<Exposure> exposures(int partitions, int rounds, RiskHistogram joint) {
    SplittableRandom random = new SplittableRandom(5);
    List<Controller> controllers = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      controllers.add(Controller.fresh(new Seat(p, partitions), TERMS, Asks.POLICY));
    }
    List<Exposure> exposures = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (Controller controller : controllers) {
        for (int i = 0; i < 1_000; i++) {
          double risk = Asks.pareto(2, random);
          joint.add(risk, Math.pow(10, risk));
          controller.decide(Asks.of(risk, random.nextDouble()));
        }
        exposures.add(controller.exposure(round));
      }
    }
    return exposures;
  }
}
