/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.action.Action;
import dev.weir.event.ActionEvent;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.Score;
import dev.weir.task.Folded;
import dev.weir.task.Sighting;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Writes down how an action was scored and decided, with all that recomputes both. */
public final class Assessments {
  private Assessments() {}

  /**
   * The assessment of {@code action}; {@code policyDigest} is the policy that scored it, at
   * generation 0 and without a record of the agent unless set otherwise.
   */
  public static Assessment of(
      Action action,
      Sighting sighting,
      Score score,
      Folded folded,
      Decision decision,
      ByteBuffer policyDigest) {
    ActionEvent event = action.event();
    return new Assessment(
        event.getEventId(),
        event.getTaskId(),
        event.getAgent().getId(),
        event.getAgent().getModel(),
        event.getAgent().getProvider(),
        event.getTool().getName(),
        event.getPhase(),
        ByteBuffer.wrap(action.digest()),
        action.origin().topic(),
        action.origin().partition(),
        action.origin().offset(),
        event.getOccurredAt(),
        Instant.ofEpochMilli(action.origin().receivedMs()),
        Instant.ofEpochMilli(folded.timing().taskTimeMs()),
        folded.timing().outOfOrder(),
        folded.timing().late(),
        sighting == Sighting.ID_CONFLICT,
        sighting == Sighting.CARRIES_OUT,
        action.unknownKeys(),
        folded.core().getActions(),
        policyDigest,
        0L,
        score,
        decision,
        null);
  }
}
