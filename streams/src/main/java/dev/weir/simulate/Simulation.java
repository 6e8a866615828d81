/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import dev.weir.budget.Ask;
import dev.weir.budget.Belonging;
import dev.weir.budget.Controller;
import dev.weir.budget.Draws;
import dev.weir.budget.FleetPricer;
import dev.weir.budget.Ladder;
import dev.weir.budget.Mandate;
import dev.weir.budget.Quote;
import dev.weir.budget.Seat;
import dev.weir.budget.Terms;
import dev.weir.budget.Unreviewed;
import dev.weir.event.Concentration;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.policy.Ceiling;
import dev.weir.policy.Lines;
import dev.weir.policy.Tier;
import dev.weir.state.ControllerState;
import dev.weir.state.FleetEntry;
import dev.weir.wire.SingleObject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides simulated traffic by the code that decides the stream's: one controller a partition, one
 * pricer, prices that come a while after the exposure that led to them.
 */
public final class Simulation {
  private static final SingleObject<ControllerState> STATE = SingleObject.of(ControllerState.class);

  /** Actions between an exposure and the price that it leads to, as a broker takes them. */
  private static final int PRICE_DELAY = 50;

  /** Scenario wrong-route: share of actions that a rule should ask a review for. */
  private static final double ROUTE_CEILING = 0.0002;

  /** Scenario capacity: what all tiers can do together, over what the budget pays for. */
  private static final double CAPACITY = 1.25;

  private static final double SECONDS_AN_HOUR = 3600;

  /** By the traffic's route: nothing, a rule that is right, one that is not. */
  private static final List<Mandate> ROUTES = List.of(Mandate.NONE, route("right"), route("wrong"));

  private static final int STALE_DELAY = 20_000;
  private static final int RESTART_ACTIONS = 5_000;

  private final SimulationSettings settings;
  private final Traffic traffic;
  private Terms terms;
  private final Controller[] controllers;
  private final SplittableRandom random;
  private final SplittableRandom audits;
  private final FleetPricer pricer;
  private final Map<String, FleetEntry> entries = new HashMap<>();
  private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
  private final Windows windows;
  private final Optional<Auditors> auditors;

  /** Mass of each task in LU, by partition and number. */
  private final Map<Long, Double> taskMass = new HashMap<>();

  private final Sums sums;
  private @Nullable Price price;
  private @Nullable Concentration last;

  private record Sent(int at, Price price) {}

  private Simulation(SimulationSettings settings) {
    this.settings = settings;
    this.traffic = Fleet.write(settings);
    this.terms = terms(CAPACITY);
    this.pricer = FleetPricer.restored(List.of(), settings.partitions());
    this.random = new SplittableRandom(~settings.seed());
    this.audits = new SplittableRandom(settings.seed() ^ 0xa0d17L);
    this.sums = new Sums(lines(), settings.partitions(), PRICE_DELAY);
    this.windows = new Windows(settings, traffic, terms.ladder());
    this.auditors = settings.audit().settings().map(a -> new Auditors(a, settings.seed()));
    this.controllers = new Controller[settings.partitions()];
    for (int p = 0; p < controllers.length; p++) {
      controllers[p] = Controller.fresh(new Seat(p, controllers.length), terms, new byte[] {1});
    }
  }

  /** Runs it. */
  public static SimulationResult run(SimulationSettings settings) {
    long started = System.nanoTime();
    Simulation simulation = new Simulation(settings);
    simulation.run();
    return simulation
        .windows
        .result(simulation.sums.result(), simulation.last, (System.nanoTime() - started) / 1e9)
        .with(simulation.auditors.map(Auditors::result).orElse(null));
  }

  private void run() {
    Controller @Nullable [] shadows = null;
    int half = traffic.size() / 2;
    int rehearsed = half - Math.min(half, 20_000);
    for (int i = 0; i < traffic.size(); i++) {
      int p = traffic.partition[i];
      if (succeeds()) {
        if (i == rehearsed) {
          shadows = shadows();
        }
        if (i == half && shadows != null) {
          adopt(shadows);
          shadows = null;
        }
        if (shadows != null) {
          shadows[p].decide(ask(i, risk(i, rescored()), null, Unreviewed.NONE));
        }
      }
      if (settings.scenario() == Scenario.RESTART && i % RESTART_ACTIONS == 0) {
        restart();
      }
      arrive(i);
      double risk = risk(i, rescored() && i >= half);
      double mass = Double.isNaN(risk) ? 0 : Math.pow(10, risk);
      Unreviewed unreviewed = sums.with(traffic, i, mass);
      Decision decision = controllers[p].decide(ask(i, risk, price, unreviewed));
      sums.decided(traffic, i, mass, decision.getReason());
      windows.add(i, decision);
      double actual = traffic.actual[i];
      auditors.ifPresent(a -> a.decided(actual, decision));
      growTask(i, p, risk);
      if (controllers[p].exposureDue()) {
        expose(i, p);
      }
    }
  }

