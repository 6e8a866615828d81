/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Digest;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.event.ActionEvent;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An action as an agent publishes it, told field by field; each value stands as its JSON text. What
 * it may lose stands in its arguments, as {@link Policies#STORY} reads it. Never changes.
 */
record Act(Map<String, String> fields) {
  private static final SingleObject<ActionEvent> AVRO = SingleObject.of(ActionEvent.class);

  /** A harmless observation of task t-1 at noon. */
  static Act of(String eventId) {
    return new Act(Map.of())
        .text("event_id", eventId)
        .at(Flume.NOON)
        .task("t-1")
        .with("agent", "{\"id\":\"a-1\"}")
        .tool("touch")
        .loses(0);
  }

  Act task(String taskId) {
    return text("task_id", taskId);
  }

  Act tool(String name) {
    return with("tool", "{\"name\":\"" + name + "\"}");
  }

  /** The loss if it turns out wrong, log10 LU. */
  Act loses(double magnitude) {
    return with("arguments", "{\"loss\":" + magnitude + "}");
  }

  Act at(Instant occurredAt) {
    return text("occurred_at", occurredAt.toString());
  }

  Act text(String field, String text) {
    return with(field, '"' + text + '"');
  }

  Act with(String field, String json) {
    Map<String, String> changed = new LinkedHashMap<>(fields);
    changed.put(field, json);
    return new Act(changed);
  }

  Act without(String field) {
    Map<String, String> changed = new LinkedHashMap<>(fields);
    changed.remove(field);
    return new Act(changed);
  }

  byte[] json() {
    return fields.entrySet().stream()
        .map(field -> '"' + field.getKey() + "\":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The same action in Avro. */
  byte[] avro() {
    Origin anywhere = new Origin("weir.actions", 0, 0, Flume.NOON.toEpochMilli());
    Action action = (Action) new ActionDecoder(Limits.DEFAULT).decode(json(), anywhere);
    return AVRO.encode(action.event());
  }

  ByteBuffer digest() {
    return ByteBuffer.wrap(Digest.of(json()));
  }
}
