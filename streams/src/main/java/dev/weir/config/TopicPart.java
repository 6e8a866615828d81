/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Takes what may be part of a topic's name, or a list of such parts without repetition. */
final class TopicPart implements ConfigDef.Validator {
  private static final Pattern PART = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,99}");

  @Override
  public void ensureValid(String key, Object value) {
    List<?> parts = value instanceof List<?> list ? list : List.of(value);
    for (Object part : parts) {
      if (!PART.matcher(String.valueOf(part)).matches()) {
        throw new ConfigException(key, value, "Must be " + this);
      }
    }
    if (new HashSet<>(parts).size() < parts.size()) {
      throw new ConfigException(key, value, "Must not name one twice");
    }
  }

  @Override
  public String toString() {
    return "1 to 100 of a-z A-Z 0-9 . _ -";
  }
}
