/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import org.junit.jupiter.api.Test;

/** The plain store stays exact when it is killed. */
class ITKillPlain {
  @Test
  void shouldAssessEveryActionOnceWhenKilledTwice() throws Exception {
    KillStory.tell("plain");
  }
}
