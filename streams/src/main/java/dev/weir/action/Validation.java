/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.ArgumentsState;
import dev.weir.event.Phase;
import dev.weir.event.RefusalReason;
import dev.weir.event.Result;
import dev.weir.event.Tool;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a decoded event to the limits, and settles the defaults that depend on other fields. */
final class Validation {
  /** Last millisecond of the year 9999 UTC. */
  private static final Instant MAX_TIME = Instant.ofEpochMilli(253_402_300_799_999L);

  private final Limits limits;

  Validation(Limits limits) {
    this.limits = limits;
  }

  /** Refuses {@code event} at its first fault. */
  void check(ActionEvent event, Origin origin) throws RefusedException {
    required("event_id", event.getEventId(), limits.eventIdBytes());
    required("task_id", event.getTaskId(), limits.nameBytes());
    time(event.getOccurredAt(), origin);
    optional("proposal_id", event.getProposalId(), limits.eventIdBytes());
    optional("parent_event_id", event.getParentEventId(), limits.eventIdBytes());
    agent(event.getAgent());
    tool(event.getTool());
    optional("arguments", event.getArguments(), limits.argumentsBytes());
    optional("arguments_raw", event.getArgumentsRaw(), limits.argumentsBytes());
    optional("objective", event.getObjective(), limits.objectiveBytes());
    optional("trace_id", event.getTraceId(), limits.nameBytes());
    optional("span_id", event.getSpanId(), limits.nameBytes());
    optional("conversation_id", event.getConversationId(), limits.nameBytes());
    optional("requested_tier", event.getRequestedTier(), limits.nameBytes());
    optional("language", event.getLanguage(), limits.nameBytes());
    optional("principal_group", event.getPrincipalGroup(), limits.nameBytes());
    Result result = event.getResult();
    if (result != null) {
      optional("result.status", result.getStatus(), limits.nameBytes());
      optional("result.excerpt", result.getExcerpt(), limits.excerptBytes());
    }
    cost(event.getCost());
    attributes(event.getAttributes());
    argumentsState(event);
  }

  /** The identifiers that {@code event} shows within limits. */
  Refusal.Shown shown(ActionEvent event) {
    return shown(event.getEventId(), event.getTaskId(), event.getPhase());
  }

  /** Those of the identifiers that are within limits. */
  Refusal.Shown shown(@Nullable String eventId, @Nullable String taskId, @Nullable Phase phase) {
    return new Refusal.Shown(
        within(eventId, limits.eventIdBytes()), within(taskId, limits.nameBytes()), phase);
  }

  private static @Nullable String within(@Nullable String id, int limit) {
    boolean usable = id != null && !id.isEmpty() && Text.fits(id, limit) && Text.isWellFormed(id);
    return usable ? id : null;
  }

  private void agent(@Nullable Agent agent) throws RefusedException {
    if (agent == null) {
      throw missing("agent");
    }
    required("agent.id", agent.getId(), limits.nameBytes());
    optional("agent.name", agent.getName(), limits.nameBytes());
    optional("agent.model", agent.getModel(), limits.nameBytes());
    optional("agent.provider", agent.getProvider(), limits.nameBytes());
    optional("agent.version", agent.getVersion(), limits.nameBytes());
    optional("agent.principal", agent.getPrincipal(), limits.nameBytes());
  }

  private void tool(@Nullable Tool tool) throws RefusedException {
    if (tool == null) {
      throw missing("tool");
    }
    required("tool.name", tool.getName(), limits.nameBytes());
    optional("tool.server", tool.getServer(), limits.nameBytes());
    optional("tool.call_id", tool.getCallId(), limits.nameBytes());
    optional("tool.type", tool.getType(), limits.nameBytes());
  }

  private void time(@Nullable Instant occurredAt, Origin origin) throws RefusedException {
    if (occurredAt == null) {
      throw missing("occurred_at");
    }
    if (occurredAt.isBefore(Instant.EPOCH) || occurredAt.isAfter(MAX_TIME)) {
      throw new RefusedException(
          RefusalReason.BAD_TIME, "occurred_at", "occurred_at lies outside the years 1970 to 9999");
    }
    if (occurredAt.toEpochMilli() - origin.receivedMs() > limits.aheadMs()) {
      throw new RefusedException(
          RefusalReason.BAD_TIME,
          "occurred_at",
          "occurred_at lies more than %d s ahead of the broker's clock; set the sender's clock"
              .formatted(limits.aheadMs() / 1000));
    }
  }

  private static void cost(@Nullable Double cost) throws RefusedException {
    if (cost != null && !(cost >= 0 && Double.isFinite(cost))) {
      throw new RefusedException(
          RefusalReason.BAD_NUMBER, "cost", "cost is not a finite number of at least 0");
    }
  }

  private void attributes(Map<String, String> attributes) throws RefusedException {
    if (attributes.size() > limits.attributes()) {
      throw new RefusedException(
          RefusalReason.FIELD_TOO_LONG,
          "attributes",
          "there are %d attributes and may be %d"
              .formatted(attributes.size(), limits.attributes()));
    }
    for (Map.Entry<String, String> entry : attributes.entrySet()) {
      required("attributes", entry.getKey(), limits.nameBytes());
      optional("attributes", entry.getValue(), limits.attributeBytes());
    }
  }

  /** PRESENT without arguments is ABSENT, and ABSENT with arguments is PRESENT. */
  private static void argumentsState(ActionEvent event) {
    boolean any = event.getArguments() != null || event.getArgumentsRaw() != null;
    ArgumentsState state = event.getArgumentsState();
    if (any && state == ArgumentsState.ABSENT) {
      event.setArgumentsState(ArgumentsState.PRESENT);
    } else if (!any && state == ArgumentsState.PRESENT) {
      event.setArgumentsState(ArgumentsState.ABSENT);
    }
  }

  private static void required(String field, @Nullable String text, int limit)
      throws RefusedException {
    if (text == null || text.isEmpty()) {
      throw missing(field);
    }
    optional(field, text, limit);
  }

  private static void optional(String field, @Nullable String text, int limit)
      throws RefusedException {
    if (text == null) {
      return;
    }
    if (!Text.fits(text, limit)) {
      throw new RefusedException(
          RefusalReason.FIELD_TOO_LONG,
          field,
          "%s takes more than its %d bytes of UTF-8".formatted(field, limit));
    }
    if (!Text.isWellFormed(text)) {
      throw new RefusedException(
          RefusalReason.BAD_TEXT,
          field,
          field + " holds half of a surrogate pair; send valid Unicode");
    }
  }

  private static RefusedException missing(String field) {
    return new RefusedException(
        RefusalReason.MISSING_FIELD, field, field + " is required and is missing or empty");
  }
}
