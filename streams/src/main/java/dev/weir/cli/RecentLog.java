/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.action.Origin;
import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The latest actions, from the input topics or from a log. What cannot be read is left out. */
final class RecentLog {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long READ_MS = 60_000;

  private RecentLog() {}

  /** The last {@code count} actions or fewer of a log, as of the default source. */
  static List<Action> of(Path log, WeirConfig config, int count) throws IOException {
    ActionDecoder decoder = new ActionDecoder(config.limits().withAheadMs(Long.MAX_VALUE));
    String source = config.topics().actions();
    List<Action> actions = new ArrayList<>();
    try (LogFile lines = LogFile.open(log)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (decoder.decode(line, new Origin(source, 0, lines.number(), 0))
            instanceof Action action) {
          actions.add(action);
        }
      }
    }
    return actions.subList(Math.max(0, actions.size() - count), actions.size());
  }

  /** The last {@code count} actions or so over all partitions of all sources, by broker time. */
  static List<Action> of(WeirConfig config, int count) {
    ActionDecoder decoder = new ActionDecoder(config.limits().withAheadMs(Long.MAX_VALUE));
    List<Action> actions = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config)) {
      List<TopicPartition> all = new ArrayList<>();
      for (String source : config.topics().sources()) {
        consumer
            .partitionsFor(source)
            .forEach(p -> all.add(new TopicPartition(source, p.partition())));
      }
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      seek(consumer, ends, count);
      long deadline = System.nanoTime() + READ_MS * 1_000_000;
      while (System.nanoTime() < deadline
          && all.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(record -> add(actions, decoder, record));
      }
    }
    actions.sort(Comparator.comparingLong(a -> a.origin().receivedMs()));
    return List.copyOf(actions.subList(Math.max(0, actions.size() - count), actions.size()));
  }

  /** To as far before the ends as holds {@code count} if all partitions have their share. */
  private static void seek(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, int count) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(ends.keySet());
    Map<TopicPartition, Long> held = new HashMap<>();
    ends.forEach((p, end) -> held.put(p, end - beginnings.getOrDefault(p, 0L)));
    long filled = held.values().stream().filter(records -> records > 0).count();
    long share = (long) Math.ceil(count / (double) Math.max(1, filled));
    ends.forEach((p, end) -> consumer.seek(p, end - Math.min(held.getOrDefault(p, 0L), share)));
  }

  private static void add(
      List<Action> actions, ActionDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    Origin origin =
        new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
    Intake intake = decoder.decode(record.value(), origin);
    if (intake instanceof Action action) {
      actions.add(action);
    }
  }
}
