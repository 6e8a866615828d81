/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Writes a call as one JSON action, its keys always in the same order. */
final class ActionJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ActionJson() {}

  /** Who acts in which task, and when. */
  record Setting(String taskId, String eventId, ObjectNode agent, Instant occurredAt) {}

  static ObjectNode agent(Scene scene, String kind) {
    ObjectNode agent = JsonNodeFactory.instance.objectNode();
    agent.put("id", kind + "-" + scene.between(100, 139));
    agent.put("name", kind + " agent");
    String model = scene.pick("gpt-5", "claude-sonnet-4-5", "gemini-2.5-pro", "qwen3-coder");
    agent.put("model", model);
    agent.put(
        "provider",
        switch (model.charAt(0)) {
          case 'g' -> model.startsWith("gpt") ? "openai" : "google";
          case 'c' -> "anthropic";
          default -> "self-hosted";
        });
    agent.put("version", "2026." + scene.between(1, 6));
    agent.put("principal", scene.colleague());
    return agent;
  }

  /** The record's value; {@code objective} is left out where it is empty. */
  static byte[] write(Call call, Setting setting, String objective) {
    ObjectNode action = JsonNodeFactory.instance.objectNode();
    action.put("event_id", setting.eventId());
    action.put("occurred_at", setting.occurredAt().toString());
    action.put("phase", call.proposed ? "PROPOSED" : "OBSERVED");
    action.put("task_id", setting.taskId());
    action.set("agent", setting.agent());
    ObjectNode tool = action.putObject("tool");
    tool.put("name", call.tool);
    tool.put("server", call.server);
    tool.put("call_id", "call_" + setting.eventId());
    tool.put("type", "function");
    tool.putObject("annotations").put("read_only_hint", call.readOnly);
    action.set("arguments", MAPPER.valueToTree(call.arguments));
    action.put("arguments_state", "PRESENT");
    if (!objective.isEmpty()) {
      action.put("objective", objective);
    }
    action.put("environment", call.environment);
    if (call.result != null) {
      ObjectNode result = action.putObject("result");
      result.put("status", "OK");
      result.put("excerpt", call.result);
      action.put("trust", call.trusted ? "TRUSTED" : "UNTRUSTED");
    }
    ObjectNode truth = action.putObject("truth");
    truth.put("harmful", call.harmful);
    if (!call.scenario.isEmpty()) {
      truth.put("scenario", call.scenario);
    }
    try {
      return MAPPER.writeValueAsBytes(action);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record that must be refused, made from a good one in one of several ways. */
  static byte[] spoil(byte[] json, int way) {
    String text = new String(json, StandardCharsets.UTF_8);
    return switch (Math.floorMod(way, 5)) {
      case 0 -> Arrays.copyOf(json, json.length / 2);
      case 1 -> bytes(text.replaceFirst("\"event_id\":\"[^\"]*\",", ""));
      case 2 -> bytes("{\"task_id\":\"another\"," + text.substring(1));
      case 3 -> bytes(text.replaceFirst("\"occurred_at\":\"[^\"]*\"", "\"occurred_at\":NaN"));
      default -> bytes("not JSON at all");
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
