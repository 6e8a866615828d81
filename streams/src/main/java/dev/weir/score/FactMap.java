/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.Fact;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The few facts that one view found, in the order in which they were put. An {@code EnumMap} has
 * room for every fact there is, which costs more than most views find. Not for many: a look-up
 * passes them all.
 */
final class FactMap extends AbstractMap<Fact, Object> {
  private Fact[] keys = new Fact[8];
  private Object[] values = new Object[8];
  private int size;

  @Override
  public @Nullable Object put(Fact fact, Object value) {
    int at = find(fact);
    if (at >= 0) {
      Object before = values[at];
      values[at] = value;
      return before;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    keys[size] = fact;
    values[size++] = value;
    return null;
  }

  private int find(@Nullable Object fact) {
    for (int i = 0; i < size; i++) {
      if (keys[i] == fact) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public @Nullable Object get(@Nullable Object fact) {
    int at = find(fact);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(@Nullable Object fact) {
    return find(fact) >= 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void forEach(BiConsumer<? super Fact, ? super Object> action) {
    for (int i = 0; i < size; i++) {
      action.accept(keys[i], values[i]);
    }
  }

  @Override
  public Set<Map.Entry<Fact, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<Fact, Object>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<Fact, Object>> {
    private int at;

    @Override
    public boolean hasNext() {
      return at < size;
    }

    @Override
    public Map.Entry<Fact, Object> next() {
      if (at == size) {
        throw new NoSuchElementException();
      }
      return Map.entry(keys[at], values[at++]);
    }
  }
}
