/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * What chance has decided of one action.
 *
 * @param u splits actions that count as equal at a cut, in [0, 1)
 * @param auditU decides whether it is audited, independent of u, in [0, 1)
 * @param keyId names the key of the epoch that drew both
 */
public record Draws(double u, double auditU, String keyId) {}
