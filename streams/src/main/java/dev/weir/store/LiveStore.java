/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A key-value store that keeps its most recently used values as live objects and writes those that
 * were put through to the wrapped store when the stream task commits, so that a value is encoded
 * once a commit and not once an action.
 *
 * <p>Invariant: after {@link #flushCache}, and before an entry is evicted, the wrapped store holds
 * every value as last put. Whoever changes a live object must put it before the next record, and
 * must have validated fully before the change. Iteration writes through first.
 *
 * <p>This is the one class that uses an internal hook of Kafka Streams: {@code flushCache} is
 * called from {@code StreamTask.prepareCommit}, before the transaction commits (4.3.1). Used by one
 * stream thread; interactive queries must not read it.
 *
 * @param <V> value, changed in place
 */
final class LiveStore<V> extends WrappedStateStore<KeyValueStore<String, V>, String, V>
    implements KeyValueStore<String, V> {
  private final int maxLive;
  private final LinkedHashMap<String, Live<V>> live = new LinkedHashMap<>(1024, 0.75f, true);

  /**
   * Entries that were put since the last write-through; some may be clean again. Bounded by the
   * records of one commit interval.
   */
  private final List<Live<V>> put = new ArrayList<>();

  private static final class Live<V> {
    final String key;
    final V value;
    boolean dirty;

    Live(String key, V value) {
      this.key = key;
      this.value = value;
    }
  }

  LiveStore(KeyValueStore<String, V> wrapped, int maxLive) {
    super(wrapped);
    this.maxLive = maxLive;
  }

  @Override
  @SuppressWarnings("NullAway") // a store answers null for a key that it does not hold
  public @Nullable V get(String key) {
    Live<V> found = live.get(key);
    if (found != null) {
      return found.value;
    }
    V stored = wrapped().get(key);
    if (stored != null) {
      keep(new Live<>(key, stored));
    }
    return stored;
  }

  @Override
  public void put(String key, @Nullable V value) {
    if (value == null) {
      delete(key);
      return;
    }
    Live<V> found = live.get(key);
    Live<V> entry = found != null && found.value == value ? found : new Live<>(key, value);
    if (!entry.dirty) {
      entry.dirty = true;
      put.add(entry);
    }
    if (entry != found) {
      keep(entry);
    }
  }

  private void keep(Live<V> entry) {
    Live<V> replaced = live.put(entry.key, entry);
    if (replaced != null) {
      replaced.dirty = false;
    }
    if (live.size() > maxLive) {
      Iterator<Live<V>> eldest = live.values().iterator();
      writeThrough(eldest.next());
      eldest.remove();
    }
  }

  private void writeThrough(Live<V> entry) {
    if (entry.dirty) {
      wrapped().put(entry.key, entry.value);
      entry.dirty = false;
    }
  }

  private void writeThroughAll() {
    put.forEach(this::writeThrough);
    put.clear();
  }

  @Override
  public void flushCache() {
    writeThroughAll();
    super.flushCache();
  }

  @Override
  public void clearCache() {
    live.clear();
    put.clear();
    super.clearCache();
  }

  @Override
  public void close() {
    live.clear();
    put.clear();
    super.close();
  }

  @Override
  public @Nullable V putIfAbsent(String key, V value) {
    V present = get(key);
    if (present == null) {
      put(key, value);
    }
    return present;
  }

  @Override
  public void putAll(List<KeyValue<String, V>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public @Nullable V delete(String key) {
    Live<V> removed = live.remove(key);
    V stored = wrapped().delete(key);
    if (removed == null) {
      return stored;
    }
    removed.dirty = false;
    return removed.value;
  }

  @Override
  public KeyValueIterator<String, V> range(@Nullable String from, @Nullable String to) {
    writeThroughAll();
    return wrapped().range(from, to);
  }

  @Override
  public KeyValueIterator<String, V> all() {
    writeThroughAll();
    return wrapped().all();
  }

  @Override
  public long approximateNumEntries() {
    return Math.max(live.size(), wrapped().approximateNumEntries());
  }
}
