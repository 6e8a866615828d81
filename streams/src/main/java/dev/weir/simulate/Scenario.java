/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happens to a simulated fleet. Names are those of {@code weir simulate --scenario}. */
public enum Scenario {
  STEADY("the same all along, risk log-normal"),
  HEAVY_TAIL("risk is Pareto of index 0.8: no mean, a few actions hold most") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      spot.traffic().asserted[spot.at()] = fleet.pareto(0.8) - 2;
      stray(spot, fleet, 0.3);
    }
  },
  LIGHT_TAIL("risk is Pareto of index 2") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      spot.traffic().asserted[spot.at()] = fleet.pareto(2) - 2;
      stray(spot, fleet, 0.3);
    }
  },
  TIES("all scores are equal") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      spot.traffic().asserted[spot.at()] = 1.25;
      stray(spot, fleet, 0.3);
    }

    @Override
    double lineDecades() {
      return 1;
    }
  },
  ATOMS("two values around the cut: one action in 2,000 at 5, one in 50 at 3.5") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      double x = fleet.random().nextDouble();
      if (x < 0.02) {
        spot.traffic().asserted[spot.at()] = x < 0.0005 ? 5 : 3.5;
        stray(spot, fleet, 0.3);
      }
    }

    @Override
    double lineDecades() {
      return 2;
    }
  },
  SHIFT_UP("risk is 100 times higher from half of the run on") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      shift(spot, spot.done() >= 0.5 ? 2 : 0);
    }

    @Override
    double lineDecades() {
      return 1;
    }
  },
  SHIFT_DOWN("risk is 100 times lower from half of the run on") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      shift(spot, spot.done() >= 0.5 ? -2 : 0);
    }
  },
  DRIFT("risk rises by three decades over the run") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      shift(spot, 3 * spot.done());
    }

    @Override
    double lineDecades() {
      return 1;
    }
  },
  DAILY("three days in the run: by day three times the traffic and twice the risk") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      shift(spot, 0.15 * Math.sin(6 * Math.PI * spot.done()));
    }

    @Override
    double rate(double done) {
      return 1 + 0.5 * Math.sin(6 * Math.PI * done);
    }
  },
  BURSTS("in every fiftieth stretch of 1,000 actions one action in ten is ten times as risky") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      if (spot.at() / 1000 % 50 == 0 && fleet.random().nextInt(10) == 0) {
        shift(spot, 1);
      }
    }
  },
  FLOOD("from a tenth on, one agent adds a decoy to every twentieth action, three decades up") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      if (spot.done() >= 0.1 && fleet.random().nextInt(20) == 0) {
        int task = Fleet.AGENTS * 50 + fleet.random().nextInt(40);
        decoy(spot, fleet, ATTACKER, -task, 3);
      }
    }
  },
  ROTATE("the same decoys, each under a task id of its own") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      if (spot.done() >= 0.1 && fleet.random().nextInt(20) == 0) {
        decoy(spot, fleet, ATTACKER, fleet.newTask(), 3);
      }
    }
  },
  SALAMI(
      "from a tenth on, one action in twenty is of one agent in one task, each below the price") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      if (spot.done() >= 0.1 && fleet.random().nextInt(20) == 0) {
        slice(spot, -1);
      }
    }
  },
  CROSS_TASK("one agent's small actions add up to 0.95 of the task's line in each of two tasks") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      double each = 19_000 / (0.4 * spot.traffic().size());
      if (spot.done() >= 0.1 && spot.done() < 0.5 && fleet.random().nextDouble() < each) {
        slice(spot, spot.at() % 2 == 0 ? -1 : -2);
      }
    }
  },
  SYBIL("from a tenth on, 5,000 agents that nobody knows, with one decoy each") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      double each = 5000 / (0.9 * spot.traffic().size());
      if (spot.done() >= 0.1 && fleet.random().nextDouble() < each) {
        int task = fleet.newTask();
        decoy(spot, fleet, ATTACKER + task, task, 3);
      }
    }
  },
  COST("one agent in ten says that its actions cost 1,000, 0 or no number") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      if (spot.traffic().agent[spot.at()] % 10 == 0) {
        double[] said = {1000, 0, Double.NaN};
        spot.traffic().cost[spot.at()] = said[spot.at() % 3];
        spot.traffic().attack[spot.at()] = true;
      }
    }
  },
  ONE_CLASS("one class in eight is a hundred times as risky as the others") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      shift(spot, spot.traffic().actionClass[spot.at()] == Fleet.CLASSES ? 2 : 0);
    }
  },
  SKEW("one task has half of the traffic") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      if (fleet.random().nextBoolean()) {
        spot.traffic().task[spot.at()] = 0;
        spot.traffic().agent[spot.at()] = 0;
      }
    }
  },
  SILENT("a quarter of the partitions have no traffic between 0.4 and 0.7 of the run") {
    @Override
    int partition(int home, double done, int partitions) {
      boolean silent = done >= 0.4 && done < 0.7 && home < partitions / 4;
      return silent ? home + partitions / 2 : home;
    }
  },
  STALE_PRICE("fleet prices come 20,000 actions late"),
  NO_PRICE("fleet prices never come"),
  RESTART("every partition restarts from its stored state every 5,000 actions"),
  NEW_POLICY("half-way a policy that scores half a decade higher takes over"),
  MISCALIBRATED("scores stray from the truth by a decade") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      stray(spot, fleet, 1);
    }
  },
  WRONG_RULE("from a tenth on, a rule puts one action in 200 three decades too high") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      if (spot.done() >= 0.1 && fleet.random().nextInt(200) == 0) {
        spot.traffic().asserted[spot.at()] += 3;
        spot.traffic().rule[spot.at()] = 1;
        spot.traffic().actionClass[spot.at()] = 1;
      }
    }
  },
  WRONG_ROUTE(
      "one action in 20,000 must be reviewed; from a tenth on a rule asks for that on every"
          + " action") {
    @Override
    void shape(Fleet.Spot spot, Fleet fleet) {
      if (fleet.random().nextInt(20_000) == 0) {
        spot.traffic().route[spot.at()] = Traffic.RIGHT_ROUTE;
      } else if (spot.done() >= 0.1) {
        spot.traffic().route[spot.at()] = Traffic.WRONG_ROUTE;
      }
    }
  },
  CAPACITY(
      "all tiers can do 1.25 times what the budget pays for, and half of that from half-way on");

  private static final int ATTACKER = 1_000_000;

  private final String about;

  Scenario(String about) {
    this.about = about;
  }

  /** What happens, in one line. */
  public String about() {
    return about;
  }

  /** The name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The scenario of that name.
   *
   * @throws IllegalArgumentException with all names if there is none
   */
  public static Scenario named(String label) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no scenario '%s'; there are: %s".formatted(label, names())));
  }

  /** All names, with commas. */
  public static String names() {
    return Arrays.stream(values()).map(Scenario::label).collect(Collectors.joining(", "));
  }

  /** Changes the ordinary action that stands at a spot. */
  void shape(Fleet.Spot spot, Fleet fleet) {}

  /** Decades by which this fleet's operator has lines above the policy's: honest mass is higher. */
  double lineDecades() {
    return 0;
  }

  /** Traffic over its mean, at that share of the run. */
  double rate(double done) {
    return 1;
  }

  /** The partition that takes what belongs to {@code home}. */
  int partition(int home, double done, int partitions) {
    return home;
  }

  private static void shift(Fleet.Spot spot, double decades) {
    spot.traffic().asserted[spot.at()] += decades;
    spot.traffic().actual[spot.at()] += decades;
  }

  private static void stray(Fleet.Spot spot, Fleet fleet, double decades) {
    spot.traffic().actual[spot.at()] =
        spot.traffic().asserted[spot.at()] + decades * fleet.normal();
  }

  /** A part of a harm: 1 LU, as it is. */
  private static void slice(Fleet.Spot spot, int task) {
    Traffic traffic = spot.traffic();
    traffic.attack[spot.at()] = true;
    traffic.agent[spot.at()] = ATTACKER;
    traffic.task[spot.at()] = task;
    traffic.asserted[spot.at()] = 0;
    traffic.actual[spot.at()] = 0;
  }

  private static void decoy(Fleet.Spot spot, Fleet fleet, int agent, int task, double decades) {
    Traffic traffic = spot.traffic();
    traffic.attack[spot.at()] = true;
    traffic.agent[spot.at()] = agent;
    traffic.task[spot.at()] = task;
    traffic.asserted[spot.at()] = Fleet.MEAN + decades + 0.5 * fleet.normal();
    traffic.actual[spot.at()] = Fleet.MEAN;
  }
}
