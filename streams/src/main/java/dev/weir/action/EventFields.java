/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.ArgumentsState;
import dev.weir.event.Environment;
import dev.weir.event.Phase;
import dev.weir.event.RefusalReason;
import dev.weir.event.Result;
import dev.weir.event.Tool;
import dev.weir.event.ToolAnnotations;
import dev.weir.event.Trust;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON action into an event. A field of another type than the schema's is
 * refused once the whole record was read, so that a refusal shows all the identifiers there are;
 * unknown keys are skipped and counted.
 */
final class EventFields {
  private final ActionEvent event;
  private final Arguments argumentsReader;
  private Map<String, Object> arguments = Map.of();
  private int unknownKeys;
  private @Nullable RefusedException fault;

  EventFields(ActionEvent event, Arguments argumentsReader) {
    this.event = event;
    this.argumentsReader = argumentsReader;
  }

  /** An event with the schema's defaults and nothing else. */
  static ActionEvent empty() {
    ActionEvent event = new ActionEvent();
    event.setPhase(Phase.OBSERVED);
    event.setArgumentsState(ArgumentsState.ABSENT);
    event.setEnvironment(Environment.UNKNOWN);
    event.setTrust(Trust.UNTRUSTED);
    event.setAttributes(Map.of());
    return event;
  }

  Map<String, Object> arguments() {
    return arguments;
  }

  int unknownKeys() {
    return unknownKeys;
  }

