/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.event.RefusalReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value into plain Java: Map, List, String, Long, Double, Boolean, null. Whole
 * numbers beyond 64 bits become Double. Refuses what {@link JsonIntake} refuses.
 */
final class Arguments {
  private final int maxDepth;

  Arguments(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /** The object at whose START_OBJECT the parser stands; leaves it at the END_OBJECT. */
  Map<String, Object> object(JsonParser json, int depth) throws IOException, RefusedException {
    if (depth > maxDepth) {
      throw tooDeep();
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      wellFormed(key);
      object.put(key, value(json, json.nextToken(), depth));
    }
    @SuppressWarnings("NullAway") // JSON null is a value that rules may meet
    Map<String, Object> result = object;
    return result;
  }

  private @Nullable Object value(JsonParser json, JsonToken token, int depth)
      throws IOException, RefusedException {
    return switch (token) {
      case START_OBJECT -> object(json, depth + 1);
      case START_ARRAY -> array(json, depth + 1);
      case VALUE_STRING -> wellFormed(json.getText());
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) finite(json.getDoubleValue())
              : (Object) json.getLongValue();
      case VALUE_NUMBER_FLOAT -> finite(json.getDoubleValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private List<@Nullable Object> array(JsonParser json, int depth)
      throws IOException, RefusedException {
    if (depth > maxDepth) {
      throw tooDeep();
    }
    List<@Nullable Object> array = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      array.add(value(json, token, depth));
    }
    return array;
  }

  private RefusedException tooDeep() {
    return new RefusedException(
        RefusalReason.TOO_DEEP,
        "arguments",
        "arguments are nested deeper than " + maxDepth + " levels; flatten them");
  }

  private static double finite(double number) throws RefusedException {
    if (!Double.isFinite(number)) {
      throw new RefusedException(
          RefusalReason.BAD_NUMBER,
          "arguments",
          "arguments hold a number that does not fit a double; send it as a string");
    }
    return number;
  }

  private static String wellFormed(String text) throws RefusedException {
    if (!Text.isWellFormed(text)) {
      throw new RefusedException(
          RefusalReason.BAD_TEXT,
          "arguments",
          "arguments hold half of a surrogate pair; send valid Unicode");
    }
    return text;
  }
}
