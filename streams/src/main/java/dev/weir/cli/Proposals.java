/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.client.Outcome;
import dev.weir.client.WeirClient;
import dev.weir.event.ActionEvent;
import dev.weir.event.Phase;
import dev.weir.event.Result;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a log of observed actions as an agent that asks first would: proposes each, and what
 * is released is executed. A task's next action is proposed when its last one has ended; so many
 * are under way at most.
 */
final class Proposals {
  private static final int MAX_EVENT_ID_CHARS = 128;
  private static final String DONE = ":done";

  private final WeirClient client;
  private final Duration patience;
  private final Semaphore room;
  private final int most;
  private final Map<String, CompletableFuture<?>> tasks = new ConcurrentHashMap<>();
  private final Map<Outcome.Kind, Long> outcomes = new ConcurrentHashMap<>();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder executed = new LongAdder();
  private final LongAdder unsent = new LongAdder();
  private long proposed;

  Proposals(WeirClient client, Duration patience, int most) {
    this.client = client;
    this.patience = patience;
    this.room = new Semaphore(most);
    this.most = most;
  }

  /** Proposes the action once its task's last one has ended; waits while too many are under way. */
  void act(ActionEvent observed) throws InterruptedException {
    room.acquire();
    proposed++;
    String task = observed.getTaskId();
    CompletableFuture<?> before = tasks.getOrDefault(task, CompletableFuture.completedFuture(null));
    CompletableFuture<?> ended =
        before
            .thenCompose(last -> client.propose(proposal(observed), patience).outcome())
            .thenCompose(outcome -> carryOut(observed, outcome))
            .handle((sent, fault) -> count(fault));
    tasks.put(task, ended);
    var unused =
        ended.whenComplete(
            (sent, fault) -> {
              tasks.remove(task, ended);
              room.release();
            });
  }

  /** Waits until nothing is under way, or a stop is asked for. */
  void finish(Stop stop) throws InterruptedException {
    while (!stop.asked() && !room.tryAcquire(most, 200, TimeUnit.MILLISECONDS)) {
      // some are under way
    }
  }

  private CompletableFuture<?> carryOut(ActionEvent observed, Outcome outcome) {
    if (!outcome.answered()) {
      unanswered.increment();
      return CompletableFuture.completedFuture(null);
    }
    outcomes.merge(outcome.kind(), 1L, Long::sum);
    if (!outcome.isReleased()) {
      return CompletableFuture.completedFuture(null);
    }
    Result result = observed.getResult();
    return client
        .executed(proposal(observed), doneId(observed.getEventId()), result)
        .thenAccept(sent -> executed.increment());
  }

  private @Nullable Void count(@Nullable Throwable fault) {
    if (fault != null) {
      unsent.increment();
    }
    return null;
  }

  /** The same before it was done: nothing has come of it yet. */
  private static ActionEvent proposal(ActionEvent observed) {
    return ActionEvent.newBuilder(observed).setPhase(Phase.PROPOSED).setResult(null).build();
  }

  private static String doneId(String eventId) {
    int room = MAX_EVENT_ID_CHARS - DONE.length();
    return (eventId.length() <= room ? eventId : eventId.substring(0, room)) + DONE;
  }

  long proposed() {
    return proposed;
  }

  long ended(Outcome.Kind kind) {
    return outcomes.getOrDefault(kind, 0L);
  }

  /** Denied by silence. */
  long unanswered() {
    return unanswered.sum();
  }

  long executed() {
    return executed.sum();
  }

  /** Released, but the broker did not take the execution. */
  long unsent() {
    return unsent.sum();
  }
}