  /** Reads one object, whose text stands in {@code chars}. */
  void read(JsonParser json, char[] chars) throws IOException, RefusedException {
    json.nextToken();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      field(key, json, chars);
    }
    if (fault != null) {
      throw fault;
    }
  }

  private void field(String key, JsonParser json, char[] chars)
      throws IOException, RefusedException {
    switch (key) {
      case "event_id" -> event.setEventId(text(key, json));
      case "occurred_at" -> {
        Instant occurredAt = time(json);
        if (occurredAt != null) {
          event.setOccurredAt(occurredAt);
        }
      }
      case "phase" -> event.setPhase(choice(key, json, Phase.class, Phase.OBSERVED));
      case "proposal_id" -> event.setProposalId(text(key, json));
      case "task_id" -> event.setTaskId(text(key, json));
      case "agent" -> event.setAgent(agent(json));
      case "tool" -> event.setTool(tool(json));
      case "arguments" -> arguments(json, chars);
      case "arguments_raw" -> event.setArgumentsRaw(text(key, json));
      case "arguments_state" ->
          event.setArgumentsState(choice(key, json, ArgumentsState.class, ArgumentsState.ABSENT));
      case "objective" -> event.setObjective(text(key, json));
      case "environment" ->
          event.setEnvironment(choice(key, json, Environment.class, Environment.UNKNOWN));
      case "result" -> event.setResult(result(json));
      case "trust" -> event.setTrust(choice(key, json, Trust.class, Trust.UNTRUSTED));
      case "parent_event_id" -> event.setParentEventId(text(key, json));
      case "trace_id" -> event.setTraceId(text(key, json));
      case "span_id" -> event.setSpanId(text(key, json));
      case "conversation_id" -> event.setConversationId(text(key, json));
      case "cost" -> event.setCost(number(key, json));
      case "requested_tier" -> event.setRequestedTier(text(key, json));
      case "language" -> event.setLanguage(text(key, json));
      case "principal_group" -> event.setPrincipalGroup(text(key, json));
      case "source_seq" -> event.setSourceSeq(whole(key, json));
      case "attributes" -> event.setAttributes(attributes(json));
      default -> unknown(key, json);
    }
  }

  private void arguments(JsonParser json, char[] chars) throws IOException, RefusedException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (!isObject("arguments", json)) {
      return;
    }
    int start = (int) json.currentTokenLocation().getCharOffset();
    try {
      arguments = argumentsReader.object(json, 1);
    } catch (RefusedException e) {
      throw fault == null ? e : fault; // the parser stands inside: what follows cannot be read
    }
    int end = (int) json.currentLocation().getCharOffset();
    event.setArguments(new String(chars, start, end - start));
  }

  private @Nullable Agent agent(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL || !isObject("agent", json)) {
      return null;
    }
    Agent agent = new Agent();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "id" -> agent.setId(text("agent.id", json));
        case "name" -> agent.setName(text("agent.name", json));
        case "model" -> agent.setModel(text("agent.model", json));
        case "provider" -> agent.setProvider(text("agent.provider", json));
        case "version" -> agent.setVersion(text("agent.version", json));
        case "principal" -> agent.setPrincipal(text("agent.principal", json));
        default -> unknown(key, json);
      }
    }
    return agent;
  }

  private @Nullable Tool tool(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL || !isObject("tool", json)) {
      return null;
    }
    Tool tool = new Tool();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "name" -> tool.setName(text("tool.name", json));
        case "server" -> tool.setServer(text("tool.server", json));
        case "call_id" -> tool.setCallId(text("tool.call_id", json));
        case "type" -> tool.setType(text("tool.type", json));
        case "annotations" -> tool.setAnnotations(annotations(json));
        default -> unknown(key, json);
      }
    }
    return tool;
  }

  private @Nullable ToolAnnotations annotations(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL || !isObject("tool.annotations", json)) {
      return null;
    }
    ToolAnnotations hints = new ToolAnnotations();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "read_only_hint" -> hints.setReadOnlyHint(flag("tool.annotations." + key, json));
        case "destructive_hint" -> hints.setDestructiveHint(flag("tool.annotations." + key, json));
        case "idempotent_hint" -> hints.setIdempotentHint(flag("tool.annotations." + key, json));
        case "open_world_hint" -> hints.setOpenWorldHint(flag("tool.annotations." + key, json));
        default -> unknown(key, json);
      }
    }
    return hints;
  }

  private @Nullable Result result(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL || !isObject("result", json)) {
      return null;
    }
    Result result = new Result();
    result.setPartial(false);
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "status" -> result.setStatus(text("result.status", json));
        case "excerpt" -> result.setExcerpt(text("result.excerpt", json));
        case "partial" -> result.setPartial(Boolean.TRUE.equals(flag("result.partial", json)));
        default -> unknown(key, json);
      }
    }
    return result;
  }

  private Map<String, String> attributes(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL || !isObject("attributes", json)) {
      return Map.of();
    }
    Map<String, String> attributes = new HashMap<>();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      String value = text("attributes", json);
      if (value != null) {
        attributes.put(key, value);
      }
    }
    return attributes;
  }

  private @Nullable String text(String field, JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NULL -> null;
      default -> {
        wrongType(field, "a string", json);
        yield null;
      }
    };
  }

  private @Nullable Boolean flag(String field, JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> {
        wrongType(field, "true or false", json);
        yield null;
      }
    };
  }

  private @Nullable Double number(String field, JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_NULL -> null;
      default -> {
        wrongType(field, "a number", json);
        yield null;
      }
    };
  }

  private @Nullable Long whole(String field, JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    boolean fits =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (fits) {
      return json.getLongValue();
    }
    wrongType(field, "a whole number of 64 bits", json);
    return null;
  }

  private <E extends Enum<E>> E choice(String field, JsonParser json, Class<E> type, E otherwise)
      throws IOException {
    String name = text(field, json);
    if (name == null) {
      return otherwise;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    refuse(
        new RefusedException(
            RefusalReason.BAD_VALUE,
            field,
            field + " is none of " + String.join(", ", names(type.getEnumConstants()))));
    return otherwise;
  }

  private static String[] names(Enum<?>[] constants) {
    String[] names = new String[constants.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = constants[i].name().toUpperCase(Locale.ROOT);
    }
    return names;
  }

  private @Nullable Instant time(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      Long ms = whole("occurred_at", json);
      return ms == null ? null : Instant.ofEpochMilli(ms);
    }
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      wrongType("occurred_at", "text in ISO-8601 or whole epoch milliseconds", json);
      return null;
    }
    String text = json.getText();
    Instant usual = UsualTime.parse(text);
    if (usual != null) {
      return usual;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      refuse(
          new RefusedException(
              RefusalReason.BAD_TIME,
              "occurred_at",
              "occurred_at is neither ISO-8601 with an offset nor epoch milliseconds"));
      return null;
    }
  }

  private boolean isObject(String field, JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    wrongType(field, "an object" + instead(field, json.currentToken()), json);
    return false;
  }

  /** How to mend what the short form of policies writes. */
  private static String instead(String field, JsonToken token) {
    boolean named = field.equals("tool") || field.equals("agent");
    return !named || token != JsonToken.VALUE_STRING
        ? ""
        : "; write {\"%s\": \"...\"}".formatted(field.equals("tool") ? "name" : "id");
  }

  private void wrongType(String field, String wanted, JsonParser json) throws IOException {
    refuse(new RefusedException(RefusalReason.WRONG_TYPE, field, field + " is not " + wanted));
    json.skipChildren();
  }

  private void refuse(RefusedException found) {
    if (fault == null) {
      fault = found;
    }
  }

  /** Passes over a field that no one reads; its text and numbers must be sound all the same. */
  private void unknown(String key, JsonParser json) throws IOException {
    unknownKeys++;
    wellFormed(key);
    int open = 0;
    do {
      switch (json.currentToken()) {
        case START_OBJECT, START_ARRAY -> open++;
        case END_OBJECT, END_ARRAY -> open--;
        case FIELD_NAME, VALUE_STRING -> wellFormed(json.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> finite(json.getDoubleValue());
        default -> {}
      }
    } while (open > 0 && json.nextToken() != null);
  }

  private void wellFormed(String text) {
    if (!Text.isWellFormed(text)) {
      refuse(
          new RefusedException(
              RefusalReason.BAD_TEXT,
              "",
              "an unknown field holds half of a surrogate pair; send valid Unicode"));
    }
  }

  private void finite(double number) {
    if (!Double.isFinite(number)) {
      refuse(
          new RefusedException(
              RefusalReason.BAD_NUMBER,
              "",
              "an unknown field holds a number that does not fit a double; send it as a string"));
    }
  }
}
