/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A proposal that was sent. Safe for use by several threads. */
public final class Proposed {
  private final String taskId;
  private final String eventId;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private volatile boolean held;

  Proposed(String taskId, String eventId) {
    this.taskId = taskId;
    this.eventId = eventId;
  }

  /**
   * Completes once, with what becomes of it: at the latest when its time is over, and then with a
   * denial. Never completes exceptionally.
   */
  public CompletableFuture<Outcome> outcome() {
    return outcome.copy(); // nobody else can complete it
  }

  /** Whether it waits for a review, as far as was told. */
  public boolean isHeld() {
    return held;
  }

  /**
   * Waits for the outcome. Ending the wait ends nothing else: the outcome may still come.
   *
   * @return the outcome, or a denial if there is none within {@code patience}
   */
  public Outcome await(Duration patience) throws InterruptedException {
    try {
      return outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Outcome.SILENCE;
    }
  }

  boolean isOf(String task, String event) {
    return taskId.equals(task) && eventId.equals(event);
  }

  void hold() {
    held = true;
  }

  void end(Outcome with) {
    outcome.complete(with);
  }

  CompletableFuture<Outcome> end() {
    return outcome;
  }
}
