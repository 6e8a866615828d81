/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.config.WeirConfig;

/**
 * How candidates are tried.
 *
 * @param maxMs how long a trial may take, in ms of broker time
 * @param samplesPerHour samples an hour of broker time and partition, at most
 */
public record TrialSettings(long maxMs, int samplesPerHour) {

  /** As configured. */
  public static TrialSettings of(WeirConfig config) {
    return new TrialSettings(
        config.getLong(WeirConfig.POLICY_TRIAL_MAX_MS),
        config.getInt(WeirConfig.SHADOW_SAMPLES_PER_HOUR));
  }
}
