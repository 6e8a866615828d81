/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.weir.event.ActionEvent;
import dev.weir.event.Result;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an action of a fuzzer's bytes. They are parts, divided by form feeds: the tool's name, the
 * objective, the result, then by turns a key and a value of the arguments; a value that begins with
 * {@code =} is JSON, every other one text. What stands there is checked as in production.
 */
public final class FuzzedAction {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ActionDecoder DECODER = new ActionDecoder(Limits.DEFAULT);

  private FuzzedAction() {}

  /** The parts of {@code bytes}. */
  public static String[] parts(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).split("\f", -1);
  }

  /** The action that these parts make up; empty if it would be refused. */
  public static Optional<Action> of(String eventId, String[] parts) {
    ActionEvent event = Actions.minimalEvent();
    event.setEventId(eventId);
    event.getTool().setName(parts[0]);
    if (parts.length > 1 && !parts[1].isEmpty()) {
      event.setObjective(parts[1]);
    }
    if (parts.length > 2 && !parts[2].isEmpty()) {
      event.setResult(new Result("OK", parts[2], parts[2].endsWith("...")));
    }
    if (parts.length > 3) {
      event.setArguments(arguments(parts));
    }
    return DECODER.decode(Actions.avro(event), Actions.ORIGIN) instanceof Action action
        ? Optional.of(action)
        : Optional.empty();
  }

  private static String arguments(String[] parts) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 3; i < parts.length; i += 2) {
      String value = i + 1 < parts.length ? parts[i + 1] : "";
      arguments.put(parts[i], value.startsWith("=") ? new RawValue(value.substring(1)) : value);
    }
    try {
      return JSON.writeValueAsString(arguments);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
