/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Price;
import dev.weir.event.RequestFate;
import dev.weir.policy.Ceiling;
import dev.weir.policy.Ceilings;
import dev.weir.policy.Lines;
import dev.weir.policy.Tier;
import dev.weir.state.ControllerState;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What bounds a partition's decisions beside the price: the tiers' capacity, the ceilings of what
 * must be reviewed and of what is asked for, and what is believed of costs. Not safe for use by
 * several threads.
 */
final class Bounds {
  /** Who asks for reviews and is kept apart, at most. */
  static final int MAX_REQUESTERS = 1024;

  private final Ladder ladder;
  private final Rooms rooms;
  private final Breakers breakers;
  private final Breakers requesters;
  private final BelievedCosts costs;
  private final Lines lines;
  private final Ceilings ceilings;

  private Bounds(
      Terms terms, Rooms rooms, Breakers breakers, Breakers requesters, BelievedCosts costs) {
    this.ladder = terms.ladder();
    this.lines = terms.lines();
    this.ceilings = terms.budget().ceilings();
    this.rooms = rooms;
    this.breakers = breakers;
    this.requesters = requesters;
    this.costs = costs;
  }

  static Bounds fresh(Terms terms, Seat seat) {
    return new Bounds(
        terms,
        new Rooms(seat),
        named(terms, seat),
        requesters(terms, seat),
        new BelievedCosts(terms.budget().costShares()));
  }

  static Bounds restored(ControllerState state, Terms terms) {
    Seat seat = new Seat(state.getPartition(), state.getPartitions());
    return new Bounds(
        terms,
        Rooms.restored(seat, state.getRooms()),
        named(terms, seat).restored(state.getCeilingActions(), state.getCeilings()),
        requesters(terms, seat).restored(state.getCeilingActions(), state.getRequesters()),
        BelievedCosts.restored(terms.budget().costShares(), state.getCosts()));
  }

  /** Of what the policy names. */
  private static Breakers named(Terms terms, Seat seat) {
    return new Breakers(window(terms, seat), Integer.MAX_VALUE);
  }

  private static Breakers requesters(Terms terms, Seat seat) {
    return new Breakers(window(terms, seat), MAX_REQUESTERS);
  }

  private static double window(Terms terms, Seat seat) {
    return (double) terms.budget().windowActions() / seat.partitions();
  }

  /** Reviewers had the work of the policy before. */
  void adopt(Bounds before) {
    rooms.adopt(before.rooms);
  }

  double believed(Ask ask) {
    return costs.believed(ask.baseCost(), ask.belonging());
  }

  /**
   * Takes an action in: what asks for its review whatever the price, if all of it is above its
   * ceiling.
   */
  List<String> over(Ask ask) {
    breakers.came();
    requesters.came();
    return breakers.over(ask.mandate().ceilings());
  }

  /** The line that asks for the same action's review, if it is above its ceiling. */
  List<String> overLine(EscalationReason line) {
    return breakers.over(
        List.of(line == EscalationReason.TASK ? lines.taskCeiling() : lines.agentCeiling()));
  }

  /**
   * What becomes of a request: it takes what its own share, all requests' and the tier have left,
   * of the tier no more than what is priced would leave.
   */
  RequestFate fate(Request request, @Nullable Price price, long nowMs) {
    if (request.fate() != RequestFate.GRANTED) {
      return request.fate();
    }
    if (!requesters.has(share(request))) {
      return RequestFate.SPENT;
    }
    return breakers.has(ceilings.ofRequests())
            && rooms.has(ladder.tier(request.tier()), 0, price, nowMs)
        ? RequestFate.GRANTED
        : RequestFate.WAITING;
  }

  /** Charges a request that had an effect; one that waits only to who asks. */
  void charge(Request request, Decision decision) {
    if (Decisions.requested(decision)) {
      requesters.take(share(request));
      if (!Decisions.waits(decision)) {
        breakers.take(ceilings.ofRequests());
      }
    }
  }

  private Ceiling share(Request request) {
    return ceilings.ofRequester(Long.toHexString(request.principal()));
  }

  /** The tiers that would be asked at the decision's price and have no room, in that order. */
  List<String> full(Decision decision, int index, @Nullable Price price, long nowMs) {
    List<String> full = List.of();
    Ladder left = ladder;
    while (left.limited()) {
      Cut cut = Decisions.cut(decision, left);
      int rung = Decisions.rung(index, cut, left, decision.getU());
      if (rung == 0 || has(left, rung, index - cut.index(), price, nowMs)) {
        return full;
      }
      full = and(full, left.tier(rung).id());
      left = ladder.without(full);
    }
    return full;
  }

  private static List<String> and(List<String> full, String tier) {
    return Stream.concat(full.stream(), Stream.of(tier)).distinct().toList();
  }

  private boolean has(Ladder left, int rung, int above, @Nullable Price price, long nowMs) {
    double decades = (above - left.offset(rung)) * Scale.WIDTH;
    return rooms.has(left.tier(rung), decades, price, nowMs);
  }

  /** Takes the room that a decision needs; where there was none it says so. */
  void take(Decision decision, @Nullable Price price, long nowMs) {
    if (decision.getReviewCost() > 0 && ladder.limited()) {
      Tier tier = ladder.tier(decision.getTier());
      boolean asksAnyhow =
          Decisions.mandatory(decision.getReason()) || Decisions.line(decision.getReason());
      if (asksAnyhow && !rooms.has(tier, Double.POSITIVE_INFINITY, price, nowMs)) {
        decision.setFullTiers(and(decision.getFullTiers(), tier.id()));
      }
      rooms.take(tier, price, nowMs);
    }
  }

  void write(ControllerState state) {
    state.setRooms(rooms.state());
    state.setCeilingActions(breakers.actions());
    state.setCeilings(breakers.state());
    state.setRequesters(requesters.state());
    state.setCosts(costs.state());
  }
}
