/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are an action within every limit, or a refusal that says why. */
class ActionDecoderFuzzTest {
  /** One decoder for all inputs, as in production: none may spoil it for the next. */
  private static final ActionDecoder USED = new ActionDecoder(Limits.DEFAULT);

  @FuzzTest(maxDuration = "5m")
  void decode(byte[] value) {
    Intake intake = USED.decode(value, Actions.ORIGIN);

    Sound.assertIntake(intake, value);
    Sound.assertSame(Actions.decoded(value), intake);
  }
}
