/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

/**
 * What came of one window.
 *
 * @param actions in it
 * @param reviews of them, audits excepted
 * @param taxRatio spend, audits included, over the window's budget, mandatory reviews excepted
 * @param captureRatio asserted mass captured, times assurance, over the most that the same spend on
 *     reviews could have
 * @param trueCaptureRatio the same of the mass as it is
 */
public record WindowResult(
    int actions, int reviews, double taxRatio, double captureRatio, double trueCaptureRatio) {}
