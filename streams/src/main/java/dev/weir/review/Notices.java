/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.budget.Chance;
import dev.weir.event.Escalation;
import dev.weir.event.ExpiryNotice;
import dev.weir.event.GrantNotice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Notices that a deadline has passed, or that a grant came. Only who knows the secret of all chance
 * can write one.
 */
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
    long deadlineMs = notice.getDeadline().toEpochMilli();
    return matches(mac(notice.getEscalationId(), notice.getTaskId(), deadlineMs), notice.getMac());
  }

  /** The notice that grants came which an escalation asks for. */
  public GrantNotice ofGrants(String escalationId, String taskId) {
    return new GrantNotice(escalationId, taskId, ByteBuffer.wrap(mac(escalationId, taskId)));
  }

  /** Whether Weir wrote it. */
  public boolean verifies(GrantNotice notice) {
    return matches(mac(notice.getEscalationId(), notice.getTaskId()), notice.getMac());
  }

  private static boolean matches(byte[] expected, ByteBuffer mac) {
    byte[] found = new byte[mac.remaining()];
    mac.duplicate().get(found);
    return MessageDigest.isEqual(expected, found);
  }

  private byte[] mac(String escalationId, String taskId, long deadlineMs) {
    byte[] names = names(escalationId, taskId);
    return chance.seal(
        ByteBuffer.allocate(names.length + Long.BYTES).put(names).putLong(deadlineMs).array());
  }

  /** Of what no deadline follows: so it seals no notice of the other kind. */
  private byte[] mac(String escalationId, String taskId) {
    return chance.seal(names(escalationId, taskId));
  }

  private static byte[] names(String escalationId, String taskId) {
    byte[] escalation = escalationId.getBytes(StandardCharsets.UTF_8);
    byte[] task = taskId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 * Integer.BYTES + escalation.length + task.length)
        .putInt(escalation.length)
        .put(escalation)
        .putInt(task.length)
        .put(task)
        .array();
  }
}
