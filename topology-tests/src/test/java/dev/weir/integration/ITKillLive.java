/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import org.junit.jupiter.api.Test;

/** The store that uses an internal hook of Kafka Streams stays exact when it is killed. */
class ITKillLive {
  @Test
  void shouldAssessEveryActionOnceWhenKilledTwice() throws Exception {
    KillStory.tell("live");
  }
}
