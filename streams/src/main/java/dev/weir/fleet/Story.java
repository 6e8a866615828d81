/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fleet;

import java.util.ArrayList;
import java.util.List;

/** How one task goes: its agent, and its calls in order. Made from a seed alone. */
final class Story {
  private static final int LEAST_CALLS = 3;
  private static final int MOST_CALLS = 30;
  private static final double GO_ON = 0.875; // mean of about ten calls
  private static final double MINOR = 0.12;
  private static final double CONSEQUENTIAL_TASKS = 0.12;

  final Scene scene;
  final Archetype archetype;
  final List<Call> calls = new ArrayList<>();

  Story(long seed, double harmfulTasks) {
    this.scene = new Scene(seed);
    this.archetype = choose(scene);
    int length = LEAST_CALLS;
    while (length < MOST_CALLS && scene.chance(GO_ON)) {
      length++;
    }
    boolean harmful = scene.chance(harmfulTasks);
    boolean consequential = scene.chance(CONSEQUENTIAL_TASKS);
    for (int i = 0; i < length; i++) {
      calls.add(i > 0 && scene.chance(MINOR) ? archetype.minor() : archetype.routine());
    }
    if (consequential) {
      calls.set(length - 1, archetype.consequential());
    }
    if (harmful) {
      List<Call> end = archetype.catastrophe();
      calls.addAll(scene.between(1, length), end);
    }
  }

  private static Archetype choose(Scene scene) {
    int draw = scene.between(0, 99);
    for (Archetype.Share share : Archetype.FLEET) {
      draw -= share.percent();
      if (draw < 0) {
        return share.kind().apply(scene);
      }
    }
    throw new IllegalStateException("the fleet's shares do not add up to 100 %");
  }
}
