/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.serde.RecordSerde;
import dev.weir.state.TaskObjective;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

class TaskStoresTest {
  @Test
  void shouldBuildLiveStoreWhenKindIsLive() {
    StoreBuilder<KeyValueStore<String, TaskObjective>> builder = builder(StoreKind.LIVE);

    assertThat(builder.build()).isInstanceOf(LiveStore.class);
    assertThat(builder.name()).isEqualTo("objective");
    assertThat(builder.loggingEnabled()).isTrue();
  }

  @Test
  void shouldBuildPlainStoreWhenKindIsPlain() {
    StoreBuilder<KeyValueStore<String, TaskObjective>> builder = builder(StoreKind.PLAIN);

    assertThat(builder.build()).isNotInstanceOf(LiveStore.class);
    assertThat(builder.name()).isEqualTo("objective");
    assertThat(builder.loggingEnabled()).isTrue();
  }

  @Test
  void shouldPassLoggingOnWhenLiveStoreIsConfigured() {
    StoreBuilder<KeyValueStore<String, TaskObjective>> builder = builder(StoreKind.LIVE);

    builder.withLoggingEnabled(Map.of("segment.ms", "1000")).withCachingDisabled();
    assertThat(builder.logConfig()).containsEntry("segment.ms", "1000");

    builder.withLoggingDisabled();
    assertThat(builder.loggingEnabled()).isFalse();
  }

  @Test
  void shouldRefuseCachingWhenStoreIsItsOwnCache() {
    assertThatThrownBy(() -> builder(StoreKind.LIVE).withCachingEnabled())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void shouldBuildStoreOfBytesWhenOrderIsNeeded() {
    for (StoreKind kind : StoreKind.values()) {
      var builder = new TaskStores(kind, 10).ordered("idle");

      assertThat(builder.build()).isNotInstanceOf(LiveStore.class);
      assertThat(builder.loggingEnabled()).isTrue();
    }
  }

  @Test
  void shouldKeepKeysAsPlainTextWhenStoreIsKeyed() {
    var store = new TaskStores(StoreKind.LIVE, 10).keyed("texts", Serdes.String()).build();

    assertThat(store.name()).isEqualTo("texts");
    assertThat(store.persistent()).isTrue();
  }

  private static StoreBuilder<KeyValueStore<String, TaskObjective>> builder(StoreKind kind) {
    return new TaskStores(kind, 10).keyed("objective", RecordSerde.of(TaskObjective.class));
  }
}
