/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;

class LiveStoreTest {
  private final EncodedStore encoded = new EncodedStore();
  private final LiveStore<StringBuilder> live = new LiveStore<>(encoded, 2);

  @Test
  void shouldHandOutTheSameObjectWhenItIsLive() {
    StringBuilder value = new StringBuilder("1");
    live.put("a", value);

    assertThat(live.get("a")).isSameAs(value);
    assertThat(encoded.writes).isEmpty();
  }

  @Test
  void shouldWriteOnceWhenAnEntryIsPutOftenBeforeTheCommit() {
    StringBuilder value = new StringBuilder("1");
    for (int i = 0; i < 10; i++) {
      live.put("a", value.append(i));
    }
    live.flushCache();
    live.flushCache();

    assertThat(encoded.writes).containsExactly("a=10123456789");
  }

  @Test
  void shouldWriteAgainWhenAnEntryIsPutAfterTheCommit() {
    StringBuilder value = new StringBuilder("1");
    live.put("a", value);
    live.flushCache();
    live.put("a", value.append("2"));
    live.flushCache();

    assertThat(encoded.writes).containsExactly("a=1", "a=12");
  }

  @Test
  void shouldWriteNothingWhenEntriesWereOnlyRead() {
    encoded.entries.put("a", "1");

    assertThat(live.get("a")).asString().isEqualTo("1");
    assertThat(live.get("b")).isNull();
    live.flushCache();

    assertThat(encoded.writes).isEmpty();
  }

  @Test
  void shouldWriteFirstWhenDirtyEntryIsEvicted() {
    live.put("a", new StringBuilder("1"));
    live.put("b", new StringBuilder("2"));
    live.get("a");
    live.put("c", new StringBuilder("3"));

    assertThat(encoded.writes).containsExactly("b=2");
    assertThat(live.get("b")).asString().isEqualTo("2");
  }

  @Test
  void shouldNotWriteWhenCleanEntryIsEvicted() {
    live.put("a", new StringBuilder("1"));
    live.flushCache();
    live.put("b", new StringBuilder("2"));
    live.put("c", new StringBuilder("3"));

    assertThat(encoded.writes).containsExactly("a=1");
  }

  @Test
  void shouldNotWriteReplacedObjectWhenAnotherWasPut() {
    live.put("a", new StringBuilder("old"));
    live.put("a", new StringBuilder("new"));
    live.flushCache();

    assertThat(encoded.writes).containsExactly("a=new");
  }

  @Test
  void shouldNotWriteDeletedEntryWhenItWasDirty() {
    live.put("a", new StringBuilder("1"));

    assertThat(live.delete("a")).asString().isEqualTo("1");
    live.flushCache();

    assertThat(live.get("a")).isNull();
    assertThat(encoded.writes).containsExactly("a=null");
  }

  @Test
  void shouldDeleteWhenNullIsPut() {
    encoded.entries.put("a", "1");
    live.put("a", null);

    assertThat(live.get("a")).isNull();
    assertThat(encoded.entries).isEmpty();
  }

  @Test
  void shouldAnswerWhatWasStoredWhenDeletedEntryIsNotLive() {
    encoded.entries.put("a", "1");

    assertThat(live.delete("a")).asString().isEqualTo("1");
    assertThat(live.delete("a")).isNull();
  }

  @Test
  void shouldForgetWhatIsUncommittedWhenCacheIsCleared() {
    live.put("a", new StringBuilder("1"));
    live.flushCache();
    live.put("a", new StringBuilder("2"));
    live.clearCache();
    live.flushCache();

    assertThat(live.get("a")).asString().isEqualTo("1");
    assertThat(encoded.writes).containsExactly("a=1");
  }

  @Test
  void shouldIterateOverWhatWasPutWhenNothingIsCommitted() {
    live.put("a", new StringBuilder("1"));
    live.putAll(List.of(KeyValue.pair("b", new StringBuilder("2"))));

    try (var all = live.all()) {
      assertThat(all).toIterable().extracting(entry -> entry.key).containsExactly("a", "b");
    }
    try (var range = live.range("b", "z")) {
      assertThat(range).toIterable().extracting(entry -> entry.key).containsExactly("b");
    }
  }

  @Test
  void shouldKeepThePresentValueWhenPutIfAbsentFindsOne() {
    assertThat(live.putIfAbsent("a", new StringBuilder("1"))).isNull();
    assertThat(live.putIfAbsent("a", new StringBuilder("2"))).asString().isEqualTo("1");
    assertThat(live.get("a")).asString().isEqualTo("1");
  }
}
