/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.policy.Policy;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Under which policy a partition takes an action, and which one scores beside it without effect.
 *
 * @param generation that the partition has adopted; 0 is the configuration's
 * @param policy in force
 * @param digest its digest
 * @param candidate what scores beside it; null for none
 */
record Stance(long generation, Policy policy, ByteBuffer digest, @Nullable Candidate candidate) {

  /**
   * A policy that scores without effect.
   *
   * @param generation of the pointer that calls for it
   * @param policy compiled
   * @param document what it was compiled from
   * @param wants whether it goes live if its trial is passed; else it only shadows
   */
  record Candidate(long generation, Policy policy, String document, boolean wants) {}
}
