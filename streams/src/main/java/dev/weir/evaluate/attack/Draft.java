/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.action.Action;
import dev.weir.action.Digest;
import dev.weir.event.ActionEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A copy of an action that may be rewritten, as deep as arguments may nest. */
final class Draft {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_WORDS = 100;
  private static final Set<String> COMMAND_KEYS =
      Set.of("command", "cmd", "commands", "script", "bash", "shell");

  private final Action base;
  private final ActionEvent event;
  private final Map<String, Object> arguments;

  Draft(Action base) {
    this.base = base;
    this.event = ActionEvent.newBuilder(base.event()).build();
    this.arguments = object(base.arguments());
  }

  /**
   * One text or number of the arguments.
   *
   * @param key the name of the field that holds it, lower case
   * @param set puts another value in its place
   */
  record Leaf(String key, Object value, Consumer<Object> set) {
    /** The text, or "" of a number. */
    String text() {
      return value instanceof String text ? text : "";
    }

    /** Whether it is text for a reader: at least four words of letters. */
    boolean isProse() {
      long words =
          Stream.of(text().split(" ", MAX_WORDS))
              .filter(word -> word.length() > 1 && word.chars().allMatch(Character::isLetter))
              .count();
      return !isCommand() && words >= 4;
    }

    /** Whether it is a command line: by its key, and of more than one word. */
    boolean isCommand() {
      return COMMAND_KEYS.contains(key) && text().strip().indexOf(' ') > 0;
    }
  }

  ActionEvent event() {
    return event;
  }

  /** The arguments' outermost object, to be changed in place. */
  Map<String, Object> arguments() {
    return arguments;
  }

  /** What the task is for, as this action says. */
  String objective() {
    return event.getObjective() == null ? "" : event.getObjective();
  }

  /** Every text and number of the arguments. */
  List<Leaf> leaves() {
    List<Leaf> leaves = new ArrayList<>();
    arguments.forEach((key, value) -> collect(key, value, v -> arguments.put(key, v), leaves));
    return leaves;
  }

  /** The action as it is written now; null where it is longer than an action may be. */
  @Nullable Action action(int maxBytes) {
    String text = text();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > maxBytes) {
      return null;
    }
    event.setArguments(text);
    return new Action(event, arguments, bytes, Digest.of(bytes), base.origin(), 0);
  }

  /** The arguments as JSON. */
  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void collect(
      String key, @Nullable Object value, Consumer<Object> set, List<Leaf> leaves) {
    if (value instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // made by object()
      Map<String, Object> object = (Map<String, Object>) map;
      object.forEach((name, inner) -> collect(name, inner, v -> object.put(name, v), leaves));
    } else if (value instanceof List<?> list) {
      @SuppressWarnings("unchecked") // made by copy()
      List<Object> items = (List<Object>) list;
      for (int i = 0; i < items.size(); i++) {
        int at = i;
        collect(key, items.get(i), v -> items.set(at, v), leaves);
      }
    } else if (value instanceof String || value instanceof Number) {
      leaves.add(new Leaf(key.toLowerCase(Locale.ROOT), value, set));
    }
  }

  private static Map<String, Object> object(Map<?, ?> map) {
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((key, value) -> object.put(String.valueOf(key), copy(value)));
    return object;
  }

  @SuppressWarnings("NullAway") // JSON's null is kept as it is
  private static Object copy(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return object(map);
    } else if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(copy(item)));
      return items;
    }
    return value;
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> e : map.entrySet()) {
        json.writeFieldName(String.valueOf(e.getKey()));
        write(json, e.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(json, item);
      }
      json.writeEndArray();
    } else {
      json.writePOJO(value);
    }
  }
}
