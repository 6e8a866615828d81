/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.event.TierSpend;
import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.policy.Tier;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Capacity that is leased, taken and shared out, in broker time. */
class RoomsTest {
  private static final SingleObject<Exposure> CODEC = SingleObject.of(Exposure.class);
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long SPAN = 5 * MINUTE;
  private static final Tier EXPERT = Asks.TIER.withCapacity(60);
  private static final Terms TERMS =
      new Terms(
          Ladder.of(List.of(EXPERT)),
          new Budget(0.1, 100_000, 1, SPAN),
          AuditPlan.NONE,
          Lines.DEFAULT);

  @Test
  void shouldHaveAnEqualShareAndABucketWhenNothingIsLeased() {
    Rooms rooms = new Rooms(new Seat(1, 4));
    int first = takeAll(rooms, null, HOUR);

    // one, and a quarter of an hour at 15 an hour
    assertThat(first).isEqualTo(4);
    assertThat(takeAll(rooms, null, HOUR + 8 * MINUTE)).isEqualTo(2);
    assertThat(takeAll(rooms, null, 9 * HOUR)).isEqualTo(4);
  }

  @Test
  void shouldKeepTheLastRoomForWhatIsWorse() {
    Rooms rooms = new Rooms(Asks.ALONE);
    int taken = 0;
    while (rooms.has(EXPERT, 0, null, HOUR)) {
      rooms.take(EXPERT, null, HOUR);
      taken++;
    }
    // sixteen are there, and three quarters are kept
    assertThat(taken).isEqualTo(5);
    assertThat(rooms.has(EXPERT, 0.3, null, HOUR)).isTrue();
    assertThat(takeAll(rooms, null, HOUR)).isEqualTo(11);
  }

  @Test
  void shouldOweUpToAnHourWhenMandatoryReviewsTakeMoreThanThereIs() {
    Rooms rooms = new Rooms(new Seat(0, 4));
    for (int i = 0; i < 1_000; i++) {
      rooms.take(EXPERT, null, HOUR);
    }
    assertThat(rooms.has(EXPERT, 9, null, HOUR + 63 * MINUTE)).isFalse();
    assertThat(rooms.has(EXPERT, 9, null, HOUR + 65 * MINUTE)).isTrue();
  }

  @Test
  void shouldNeverBeFullWhenCapacityIsUnlimited() {
    Rooms rooms = new Rooms(Asks.ALONE);
    for (int i = 0; i < 100; i++) {
      rooms.take(Asks.TIER, null, HOUR);
    }
    assertThat(rooms.has(Asks.TIER, 0, null, HOUR)).isTrue();
    assertThat(rooms.state()).isEmpty();
  }

  @Test
  void shouldLeaseMoreToWhoAsksMoreAndAFloorToWhoIsSilent() {
    Leasing leasing = new Leasing();
    for (int p = 0; p < 4; p++) {
      leasing.note(null, exposure(p, p == 0 ? 90 : p == 1 ? 10 : 0, 0), TERMS);
    }
    leasing.settle(TERMS, 4, Instant.ofEpochMilli(MINUTE));
    assertThat(leasing.leases().get(0).getRates()).containsExactly(15.0, 15.0, 15.0, 15.0);

    leasing.settle(TERMS, 4, Instant.ofEpochMilli(SPAN + MINUTE));

    // a quarter of the capacity in equal parts, the rest by 9 to 1
    assertThat(leasing.leases().get(0).getRates())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
        .containsExactly(44.25, 8.25, 3.75, 3.75);
  }

  @Test
  void shouldLeaveTheirEqualShareToPartitionsThatAreNotUnderThePolicy() {
    Leasing leasing = new Leasing();
    leasing.note(null, exposure(0, 100, 0), TERMS);
    leasing.settle(TERMS, 4, Instant.ofEpochMilli(MINUTE));

    assertThat(leasing.leases().get(0).getNextRates()).containsExactly(15.0, 15.0, 15.0, 15.0);
  }

