/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.ArgumentsState;
import dev.weir.event.Environment;
import dev.weir.event.Phase;
import dev.weir.event.Result;
import dev.weir.event.Tool;
import dev.weir.event.ToolAnnotations;
import dev.weir.event.Trust;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Actions for tests. An instance builds the JSON of one action field by field, each value as the
 * JSON text that it stands for, so that a test can also write what no serializer would.
 */
public final class Actions {
  /** Broker append time of {@link #ORIGIN}. */
  public static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00Z");

  /** Where the actions were first read. */
  public static final Origin ORIGIN = new Origin("weir.actions", 3, 41, RECEIVED.toEpochMilli());

  private static final SingleObject<ActionEvent> AVRO = SingleObject.of(ActionEvent.class);

  private final Map<String, String> fields = new LinkedHashMap<>();

  private Actions() {}

  /** The required fields and no more. */
  public static Actions minimal() {
    return new Actions()
        .with("event_id", "\"e-1\"")
        .with("occurred_at", "\"2026-03-01T11:59:58.125Z\"")
        .with("task_id", "\"t-1\"")
        .with("agent", "{\"id\":\"a-1\"}")
        .with("tool", "{\"name\":\"send_mail\"}");
  }

  /** Every field, none at its default. Equal to {@link #fullEvent()}. */
  public static Actions full() {
    return minimal()
        .with("phase", "\"PROPOSED\"")
        .with("proposal_id", "\"p-1\"")
        .with(
            "agent",
            "{\"id\":\"a-1\",\"name\":\"Ada\",\"model\":\"m\",\"provider\":\"p\","
                + "\"version\":\"1.2\",\"principal\":\"acme\"}")
        .with(
            "tool",
            "{\"name\":\"send_mail\",\"server\":\"mail\",\"call_id\":\"c-1\",\"type\":\"function\","
                + "\"annotations\":{\"read_only_hint\":false,\"destructive_hint\":true,"
                + "\"idempotent_hint\":false,\"open_world_hint\":true}}")
        .with("arguments", "{\"to\": \"bob@example.org\", \"n\": [1, 2.5, null, true]}")
        .with("arguments_raw", "\"raw\"")
        .with("arguments_state", "\"REDACTED\"")
        .with("objective", "\"Send Bob his invoice. \\u00e9\\ud83d\\ude00\"")
        .with("environment", "\"STAGING\"")
        .with("result", "{\"status\":\"OK\",\"excerpt\":\"sent\",\"partial\":true}")
        .with("trust", "\"TRUSTED\"")
        .with("parent_event_id", "\"e-0\"")
        .with("trace_id", "\"tr\"")
        .with("span_id", "\"sp\"")
        .with("conversation_id", "\"co\"")
        .with("cost", "2.5")
        .with("requested_tier", "\"expert\"")
        .with("language", "\"en\"")
        .with("principal_group", "\"g\"")
        .with("source_seq", "9007199254740993")
        .with("attributes", "{\"k\":\"v\",\"l\":\"\"}");
  }

  /** The event of {@link #minimal()}. */
  public static ActionEvent minimalEvent() {
    return ActionEvent.newBuilder()
        .setEventId("e-1")
        .setOccurredAt(Instant.parse("2026-03-01T11:59:58.125Z"))
        .setTaskId("t-1")
        .setAgent(Agent.newBuilder().setId("a-1").build())
        .setTool(Tool.newBuilder().setName("send_mail").build())
        .build();
  }

  /** The event of {@link #full()}. */
  public static ActionEvent fullEvent() {
    ToolAnnotations hints =
        ToolAnnotations.newBuilder()
            .setReadOnlyHint(false)
            .setDestructiveHint(true)
            .setIdempotentHint(false)
            .setOpenWorldHint(true)
            .build();
    return ActionEvent.newBuilder(minimalEvent())
        .setPhase(Phase.PROPOSED)
        .setProposalId("p-1")
        .setAgent(new Agent("a-1", "Ada", "m", "p", "1.2", "acme"))
        .setTool(new Tool("send_mail", "mail", "c-1", "function", hints))
        .setArguments("{\"to\": \"bob@example.org\", \"n\": [1, 2.5, null, true]}")
        .setArgumentsRaw("raw")
        .setArgumentsState(ArgumentsState.REDACTED)
        .setObjective("Send Bob his invoice. \u00e9\ud83d\ude00")
        .setEnvironment(Environment.STAGING)
        .setResult(new Result("OK", "sent", true))
        .setTrust(Trust.TRUSTED)
        .setParentEventId("e-0")
        .setTraceId("tr")
        .setSpanId("sp")
        .setConversationId("co")
        .setCost(2.5)
        .setRequestedTier("expert")
        .setLanguage("en")
        .setPrincipalGroup("g")
        .setSourceSeq(9007199254740993L)
        .setAttributes(Map.of("k", "v", "l", ""))
        .build();
  }

  /** Sets a field to a JSON text, in its place if it has one, else at the end. */
  public Actions with(String field, String json) {
    fields.put(field, json);
    return this;
  }

  /** The same, for a text value that needs no escapes. */
  public Actions withText(String field, String text) {
    return with(field, quoted(text));
  }

  /** Sets a field and moves it before all others. */
  public Actions first(String field, String json) {
    Map<String, String> rest = new LinkedHashMap<>(fields);
    rest.remove(field);
    fields.clear();
    fields.put(field, json);
    fields.putAll(rest);
    return this;
  }

  /** Leaves a field out. */
  public Actions without(String field) {
    fields.remove(field);
    return this;
  }

  /** The JSON text. */
  public String json() {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The JSON text in UTF-8. */
  public byte[] bytes() {
    return utf8(json());
  }

  /** The action that a decoder with default limits makes of it. */
  public Action action() {
    return accepted(bytes());
  }

  /** {@code event} in Avro single-object encoding. */
  public static byte[] avro(ActionEvent event) {
    return AVRO.encode(event);
  }

  /** What a decoder with default limits makes of {@code value}. */
  public static Intake decoded(byte[] value) {
    return new ActionDecoder(Limits.DEFAULT).decode(value, ORIGIN);
  }

  /** The action in {@code value}; fails if it is refused. */
  public static Action accepted(byte[] value) {
    Intake intake = decoded(value);
    if (intake instanceof Action action) {
      return action;
    }
    throw new AssertionError("refused: " + intake);
  }

  /** Why {@code value} is refused; fails if it is not. */
  public static Refusal refused(byte[] value) {
    Intake intake = decoded(value);
    if (intake instanceof Refusal refusal) {
      return refusal;
    }
    throw new AssertionError("accepted: " + intake);
  }

  /** Why this action is refused; fails if it is not. */
  public Refusal refusal() {
    return refused(bytes());
  }

  /** {@code text} in UTF-8. */
  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** {@code text} between quotes; it must need no escapes. */
  public static String quoted(String text) {
    return '"' + text + '"';
  }
}
