/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest good value of a global topic by key, decoded once, read by every stream thread. A
 * restart fills it again from the topic.
 *
 * @param <T> value
 */
public final class Board<T> {
  private final Map<String, T> latest = new ConcurrentHashMap<>();

  /** Hangs up the latest value of that key. */
  void put(String key, T value) {
    latest.put(key, value);
  }

  /** Takes down what hangs under {@code key}. */
  void remove(String key) {
    latest.remove(key);
  }

  /** How many values hang here. */
  int size() {
    return latest.size();
  }

  /** The latest value of that key, such as a policy's digest in hex; null before any. */
  public @Nullable T get(String key) {
    return latest.get(key);
  }
}
