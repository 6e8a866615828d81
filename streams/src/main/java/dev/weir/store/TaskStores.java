/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Makes the builders of the changelogged stores.
 *
 * @param kind how values are kept between commits
 * @param maxLive live values a store and partition keeps at most
 */
public record TaskStores(StoreKind kind, int maxLive) {

  /** A store keyed by text. */
  public <V> StoreBuilder<KeyValueStore<String, V>> keyed(String name, Serde<V> values) {
    StoreBuilder<KeyValueStore<String, V>> plain = plain(name, values);
    return kind == StoreKind.LIVE ? new LiveStoreBuilder<>(plain, maxLive) : plain;
  }

  /** The same for values that are large and seldom read: none is kept live. */
  public <V> StoreBuilder<KeyValueStore<String, V>> large(String name, Serde<V> values) {
    return plain(name, values);
  }

  private static <V> StoreBuilder<KeyValueStore<String, V>> plain(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withCachingDisabled();
  }

  /** A store of bytes, ordered by key. */
  public StoreBuilder<KeyValueStore<byte[], byte[]>> ordered(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withCachingDisabled();
  }
}