  /**
   * Whatever is asked, wherever, and however late or lost prices are, a fleet has no more reviewed
   * in any hour than its capacity, its buckets, and what a partition that hears no price has more
   * than it was leased.
   */
  @Property(tries = 60)
  void shouldNotExceedCapacityByMoreThanItsBoundWhenLeasesChangeHands(@ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int partitions = 1 + random.nextInt(8);
    int deaf = random.nextInt(partitions);
    boolean anyDeaf = random.nextBoolean();
    Partition[] fleet = new Partition[partitions];
    for (int p = 0; p < partitions; p++) {
      fleet[p] = new Partition(new Rooms(new Seat(p, partitions)));
    }
    Leasing leasing = new Leasing();
    Deque<Long> granted = new ArrayDeque<>();
    int most = 0;
    for (long now = 0; now < 6 * HOUR; now += 10_000) {
      int busy = (int) (now / (7 * MINUTE)) % partitions;
      for (int p = 0; p < partitions; p++) {
        Partition at = fleet[p];
        int asks = p == busy ? 20 : random.nextInt(50) == 0 ? 1 : 0;
        for (int i = 0; i < asks; i++) {
          at.asked++;
          if (at.rooms.has(EXPERT, 9, at.price, now)) {
            at.rooms.take(EXPERT, at.price, now);
            granted.add(now);
          }
        }
        if (random.nextInt(6) == 0) {
          Exposure told = exposure(p, at.asked, now);
          leasing.note(at.told, told, TERMS);
          at.told = told;
          leasing.settle(TERMS, partitions, Instant.ofEpochMilli(now));
        }
        if (!(anyDeaf && p == deaf) && random.nextInt(10) == 0) {
          at.price = price(leasing, now);
        }
      }
      while (!granted.isEmpty() && granted.peek() <= now - HOUR) {
        granted.remove();
      }
      most = Math.max(most, granted.size());
    }
    double share = EXPERT.capacity() / partitions;
    double buckets = partitions + 2 * Rooms.BURST_HOURS * EXPERT.capacity();
    double unheard = anyDeaf ? (1 - Leasing.FLOOR) * share : 0;
    assertThat((double) most).isLessThanOrEqualTo(EXPERT.capacity() + buckets + unheard);
    assertThat((double) most).isGreaterThan(0.5 * EXPERT.capacity());
  }

  @Test
  void shouldLeaseTheSameWhenRestoredFromWhatIsStored() {
    FleetPricer unbroken = FleetPricer.restored(List.of(), 2);
    Quote first = unbroken.quote(exposure(0, 50, MINUTE), null, TERMS).orElseThrow();
    Quote second = unbroken.quote(exposure(1, 5, 2 * MINUTE), null, TERMS).orElseThrow();
    FleetPricer restored = FleetPricer.restored(List.of(first.entry(), second.entry()), 2);

    Quote quote = unbroken.quote(later(), second.entry(), TERMS).orElseThrow();

    assertThat(restored.quote(later(), second.entry(), TERMS)).contains(quote);
    assertThat(quote.price().getLeases().get(0).getNextRates().get(0)).isGreaterThan(45);
  }

  private static Exposure later() {
    Exposure later = exposure(1, 6, SPAN + MINUTE);
    later.setSequence(2L);
    return later;
  }

  private static final class Partition {
    final Rooms rooms;
    long asked;
    Exposure told;
    Price price;

    Partition(Rooms rooms) {
      this.rooms = rooms;
    }
  }

  private static int takeAll(Rooms rooms, Price price, long nowMs) {
    int taken = 0;
    while (rooms.has(EXPERT, 9, price, nowMs)) {
      rooms.take(EXPERT, price, nowMs);
      taken++;
    }
    return taken;
  }

  private static Price price(Leasing leasing, long nowMs) {
    Price price = Asks.price(nowMs, 1, 0, Instant.ofEpochMilli(nowMs));
    price.setLeases(new ArrayList<>(leasing.leases()));
    return price;
  }

  private static Exposure exposure(int partition, long asked, long asOfMs) {
    Exposure exposure =
        Exposure.newBuilder()
            .setPartition(partition)
            .setPolicyDigest(ByteBuffer.wrap(Asks.POLICY))
            .setSequence(1)
            .setActions(1_000)
            .setBaseCost(1_000)
            .setReviewCost(0)
            .setMandatoryCost(0)
            .setReviews(0)
            .setMass(1)
            .setCapturedMass(0)
            .setTasks(1)
            .setTiers(List.of(new TierSpend(EXPERT.id(), 0L, 0.0, asked, 0.0)))
            .setAsOf(Instant.ofEpochMilli(asOfMs))
            .build();
    return CODEC.decode(CODEC.encode(exposure));
  }
}