  private static Mandate route(String rule) {
    return new Mandate(EscalationReason.ROUTE, List.of(new Ceiling(rule, ROUTE_CEILING)));
  }

  private void growTask(int i, int p, double risk) {
    double mass = Math.pow(10, risk);
    if (mass > 0) {
      long task = ((long) p << 32) | (traffic.task[i] & 0xffffffffL);
      Double before = taskMass.put(task, mass + taskMass.getOrDefault(task, 0.0));
      controllers[p].taskChanged(before == null ? Double.NaN : before, taskMass.get(task));
    }
  }

  private double risk(int i, boolean byNewPolicy) {
    return traffic.asserted[i] + (byNewPolicy ? 0.5 : 0);
  }

  private Ask ask(int i, double risk, @Nullable Price known, Unreviewed unreviewed) {
    double mass = Math.pow(10, risk);
    return new Ask(
        risk,
        mass,
        "",
        Costs.counted(traffic.cost[i]),
        ROUTES.get(traffic.route[i]),
        new Draws(random.nextDouble(), audits.nextDouble(), "simulated"),
        known,
        new Belonging(
            tag(1, traffic.agent[i]),
            tag(2, traffic.task[i]),
            traffic.actionClass[i] == 0 ? 0 : tag(3, traffic.actionClass[i]),
            traffic.rule[i] == 0 ? 0 : tag(4, traffic.rule[i])),
        unreviewed,
        traffic.atMs[i]);
  }

  /** A hash that spreads (the finaliser of MurmurHash3). */
  static long tag(long kind, long number) {
    long hash = (kind << 32) + number + 1;
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }

  private void arrive(int now) {
    int delay = settings.scenario() == Scenario.STALE_PRICE ? STALE_DELAY : PRICE_DELAY;
    while (!underWay.isEmpty() && underWay.peek().at() + delay <= now) {
      price = underWay.remove().price();
    }
  }

  private void expose(int i, int p) {
    Exposure exposure = controllers[p].exposure(traffic.atMs[i]);
    if (exposure.getProfile() != null) {
      pricer.tell(sums.profile());
    }
    FleetEntry held = entries.get(FleetPricer.key(exposure));
    Optional<Quote> quote = pricer.quote(exposure, held, terms);
    if (quote.isPresent()) {
      entries.put(FleetPricer.key(exposure), quote.get().entry());
      last = quote.get().concentration() == null ? last : quote.get().concentration();
      if (settings.scenario() != Scenario.NO_PRICE) {
        underWay.add(new Sent(i, quote.get().price()));
      }
    }
  }

  /** Whether another policy takes over half-way. */
  private boolean succeeds() {
    return rescored() || settings.scenario() == Scenario.CAPACITY;
  }

  private boolean rescored() {
    return settings.scenario() == Scenario.NEW_POLICY;
  }

  /** Where capacity is the story, tiers can do so much of what the budget pays for. */
  private Terms terms(double capacity) {
    List<Tier> tiers = settings.tiers();
    if (settings.scenario() == Scenario.CAPACITY) {
      double paid = Fleet.RATE * SECONDS_AN_HOUR * settings.budget().tax() / tiers.size();
      tiers = tiers.stream().map(t -> t.withCapacity(capacity * paid / t.cost())).toList();
    }
    return new Terms(Ladder.of(tiers), settings.budget(), settings.audit(), lines());
  }

  private Lines lines() {
    return settings.lines().raised(settings.scenario().lineDecades());
  }

  private void restart() {
    sums.restart();
    for (int p = 0; p < controllers.length; p++) {
      controllers[p] =
          Controller.restored(STATE.decode(STATE.encode(controllers[p].state())), terms);
    }
  }

  private Controller[] shadows() {
    Controller[] shadows = new Controller[controllers.length];
    for (int p = 0; p < shadows.length; p++) {
      shadows[p] =
          Controller.fresh(new Seat(p, shadows.length), terms(CAPACITY / 2), new byte[] {2});
    }
    return shadows;
  }

  private void adopt(Controller[] shadows) {
    for (int p = 0; p < controllers.length; p++) {
      controllers[p] = shadows[p].succeeding(controllers[p]);
    }
    terms = terms(CAPACITY / 2);
  }
}
