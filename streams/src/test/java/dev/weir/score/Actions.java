/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.action.Action;
import dev.weir.action.Origin;
import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.ArgumentsState;
import dev.weir.event.Environment;
import dev.weir.event.Phase;
import dev.weir.event.Tool;
import dev.weir.event.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Makes actions for tests. */
final class Actions {
  static final String SOURCE = "weir.actions";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Actions() {}

  /** A call of a tool with arguments in JSON. */
  static Action call(String tool, String arguments) {
    return call(tool, arguments, e -> {});
  }

  static Action call(String tool, String arguments, Consumer<ActionEvent> change) {
    return call(SOURCE, tool, arguments, change);
  }

  static Action call(String source, String tool, String arguments, Consumer<ActionEvent> change) {
    ActionEvent event = event("e", "t", tool);
    event.setArguments(arguments);
    event.setArgumentsState(ArgumentsState.PRESENT);
    change.accept(event);
    return of(source, event);
  }

  static Action of(String source, ActionEvent event) {
    Map<String, Object> arguments = Map.of();
    if (event.getArguments() != null) {
      arguments = parse(event.getArguments());
    }
    return new Action(event, arguments, new byte[0], new byte[32], new Origin(source, 0, 0, 0), 0);
  }

  /** A line of a log; what it knows of the truth is left behind. */
  static Action line(JsonNode node) {
    ActionEvent event =
        event(
            node.get("event_id").asText(),
            node.get("task_id").asText(),
            node.get("tool").get("name").asText());
    event.getAgent().setId(node.get("agent").get("id").asText());
    JsonNode arguments = node.get("arguments");
    if (arguments != null && arguments.isObject()) {
      event.setArguments(arguments.toString());
    }
    if (node.hasNonNull("arguments_raw")) {
      event.setArgumentsRaw(node.get("arguments_raw").asText());
    }
    if (node.hasNonNull("arguments_state")) {
      event.setArgumentsState(ArgumentsState.valueOf(node.get("arguments_state").asText()));
    }
    if (node.hasNonNull("objective")) {
      event.setObjective(node.get("objective").asText());
    }
    return of(SOURCE, event);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parse(String json) {
    try {
      return JSON.readValue(json, Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ActionEvent event(String id, String task, String tool) {
    return ActionEvent.newBuilder()
        .setEventId(id)
        .setOccurredAt(Instant.EPOCH)
        .setPhase(Phase.OBSERVED)
        .setTaskId(task)
        .setAgent(Agent.newBuilder().setId("agent").build())
        .setTool(Tool.newBuilder().setName(tool).build())
        .setArgumentsState(ArgumentsState.ABSENT)
        .setEnvironment(Environment.UNKNOWN)
        .setTrust(Trust.UNTRUSTED)
        .setAttributes(new HashMap<>())
        .build();
  }
}
