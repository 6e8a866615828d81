/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action's arguments as expressions see them: with CEL's null and whole numbers, and with plain
 * letters in short texts.
 */
final class CelValues {
  /** Longer texts are prose, in which other letters are another language. */
  private static final int MAX_PLAIN = 120;

  private CelValues() {}

  static Map<String, Object> of(Map<String, Object> arguments) {
    Map<String, Object> map = new LinkedHashMap<>();
    arguments.forEach((name, value) -> map.put(name, value(value)));
    return map;
  }

  /** CEL knows no Java null, in however deep a value. */
  private static Object value(@Nullable Object value) {
    if (value == null) {
      return NullValue.NULL_VALUE;
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), value(v)));
      return copy;
    } else if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(v -> copy.add(value(v)));
      return copy;
    } else if (value instanceof String text) {
      return text.length() <= MAX_PLAIN ? Lookalikes.plain(text) : text;
    }
    return value instanceof Integer i ? Long.valueOf(i) : value;
  }
}
