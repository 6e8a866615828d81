/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest good value of a global topic by policy, decoded once, read by every stream thread. A
 * restart fills it again from the topic.
 *
 * @param <T> value
 */
public final class Board<T> {
  private final Map<String, T> latest = new ConcurrentHashMap<>();

  /** Hangs up the latest value for the policy of that digest, in hex. */
  void put(String policyDigest, T value) {
    latest.put(policyDigest, value);
  }

  /** The latest value for the policy of that digest, in hex; null before any. */
  public @Nullable T get(String policyDigest) {
    return latest.get(policyDigest);
  }
}
