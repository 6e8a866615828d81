/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import java.util.SplittableRandom;

/**
 * Writes traffic: {@value #AGENTS} agents with a task at hand each, of {@value #TASK_ACTIONS}
 * actions in the mean; classes differ in risk, and the policy's scores stray from the truth.
 *
 * <p>Invariant: a function of the settings. Risk is normal in decades within a class, so that mass
 * is log-normal, if a scenario says nothing else.
 */
final class Fleet {
  static final int AGENTS = 200;
  static final int TASK_ACTIONS = 20;

  /** Classes of actions. Their risks differ in the mean, and so do their shares. */
  static final int CLASSES = 8;

  /** Rules of a class. */
  private static final int RULES = 6;

  /** Standard deviation of risk in a class, in decades. */
  static final double SPREAD = 1;

  /** Mean of risk in the lowest class. */
  static final double MEAN = -2.1;

  private static final double CLASS_STEP = 0.05;

  /** Actions a second in the fleet's own time. */
  static final double RATE = 100;

  private final SimulationSettings settings;
  private final SplittableRandom random;
  private final int[] taskOf = new int[AGENTS];
  private int tasks;

  private Fleet(SimulationSettings settings) {
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
  }

  /** The traffic of a scenario. */
  static Traffic write(SimulationSettings settings) {
    return new Fleet(settings).write();
  }

  private Traffic write() {
    Traffic traffic = new Traffic(settings.actions());
    for (int agent = 0; agent < AGENTS; agent++) {
      taskOf[agent] = tasks++;
    }
    double clockMs = 0;
    for (int i = 0; i < traffic.size(); i++) {
      double done = (double) i / traffic.size();
      clockMs += 1000 / (RATE * settings.scenario().rate(done));
      traffic.atMs[i] = (long) clockMs;
      ordinary(traffic, i);
      settings.scenario().shape(new Spot(traffic, i, done), this);
      traffic.partition[i] = (short) partition(traffic, i, done);
    }
    return traffic;
  }

  /** Where in the traffic a scenario has its say. */
  record Spot(Traffic traffic, int at, double done) {}

  private void ordinary(Traffic traffic, int i) {
    int agent = random.nextInt(AGENTS);
    if (random.nextInt(TASK_ACTIONS) == 0) {
      taskOf[agent] = tasks++;
    }
    int actionClass = 1 + random.nextInt(CLASSES);
    traffic.agent[i] = agent;
    traffic.task[i] = taskOf[agent];
    traffic.actionClass[i] = (byte) actionClass;
    traffic.rule[i] = (short) (actionClass * RULES + random.nextInt(RULES));
    traffic.cost[i] = 1;
    traffic.asserted[i] = MEAN + CLASS_STEP * actionClass + SPREAD * normal();
    traffic.actual[i] = traffic.asserted[i] + 0.3 * normal();
  }

  private int partition(Traffic traffic, int i, double done) {
    int home = mix(traffic.task[i]) % settings.partitions();
    return settings.scenario().partition(home, done, settings.partitions());
  }

  /** Spreads task numbers over partitions. */
  private static int mix(int task) {
    int hash = task * 0x9E3779B9;
    return (hash ^ hash >>> 15) >>> 1;
  }

  SplittableRandom random() {
    return random;
  }

  /** A number for a task that nobody has. */
  int newTask() {
    return tasks++;
  }

  /** Standard normal (Box and Muller, 1958). */
  double normal() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** log10 of a Pareto number from 1 with that index. */
  double pareto(double index) {
    return -Math.log10(1 - random.nextDouble()) / index;
  }
}
