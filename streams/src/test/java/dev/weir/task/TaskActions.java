/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.action.Action;
import dev.weir.action.Digest;
import dev.weir.action.Origin;
import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.Phase;
import dev.weir.event.Tool;
import dev.weir.wire.SingleObject;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** Actions of one task, for tests that fold them. */
final class TaskActions {
  /** A broker's append time, epoch ms. */
  static final long NOW_MS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  static final long HOUR_MS = 3_600_000;

  private static final SingleObject<ActionEvent> AVRO = SingleObject.of(ActionEvent.class);

  private TaskActions() {}

  /** An action that happened at {@code occurredMs} and was appended at {@code receivedMs}. */
  static Action at(long occurredMs, long receivedMs) {
    return of(receivedMs, event -> event.setOccurredAt(Instant.ofEpochMilli(occurredMs)));
  }

  /** The action {@code eventId}, observed and appended now. */
  static Action named(String eventId) {
    return of(NOW_MS, event -> event.setEventId(eventId));
  }

  /** An action appended at {@code receivedMs}, changed by {@code change}. */
  static Action of(long receivedMs, Consumer<ActionEvent> change) {
    ActionEvent event =
        ActionEvent.newBuilder()
            .setEventId("e-1")
            .setOccurredAt(Instant.ofEpochMilli(receivedMs))
            .setTaskId("t-1")
            .setPhase(Phase.OBSERVED)
            .setAgent(Agent.newBuilder().setId("a-1").build())
            .setTool(Tool.newBuilder().setName("send_mail").build())
            .build();
    change.accept(event);
    byte[] value = AVRO.encode(event);
    Origin origin = new Origin("weir.actions", 3, 41, receivedMs);
    return new Action(event, Map.of(), value, Digest.of(value), origin, 0);
  }
}
