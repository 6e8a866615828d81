/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a stream thread's death means: a passing fault of the cluster replaces the thread,
 * at most 5 times in 10 minutes; anything else stops this instance, so that its supervisor starts
 * it again. Never stops the others.
 */
public final class ThreadFaults implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadFaults.class);
  private static final int MOST = 5;
  private static final long WITHIN_NS = TimeUnit.MINUTES.toNanos(10);

  private final LongSupplier clockNs;
  private final Deque<Long> replaced = new ArrayDeque<>();

  /**
   * @param clockNs a clock that never runs backwards, in ns
   */
  public ThreadFaults(LongSupplier clockNs) {
    this.clockNs = clockNs;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable fault) {
    long nowNs = clockNs.getAsLong();
    while (!replaced.isEmpty() && nowNs - replaced.peekFirst() > WITHIN_NS) {
      replaced.removeFirst();
    }
    if (passes(fault) && replaced.size() < MOST) {
      replaced.addLast(nowNs);
      LOG.warn("A stream thread died of a passing fault and is replaced", fault);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("A stream thread died; this instance stops", fault);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static boolean passes(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException) {
        return true;
      }
    }
    return false;
  }
}
