/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.budget.Chance;
import dev.weir.budget.Commitments;
import dev.weir.config.WeirConfig;

/**
 * What chance rests on.
 *
 * @param masterKey the secret that every chance is drawn from
 * @param epochMs length of an epoch, in ms
 * @param revealDelayMs from an epoch's end until its key is told, in ms
 */
@SuppressWarnings("ArrayRecordComponent") // read once, when processors are made
record ChanceSettings(byte[] masterKey, long epochMs, long revealDelayMs) {

  static ChanceSettings of(WeirConfig config, byte[] masterKey) {
    return new ChanceSettings(
        masterKey,
        config.getLong(WeirConfig.CHANCE_EPOCH_MS),
        config.getLong(WeirConfig.CHANCE_REVEAL_DELAY_MS));
  }

  /** Chance for one thread. */
  Chance chance() {
    return new Chance(masterKey, epochMs);
  }

  Commitments commitments() {
    return new Commitments(chance(), revealDelayMs);
  }
}
