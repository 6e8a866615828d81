/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import org.jspecify.annotations.Nullable;

/**
 * Where values are kept between actions: a store, or memory.
 *
 * @param <V> value, changed in place and put again
 */
public interface Kept<V> {
  /** The value of that key, or null. */
  @Nullable V get(String key);

  /** Keeps a value. */
  void put(String key, V value);
}
