/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.AbstractIterator;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store in memory that keeps text as a real one keeps bytes: what is changed in a live object
 * without a put is not seen here. Lists what was written.
 */
final class EncodedStore implements KeyValueStore<String, StringBuilder> {
  final TreeMap<String, String> entries = new TreeMap<>();
  final List<String> writes = new ArrayList<>();

  @Override
  public StringBuilder get(String key) {
    String stored = entries.get(key);
    return stored == null ? null : new StringBuilder(stored);
  }

  @Override
  public void put(String key, StringBuilder value) {
    writes.add(key + "=" + value);
    if (value == null) {
      entries.remove(key);
    } else {
      entries.put(key, value.toString());
    }
  }

  @Override
  public StringBuilder putIfAbsent(String key, StringBuilder value) {
    StringBuilder present = get(key);
    if (present == null) {
      put(key, value);
    }
    return present;
  }

  @Override
  public void putAll(List<KeyValue<String, StringBuilder>> all) {
    all.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public StringBuilder delete(String key) {
    StringBuilder present = get(key);
    writes.add(key + "=null");
    entries.remove(key);
    return present;
  }

  @Override
  public KeyValueIterator<String, StringBuilder> range(String from, String to) {
    return over(
        from.compareTo(to) > 0
            ? new TreeMap<>()
            : new TreeMap<>(entries.subMap(from, true, to, true)));
  }

  @Override
  public KeyValueIterator<String, StringBuilder> all() {
    return over(new TreeMap<>(entries));
  }

  private static KeyValueIterator<String, StringBuilder> over(TreeMap<String, String> found) {
    return new Entries(found);
  }

  @Override
  public long approximateNumEntries() {
    return entries.size();
  }

  @Override
  public String name() {
    return "encoded";
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void commit(Map<TopicPartition, Long> offsets) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  private static final class Entries extends AbstractIterator<KeyValue<String, StringBuilder>>
      implements KeyValueIterator<String, StringBuilder> {
    private final TreeMap<String, String> left;

    Entries(TreeMap<String, String> left) {
      this.left = left;
    }

    @Override
    protected KeyValue<String, StringBuilder> makeNext() {
      Map.Entry<String, String> next = left.pollFirstEntry();
      return next == null
          ? allDone()
          : KeyValue.pair(next.getKey(), new StringBuilder(next.getValue()));
    }

    @Override
    public String peekNextKey() {
      return left.firstKey();
    }

    @Override
    public void close() {}
  }
}
