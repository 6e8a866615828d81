/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command on Ctrl-C in good order: the process waits, within bounds, until the command has
 * closed what it opened. Open it first, so that it closes last.
 */
final class Stop implements AutoCloseable {
  private static final long WAIT_S = 45;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::askAndWait, "weir-stop");

  private Stop() {}

  static Stop onShutdown() {
    Stop stop = new Stop();
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  private void askAndWait() {
    asked.countDown();
    try {
      if (!done.await(WAIT_S, TimeUnit.SECONDS)) {
        System.err.println("weir: stopping took too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True once a stop was asked for. */
  boolean asked() {
    return asked.getCount() == 0;
  }

  /** Waits until a stop is asked for. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Waits at most that many ms; true if a stop was asked for. */
  boolean await(long millis) throws InterruptedException {
    return asked.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Asks for a stop from within. */
  void ask() {
    asked.countDown();
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }
}
