/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.streams.state.internals.BlockBasedTableConfigWithAccessibleCache;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

class BoundedMemoryTest {
  private static final Map<String, Object> CONFIGS =
      Map.of(BoundedMemory.BYTES_CONFIG, Long.toString(16L << 20));

  @BeforeAll
  static void loadLibrary() {
    RocksDB.loadLibrary();
  }

  @Test
  void shouldShareOneCacheAndOneWriteBufferWhenStoresAreMany() {
    try (Options one = options();
        Options other = options()) {
      new BoundedMemory().setConfig("one", one, CONFIGS);
      new BoundedMemory().setConfig("other", other, CONFIGS);

      assertThat(table(one).blockCache()).isNotNull().isSameAs(table(other).blockCache());
      assertThat(one.writeBufferManager()).isNotNull().isSameAs(other.writeBufferManager());
    }
  }

  @Test
  void shouldCountIndexAndFiltersWhenMemoryIsBounded() {
    try (Options options = options()) {
      new BoundedMemory().setConfig("one", options, CONFIGS);

      assertThat(table(options).cacheIndexAndFilterBlocks()).isTrue();
      assertThat(table(options).cacheIndexAndFilterBlocksWithHighPriority()).isTrue();
      assertThat(table(options).pinTopLevelIndexAndFilter()).isTrue();
    }
  }

  @Test
  void shouldKeepTheCacheWhenOneStoreCloses() {
    try (Options one = options();
        Options other = options()) {
      BoundedMemory memory = new BoundedMemory();
      memory.setConfig("one", one, CONFIGS);
      memory.close("one", one);
      new BoundedMemory().setConfig("other", other, CONFIGS);

      assertThat(table(other).blockCache().isOwningHandle()).isTrue();
      assertThat(table(other).blockCache().getUsage()).isNotNegative();
    }
  }

  private static Options options() {
    Options options = new Options();
    options.setTableFormatConfig(new BlockBasedTableConfigWithAccessibleCache());
    return options;
  }

  private static BlockBasedTableConfigWithAccessibleCache table(Options options) {
    return (BlockBasedTableConfigWithAccessibleCache) options.tableFormatConfig();
  }
}
