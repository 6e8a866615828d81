/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Assessment;
import dev.weir.topology.Placement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Producers that place records elsewhere cost one detour and nothing else. */
class ITForeignPartitioner {
  private static final int TASKS = 50;
  private static final int ACTIONS = 20;
  private static final Placement PLACEMENT = new Placement(Cluster.PARTITIONS);

  @Test
  void shouldKeepOrderOfTasksWhenAnotherPartitionerPlacedThem() throws Exception {
    try (Cluster cluster = Cluster.start("it-foreign");
        Ledger ledger = cluster.ledger()) {
      Instance monitor = cluster.run("one");
      for (int number = 0; number < ACTIONS; number++) {
        for (int task = 0; task < TASKS; task++) {
          String id = "task-" + task;
          byte[] key = Events.bytes(id);
          cluster.publish(
              new ProducerRecord<>(
                  cluster.topics().actions(), crc32(key), key, Events.json(id, number)));
        }
      }
      finish(cluster, ledger, monitor);

      Map<String, Long> last = new HashMap<>();
      for (Assessment a : ledger.assessments()) {
        long number = Long.parseLong(a.getEventId().substring(a.getTaskId().length() + 1));
        assertThat(number).isEqualTo(last.getOrDefault(a.getTaskId(), -1L) + 1);
        last.put(a.getTaskId(), number);
      }
    }
  }

  @Test
  void shouldFoldEveryActionOnceWhenRecordsHaveNoKey() throws Exception {
    try (Cluster cluster = Cluster.start("it-keyless");
        Ledger ledger = cluster.ledger()) {
      Instance monitor = cluster.run("one");
      for (int i = 0; i < ACTIONS * TASKS; i++) {
        String id = "task-" + i % TASKS;
        int anywhere = (i / 7) % Cluster.PARTITIONS;
        byte[] value = i % 2 == 0 ? Events.json(id, i / TASKS) : Events.avro(id, i / TASKS);
        cluster.publish(
            new ProducerRecord<>(cluster.topics().actions(), anywhere, (byte[]) null, value));
      }
      finish(cluster, ledger, monitor);
    }
  }

  private static void finish(Cluster cluster, Ledger ledger, Instance monitor) throws Exception {
    ledger.awaitAll(cluster.published());
    assertThat(monitor.sound()).isTrue();
    monitor.close();
    ledger.drain();

    ledger.assertOneOutcomeOfEach(cluster.published());
    ledger.assertFoldsExact();
    assertThat(ledger.assessments()).hasSize(TASKS * ACTIONS);
    Set<String> events = new HashSet<>();
    long misplaced = 0;
    for (Assessment a : ledger.assessments()) {
      events.add(a.getEventId());
      misplaced += PLACEMENT.of(a.getTaskId()) == a.getPartition() ? 0 : 1;
    }
    assertThat(events).hasSize(TASKS * ACTIONS);
    assertThat(misplaced).isPositive();
    assertThat(ledger.rekeyed()).as("detours").isEqualTo(misplaced);
  }

  /** As librdkafka's default partitioner does it. */
  private static int crc32(byte[] key) {
    CRC32 crc = new CRC32();
    crc.update(key);
    return (int) (crc.getValue() % Cluster.PARTITIONS);
  }
}
