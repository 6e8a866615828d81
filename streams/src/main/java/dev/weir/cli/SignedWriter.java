/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the next record of a key on a topic of signed records, one writer at a time.
 *
 * @param transactionalId that keeps two writers apart
 * @param topic that is written
 * @param reader reads it as it stands
 * @param generation of a record
 * @param encoder signs and encodes a record
 */
record SignedWriter<T extends SpecificRecord>(
    String transactionalId,
    String topic,
    Function<WeirConfig, SignedTopic<T>> reader,
    ToLongFunction<T> generation,
    Function<T, byte[]> encoder) {
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(20);

  /** What comes next. */
  @FunctionalInterface
  interface Next<T> {
    /** The record that follows {@code before}, which is null if there is none. */
    T after(@Nullable T before) throws IOException;
  }

  /**
   * Publishes what follows under {@code key}, and waits until readers see it.
   *
   * @throws CommandFailedException if it does not count in time
   */
  T publish(WeirConfig config, String key, Next<T> next) throws IOException {
    try (KafkaProducer<byte[], byte[]> producer = Clients.transactional(config, transactionalId)) {
      producer.initTransactions(); // from here on another writer's transaction ends this one's
      T record = next.after(reader.apply(config).find(key));
      producer.beginTransaction();
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic, key.getBytes(StandardCharsets.UTF_8), encoder.apply(record)));
      producer.commitTransaction();
      awaitSeen(config, key, record);
      return record;
    }
  }

  /** A commit is answered before readers see it; who was told so should find it. */
  private void awaitSeen(WeirConfig config, String key, T record) {
    long untilNs = System.nanoTime() + VISIBLE_WITHIN.toNanos();
    T seen;
    do {
      seen = reader.apply(config).find(key);
      if (seen != null && generation.applyAsLong(seen) >= generation.applyAsLong(record)) {
        return;
      }
    } while (System.nanoTime() < untilNs);
    throw new CommandFailedException(
        "it was published on %s, and does not count so far; the command that lists what is there may say why"
            .formatted(topic));
  }
}
