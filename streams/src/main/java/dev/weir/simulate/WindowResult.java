/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

/**
 * What came of one window.
 *
 * @param actions in it
 * @param reviews of them, audits and those of lines excepted
 * @param mandatory of the reviews, those asked whatever the price
 * @param waiting actions that wait above their ceiling
 * @param full times that a tier would have been asked and had no room
 * @param taxRatio spend over the window's budget, audits and mandatory reviews included
 * @param lineRatio spend on reviews of lines over the window's budget, which does not pay for them
 * @param captureRatio asserted mass captured, times assurance, over the most that the same spend on
 *     reviews could have
 * @param trueCaptureRatio the same of the mass as it is
 */
public record WindowResult(
    int actions,
    int reviews,
    int mandatory,
    int waiting,
    int full,
    double taxRatio,
    double lineRatio,
    double captureRatio,
    double trueCaptureRatio) {}
