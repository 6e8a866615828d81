/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.util.SplittableRandom;

/** A simulated log's scores: log10 of expected loss, action by action, from a seed. */
enum Scenario {
  LOG_NORMAL {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      return -2 + 1.2 * gauss(random);
    }
  },
  PARETO_0_8 {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      return pareto(0.8, random);
    }
  },
  PARETO_2 {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      return pareto(2, random);
    }
  },
  ALL_EQUAL {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      return 1.25;
    }
  },
  TWO_ATOMS {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      double x = random.nextDouble();
      return x < 0.0005 ? 5 : x < 0.02 ? 3.5 : -1 + 0.5 * gauss(random);
    }
  },
  TEN_ATOMS {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      return Math.floor(3 * pareto(1, random)) / 3;
    }
  },
  SHIFT_UP {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      return -2 + 1.2 * gauss(random) + (i > n / 2 ? 2 : 0);
    }
  },
  SHIFT_DOWN {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      return -2 + 1.2 * gauss(random) - (i > n / 2 ? 2 : 0);
    }
  },
  DRIFT {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      return -2 + 1.2 * gauss(random) + 3.0 * i / n;
    }
  },
  SUITES {
    @Override
    double risk(int i, int n, SplittableRandom random) {
      int suite = i * 6 / n;
      return -2 + suite % 3 + (0.6 + 0.3 * (suite % 2)) * gauss(random);
    }
  };

  /** The risk of action i of n. */
  abstract double risk(int i, int n, SplittableRandom random);

  private static double pareto(double index, SplittableRandom random) {
    return -Math.log10(1 - random.nextDouble()) / index;
  }

  private static double gauss(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
