/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds a {@link LiveStore} over another builder's store; logging is that one's. */
final class LiveStoreBuilder<V> implements StoreBuilder<KeyValueStore<String, V>> {
  private final StoreBuilder<KeyValueStore<String, V>> wrapped;
  private final int maxLive;

  LiveStoreBuilder(StoreBuilder<KeyValueStore<String, V>> wrapped, int maxLive) {
    this.wrapped = wrapped;
    this.maxLive = maxLive;
  }

  @Override
  public KeyValueStore<String, V> build() {
    return new LiveStore<>(wrapped.build(), maxLive);
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withCachingEnabled() {
    throw new UnsupportedOperationException("a live store is its own cache");
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withLoggingEnabled(Map<String, String> config) {
    wrapped.withLoggingEnabled(config);
    return this;
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withLoggingDisabled() {
    wrapped.withLoggingDisabled();
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return wrapped.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return wrapped.loggingEnabled();
  }

  @Override
  public String name() {
    return wrapped.name();
  }
}
