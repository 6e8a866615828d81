/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.fleet.FleetSettings;
import dev.weir.fleet.FleetSimulator;
import dev.weir.fleet.SimulatedAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Publishes a log, or a simulated fleet, as agents would; on a thread of its own. */
final class Feed implements Runnable, AutoCloseable {
  /** Where the lines come from. */
  private interface Lines extends AutoCloseable {
    byte @Nullable [] next() throws IOException;

    @Override
    void close() throws IOException;
  }

  private final Lines lines;
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Pace pace;
  private final Truth truth = new Truth();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong unsent = new AtomicLong();
  private final Thread thread = new Thread(this, "weir-feed");
  private volatile boolean stopped;
  private volatile boolean ended;
  private volatile @Nullable Exception fault;

  private Feed(Lines lines, KafkaProducer<byte[], byte[]> producer, String topic, double rate) {
    this.lines = lines;
    this.producer = producer;
    this.topic = topic;
    this.pace = Pace.of(rate);
  }

  /** Feeds the lines of {@code log}; {@code rate} actions a second, 0 for as fast as possible. */
  static Feed ofLog(Path log, KafkaProducer<byte[], byte[]> producer, String topic, double rate)
      throws IOException {
    LogFile file = LogFile.open(log);
    return new Feed(
        new Lines() {
          @Override
          public byte @Nullable [] next() throws IOException {
            return file.next();
          }

          @Override
          public void close() throws IOException {
            file.close();
          }
        },
        producer,
        topic,
        rate);
  }

  /** Feeds a simulated fleet of that many tasks that starts at {@code start}. */
  static Feed ofFleet(
      long seed,
      int tasks,
      Instant start,
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      double rate) {
    FleetSettings settings = FleetSettings.of(seed, tasks, start);
    Iterator<SimulatedAction> fleet =
        new FleetSimulator(rate > 0 ? settings.withActionsPerSecond(rate) : settings).iterator();
    return new Feed(
        new Lines() {
          @Override
          public byte @Nullable [] next() {
            return fleet.hasNext() ? fleet.next().json() : null;
          }

          @Override
          public void close() {}
        },
        producer,
        topic,
        rate);
  }

  Feed start() {
    thread.start();
    return this;
  }

  @Override
  public void run() {
    try (lines) {
      for (byte[] line = lines.next();
          line != null && !stopped && fault == null;
          line = lines.next()) {
        pace.await();
        send(line);
      }
      producer.flush();
    } catch (IOException | RuntimeException e) {
      fault = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
    }
  }

  private void send(byte[] line) {
    LineFacts facts = LineFacts.of(line);
    truth.add(facts.eventId(), facts.harmful());
    byte[] key = facts.taskId() == null ? null : facts.taskId().getBytes(StandardCharsets.UTF_8);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, line),
            (done, failure) -> {
              if (failure instanceof RecordTooLargeException) {
                unsent.incrementAndGet();
                published.decrementAndGet();
              } else if (failure != null) {
                fault = failure;
              }
            });
    published.incrementAndGet();
  }

  /** Sends no more. */
  void stop() {
    stopped = true;
  }

  /** How many records no broker takes, because they are too large. */
  long unsent() {
    return unsent.get();
  }

  /** How many records were sent. */
  long published() {
    return published.get();
  }

  /** True once all lines were sent. */
  boolean ended() {
    Exception failed = fault;
    if (failed != null) {
      throw new CommandFailedException("publishing failed: " + failed.getMessage());
    }
    return ended;
  }

  Truth truth() {
    return truth;
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    Threads.join(thread);
    producer.close();
  }
}
