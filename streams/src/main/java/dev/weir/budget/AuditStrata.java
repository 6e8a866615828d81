/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.AuditSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The strata of an audit: bands of risk times classes of actions.
 *
 * <p>Invariant: at most {@link #MAX_CLASSES} classes, the rest together as another; so there are at
 * most 8 · 32 strata whatever agents send.
 */
public final class AuditStrata {
  /** Most classes with strata of their own, in the policy's order. */
  public static final int MAX_CLASSES = 31;

  private final AuditSettings settings;
  private final Map<String, Integer> classes = new LinkedHashMap<>();
  private final List<Double> floors = new ArrayList<>();

  /**
   * @param settings of the policy
   * @param classes of the policy
   */
  public AuditStrata(AuditSettings settings, Collection<String> classes) {
    this.settings = settings;
    for (String name : classes) {
      if (this.classes.size() < MAX_CLASSES) {
        this.classes.put(name, this.classes.size());
        floors.add(settings.leastOf(name));
      }
    }
    floors.add(settings.least());
  }

  AuditSettings settings() {
    return settings;
  }

  /** How many. */
  public int size() {
    return (settings.bands().size() + 1) * floors.size();
  }

  /**
   * The stratum of an action, in [0, {@link #size}).
   *
   * @param risk log10 of expected loss in LU; NaN is of the highest band
   * @param actionClass the action's class, or ""
   */
  public int of(double risk, String actionClass) {
    int band = 0;
    while (band < settings.bands().size() && !(risk < settings.bands().get(band))) {
      band++;
    }
    return band * floors.size() + classes.getOrDefault(actionClass, floors.size() - 1);
  }

  /** The least inclusion probability in a stratum. */
  public double least(int stratum) {
    return floors.get(stratum % floors.size());
  }
}
