/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fault;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFaultsTest {
  private static final Throwable PASSING = new StreamsException(new TimeoutException("slow"));

  private long nowNs = Long.MAX_VALUE - 5; // nanoTime may overflow
  private final ThreadFaults faults = new ThreadFaults(() -> nowNs);

  @Test
  void shouldReplaceTheThreadWhenFaultPasses() {
    assertThat(faults.handle(PASSING)).isEqualTo(REPLACE_THREAD);
    assertThat(faults.handle(new TimeoutException("slow"))).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void shouldStopTheInstanceWhenFaultDoesNotPass() {
    assertThat(faults.handle(new IllegalStateException("bug"))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(faults.handle(new StreamsException(new AuthorizationException("no"))))
        .isEqualTo(SHUTDOWN_CLIENT);
    assertThat(faults.handle(new OutOfMemoryError())).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void shouldStopTheInstanceWhenItIsTheSixthFaultInTenMinutes() {
    for (int i = 0; i < 5; i++) {
      assertThat(faults.handle(PASSING)).isEqualTo(REPLACE_THREAD);
      nowNs += TimeUnit.MINUTES.toNanos(2);
    }

    assertThat(faults.handle(PASSING)).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void shouldReplaceAgainWhenTenMinutesHavePassed() {
    for (int i = 0; i < 5; i++) {
      faults.handle(PASSING);
    }
    nowNs += TimeUnit.MINUTES.toNanos(10);
    assertThat(faults.handle(PASSING)).isEqualTo(SHUTDOWN_CLIENT);

    nowNs += 1;
    assertThat(faults.handle(PASSING)).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void shouldNotCountFaultsThatStopWhenOthersPass() {
    for (int i = 0; i < 9; i++) {
      faults.handle(new IllegalStateException("bug"));
    }

    assertThat(faults.handle(PASSING)).isEqualTo(REPLACE_THREAD);
  }
}
