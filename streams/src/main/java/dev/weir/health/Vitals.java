/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.health;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/**
 * What a Kafka Streams client shows of itself at one moment.
 *
 * @param state the client's state
 * @param threads stream threads that live
 * @param committed committed offset of each input partition of this process, where there is one
 * @param lag records after the committed offset in the partitions that anything was fetched from; a
 *     partition that nothing was fetched from yet, or a broker out of reach, adds none
 */
public record Vitals(State state, int threads, Map<TopicPartition, Long> committed, long lag) {
  public Vitals {
    committed = Map.copyOf(committed);
  }

  /** Reads them; costs some microseconds for each task. */
  public static Vitals of(KafkaStreams streams) {
    State state = streams.state();
    if (!state.isRunningOrRebalancing()) {
      return new Vitals(state, 0, Map.of(), 0);
    }
    int threads = 0;
    Map<TopicPartition, Long> committed = new HashMap<>();
    long lag = 0;
    try {
      for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
        threads++;
        for (TaskMetadata task : thread.activeTasks()) {
          task.committedOffsets()
              .forEach(
                  (partition, offset) -> {
                    if (offset >= 0) {
                      committed.put(partition, offset);
                    }
                  });
          for (Map.Entry<TopicPartition, Long> end : task.endOffsets().entrySet()) {
            lag += Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L));
          }
        }
      }
    } catch (IllegalStateException e) {
      // It stopped meanwhile.
      return new Vitals(streams.state(), 0, Map.of(), 0);
    }
    return new Vitals(state, threads, committed, lag);
  }
}
