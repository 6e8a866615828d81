/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.Escalation;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.common.TopicPartition;

/**
 * Escalations that wait for a judge, the most urgent first: those that somebody waits for by
 * deadline, then the waiting queue by risk.
 */
final class Backlog {
  /** Beyond so many bytes of actions no more should be fetched. */
  private static final long MAX_BYTES = 64L << 20;

  /** What is urgent comes first. */
  static final Comparator<Escalation> URGENCY =
      Comparator.comparing(Escalation::getWaiting)
          .thenComparing(
              (a, b) ->
                  a.getWaiting()
                      ? Double.compare(risk(b), risk(a))
                      : a.getDeadline().compareTo(b.getDeadline()));

  /** One escalation, where it stands, and the progress that waits for it. */
  record Task(TopicPartition partition, Progress progress, long offset, Escalation escalation) {
    private int bytes() {
      return escalation.getAction().remaining();
    }
  }

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparing(Task::escalation, URGENCY).thenComparingLong(Task::offset));
  private long bytes;

  void add(Task task) {
    tasks.add(task);
    bytes += task.bytes();
  }

  /** The most urgent one, which is no longer in it. */
  Task next() {
    Task task = tasks.remove();
    bytes -= task.bytes();
    return task;
  }

  /** Takes out the escalation that has ended, if it is here still. */
  Optional<Task> end(String escalationId) {
    for (Task task : tasks) {
      if (task.escalation.getEscalationId().equals(escalationId)) {
        tasks.remove(task);
        bytes -= task.bytes();
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  /** Forgets what is of those partitions. */
  void drop(Collection<TopicPartition> gone) {
    tasks.removeIf(
        task -> {
          boolean lost = gone.contains(task.partition);
          bytes -= lost ? task.bytes() : 0;
          return lost;
        });
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  boolean isFull() {
    return bytes > MAX_BYTES;
  }

  private static double risk(Escalation escalation) {
    return escalation.getAssessment().getScore().getRisk();
  }
}
