/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The memory of a pod: heap + RocksDB + a quarter of both fits in the limit. */
@RequiresHelm
class ChartMemoryTest {
  private final Chart chart = Chart.underTest();
  private final Values values =
      Values.required().with("jvm.heap", "1Gi").with("rocksdb.memory", "513Mi");

  @Test
  void shouldRenderWhenTheSumIsExactlyTheLimit() {
    Rendered rendered = chart.render(values.with("resources.limits.memory", "1922Mi"));

    assertThat(rendered.container().get("resources"))
        .isEqualTo(
            Map.of(
                "requests",
                Map.of("cpu", "500m", "memory", "1922Mi"),
                "limits",
                Map.of("memory", "1922Mi")));
  }

  @Test
  void shouldFailWithTheSumWhenItIsOneOverTheLimit() {
    assertThatThrownBy(() -> chart.render(values.with("resources.limits.memory", "1921Mi")))
        .hasMessageContaining(
            "memory does not add up: jvm.heap 1024 Mi + rocksdb.memory 513 Mi + 25 % 385 Mi"
                + " = 1922 Mi, but resources.limits.memory is 1921 Mi");
  }

  @Test
  void shouldFailWhenTheRequestExceedsTheLimit() {
    assertThatThrownBy(() -> chart.render(values.with("resources.requests.memory", "3Gi")))
        .hasMessageContaining("resources.requests.memory is 3Gi, more than");
  }

  @Test
  void shouldTellTheSumWhenInstalled() {
    assertThat(chart.notes(Values.ci("production")))
        .contains(
            "jvm.heap 4096 Mi + rocksdb.memory 2048 Mi + 25 % 1536 Mi = 7680 Mi,"
                + " within the limit of 8192 Mi")
        .contains("Threads: 6 in all");
  }
}
