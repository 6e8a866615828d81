/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.action.Digest;
import dev.weir.event.Assessment;
import dev.weir.event.AuditStage;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Phase;
import dev.weir.event.Score;
import dev.weir.event.TaskContext;
import dev.weir.policy.publish.Ed25519;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;

/** Escalations for tests, of the tier "expert". */
public final class Escalated {
  /** Where tests' clocks stand. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** The reviewer's. */
  public static final KeyPair KEY = Ed25519.generate();

  private static final String ACTION =
      """
      {"event_id":"%s","task_id":"task","tool":{"name":"shell"},"arguments":{"cmd":"rm -rf /"}}""";

  private Escalated() {}

  /** The reviewer who answers it. */
  public static Identity carol() {
    return new Identity("carol", "expert", "k1", KEY.getPrivate());
  }

  /** One that is due in an hour. */
  public static Escalation of(String id) {
    return of(id, ACTION.formatted(id).getBytes(StandardCharsets.UTF_8));
  }

  /** The same for an action of those bytes. */
  public static Escalation of(String id, byte[] action) {
    ByteBuffer digest = ByteBuffer.wrap(Digest.of(action));
    return Escalation.newBuilder()
        .setEscalationId(id)
        .setTaskId("task")
        .setTier("expert")
        .setReason(EscalationReason.PRICED)
        .setAuditStage(AuditStage.NONE)
        .setDeadline(NOW.plusSeconds(3600))
        .setNonce(ByteBuffer.wrap(Digest.of(id.getBytes(StandardCharsets.UTF_8))))
        .setDigest(digest)
        .setCovers(List.of(digest))
        .setAction(ByteBuffer.wrap(action))
        .setAssessment(assessment("event-" + id, digest))
        .setContext(
            TaskContext.newBuilder()
                .setActions(0)
                .setMass(0)
                .setDecayedMass(0)
                .setFirstSeen(NOW)
                .setRecent(List.of())
                .setWorst(List.of())
                .build())
        .build();
  }

  private static Assessment assessment(String event, ByteBuffer digest) {
    return Assessment.newBuilder()
        .setEventId(event)
        .setTaskId("task")
        .setAgentId("agent")
        .setTool("shell")
        .setPhase(Phase.PROPOSED)
        .setDigest(digest)
        .setTopic("weir.actions")
        .setPartition(0)
        .setOffset(0)
        .setOccurredAt(NOW)
        .setReceivedAt(NOW)
        .setTaskTime(NOW)
        .setTaskActions(1)
        .setPolicyDigest(digest)
        .setScore(new Score(3.0, -1.0, 2.0, 100.0, "shell", false, List.of()))
        .setDecision(
            Decision.newBuilder()
                .setGrants(List.of())
                .setMissingGrants(List.of())
                .setReason(EscalationReason.PRICED)
                .setTier("expert")
                .setReviewCost(100)
                .setBaseCost(1)
                .setPrice(0.5)
                .setCredit(0)
                .setCutShare(1)
                .setInclusionProbability(1)
                .setU(0.25)
                .setChanceKeyId("key")
                .build())
        .build();
  }
}
