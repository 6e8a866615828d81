/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.budget.Chance;
import dev.weir.event.Escalation;
import dev.weir.event.ExpiryNotice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/** Notices that a deadline has passed. Only who knows the secret of all chance can write one. */
public final class Notices {
  private final Chance chance;

  public Notices(Chance chance) {
    this.chance = chance;
  }

  /** The notice that the deadline of an escalation has passed. */
  public ExpiryNotice of(String escalationId, String taskId, long deadlineMs) {
    return new ExpiryNotice(
        escalationId,
        taskId,
        Instant.ofEpochMilli(deadlineMs),
        ByteBuffer.wrap(mac(escalationId, taskId, deadlineMs)));
  }

  /** Whether the deadline is the escalation's: else another tier was asked since. */
  public static boolean isOf(ExpiryNotice notice, Escalation escalation) {
    return notice.getDeadline().equals(escalation.getDeadline());
  }

  /** Whether Weir wrote it. */
  public boolean verifies(ExpiryNotice notice) {
    byte[] expected =
        mac(notice.getEscalationId(), notice.getTaskId(), notice.getDeadline().toEpochMilli());
    byte[] found = new byte[notice.getMac().remaining()];
    notice.getMac().duplicate().get(found);
    return MessageDigest.isEqual(expected, found);
  }

  private byte[] mac(String escalationId, String taskId, long deadlineMs) {
    byte[] escalation = escalationId.getBytes(StandardCharsets.UTF_8);
    byte[] task = taskId.getBytes(StandardCharsets.UTF_8);
    return chance.seal(
        ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES + escalation.length + task.length)
            .putInt(escalation.length)
            .put(escalation)
            .putInt(task.length)
            .put(task)
            .putLong(deadlineMs)
            .array());
  }
}
