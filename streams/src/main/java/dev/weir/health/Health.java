/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.health;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Judges whether the process lives and is ready.
 *
 * <p>It lives unless the client has ended, a stream thread has died, or nothing was committed for
 * the stall limit although there is something to read; restoring state counts as life. It is ready
 * while its progress is fresh: a committed offset advanced, or there was nothing left to read, no
 * longer than the readiness limit ago. A state's name alone makes nothing ready, and a rebalance
 * that is shorter than the limit makes nothing unready.
 *
 * <p>Each question looks anew, and what it finds is remembered. Times are in ms of the given clock,
 * which must not run backwards.
 */
public final class Health {
  private final Supplier<Vitals> vitals;
  private final LongSupplier clockMs;
  private final Limits limits;
  private final Map<String, BooleanSupplier> requirements = new LinkedHashMap<>();
  private final List<Supplier<String>> notes = new ArrayList<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private boolean everProgressed;
  private long progressMs;
  private long aliveMs;

  /**
   * How much is tolerated.
   *
   * @param threads stream threads that there must be
   * @param stallMs how long nothing need be committed although there is lag
   * @param readyMs how long after its last progress the process still counts as ready
   */
  public record Limits(int threads, long stallMs, long readyMs) {
    /** Five minutes without a commit is a stall; half a minute without progress is not ready. */
    public static Limits of(int threads) {
      return new Limits(threads, 300_000, 30_000);
    }
  }

  /**
   * The answer to a probe.
   *
   * @param ok yes or no
   * @param reason why, in one line
   */
  public record Answer(boolean ok, String reason) {}

  public Health(Supplier<Vitals> vitals, LongSupplier clockMs, Limits limits) {
    this.vitals = vitals;
    this.clockMs = clockMs;
    this.limits = limits;
    this.aliveMs = clockMs.getAsLong();
  }

  /** Makes readiness depend on {@code met} too; {@code otherwise} is said where it is not. */
  public synchronized Health require(BooleanSupplier met, String otherwise) {
    requirements.put(otherwise, met);
    return this;
  }

  /** Adds to a good answer of {@link #ready} what an operator should know; "" is nothing. */
  public synchronized Health note(Supplier<String> added) {
    notes.add(added);
    return this;
  }

  /** Whether the process should go on. A no means: restart it. */
  public synchronized Answer live() {
    return live(look());
  }

  /** Whether the process does its work. */
  public synchronized Answer ready() {
    Vitals now = look();
    Answer live = live(now);
    if (!live.ok()) {
      return live;
    }
    for (Map.Entry<String, BooleanSupplier> requirement : requirements.entrySet()) {
      if (!requirement.getValue().getAsBoolean()) {
        return new Answer(false, requirement.getKey());
      }
    }
    if (!everProgressed) {
      return new Answer(false, "no progress yet, client is " + now.state());
    }
    long quietMs = clockMs.getAsLong() - progressMs;
    if (quietMs > limits.readyMs()) {
      return new Answer(
          false,
          "no progress for %d s, client is %s, lag %d"
              .formatted(quietMs / 1000, now.state(), now.lag()));
    }
    StringBuilder reason = new StringBuilder("ready, lag ").append(now.lag());
    for (Supplier<String> note : notes) {
      String said = note.get();
      reason.append(said.isEmpty() ? "" : "; ").append(said);
    }
    return new Answer(true, reason.toString());
  }

  private Answer live(Vitals now) {
    State state = now.state();
    if (state.hasCompletedShutdown() || state == State.PENDING_ERROR) {
      return new Answer(false, "client is " + state);
    }
    if (state.isRunningOrRebalancing() && now.threads() < limits.threads()) {
      return new Answer(
          false, "%d of %d stream threads live".formatted(now.threads(), limits.threads()));
    }
    long stalledMs = clockMs.getAsLong() - aliveMs;
    if (stalledMs > limits.stallMs()) {
      return new Answer(
          false, "nothing committed for %d s, lag %d".formatted(stalledMs / 1000, now.lag()));
    }
    return new Answer(true, "live, client is " + state);
  }

  private Vitals look() {
    Vitals now = vitals.get();
    long nowMs = clockMs.getAsLong();
    boolean running = now.state() == State.RUNNING;
    if (advanced(now) || (running && now.lag() == 0)) {
      everProgressed = true;
      progressMs = nowMs;
      aliveMs = nowMs;
    } else if (!running) {
      aliveMs = nowMs; // starting, rebalancing, restoring or closing: not a stall
    }
    return now;
  }

  /** True if an offset is beyond the one seen before; an offset seen first is where work begins. */
  private boolean advanced(Vitals now) {
    boolean advanced = false;
    for (Map.Entry<TopicPartition, Long> entry : now.committed().entrySet()) {
      Long before = committed.put(entry.getKey(), entry.getValue());
      advanced |= before != null && entry.getValue() > before;
    }
    committed.keySet().retainAll(now.committed().keySet());
    return advanced;
  }
}
