/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.AuditSettings;
import dev.weir.policy.AuditSettings.Band;
import dev.weir.policy.Policy;
import dev.weir.policy.Tier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * With what probability an action that is not escalated is audited: a function of its stratum
 * alone, its band of risk and its class, so no price moves it and no agent can tell.
 *
 * <p>Invariant: every inclusion probability is at least the least of its stratum, whatever the
 * budget, unless the budget is nothing at all: then there is no review, and no audit.
 */
public final class AuditPlan {
  /** Audits nothing. */
  public static final AuditPlan NONE = new AuditPlan(null, null);

  private final @Nullable AuditSettings settings;
  private final @Nullable Tier screen;

  private AuditPlan(@Nullable AuditSettings settings, @Nullable Tier screen) {
    this.settings = settings;
    this.screen = screen;
  }

  /** A policy's. */
  public static AuditPlan of(Policy policy) {
    return policy.budget().tax() > 0
        ? policy.audit().map(audit -> of(audit, policy.tiers())).orElse(NONE)
        : NONE;
  }

  /** The plan of these settings, which ask one of these tiers. */
  public static AuditPlan of(AuditSettings settings, List<Tier> tiers) {
    Tier screen =
        tiers.stream().filter(t -> t.id().equals(settings.screen())).findFirst().orElseThrow();
    return new AuditPlan(settings, screen);
  }

  /** How audits are made; empty if there are none. */
  public Optional<AuditSettings> settings() {
    return Optional.ofNullable(settings);
  }

  /** The tier that is asked first; null if there are no audits. */
  @Nullable Tier screen() {
    return screen;
  }

  /**
   * Probability, over the chance key, with which an action that is not escalated is audited, in [0,
   * 1]; 0 if it adds no mass, since what it carries out was judged before.
   *
   * @param risk log10 of expected loss in LU; NaN is of the highest band
   * @param mass 10^risk in LU, or 0 if it adds none
   * @param actionClass the action's class, or ""
   */
  public double inclusion(double risk, double mass, String actionClass) {
    return settings == null || !(mass > 0 || Double.isNaN(mass))
        ? 0
        : settings.least(band(settings.bands(), risk), actionClass);
  }

  private static int band(List<Band> bands, double risk) {
    int band = 0;
    while (band < bands.size() && !(risk < bands.get(band).from())) {
      band++;
    }
    return band;
  }
}
