/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.weir.event.Phase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a refused record in JSON shows of itself, wherever its fault stands: a proposal that
 * is refused must still be denied. Lenient, so it shows more than the decoder accepts; stops at the
 * first place that it cannot read. An identifier that stands twice, or is not a text, is not shown.
 * Reads as a stream: its memory does not grow with the record's length.
 */
final class ShownReader {
  /** Beyond this nesting nothing more is shown; a level takes about 70 bytes while it is read. */
  private static final int MAX_DEPTH = 100_000;

  /** What the decoder puts in the place of bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private static final JsonFactory LENIENT =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_MISSING_VALUES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final Validation validation;

  ShownReader(Validation validation) {
    this.validation = validation;
  }

  /** The identifiers in {@code value}, within limits; none where it is not an object in JSON. */
  Refusal.Shown read(byte[] value) {
    Map<String, Optional<String>> found = new HashMap<>();
    try (JsonParser json = LENIENT.createParser(text(value))) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
          json.nextToken();
          if (key.equals("event_id") || key.equals("task_id") || key.equals("phase")) {
            found.merge(key, Optional.ofNullable(string(json)), (once, twice) -> Optional.empty());
          }
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      // What stands before the fault is all that can be shown.
    }
    return validation.shown(
        found.getOrDefault("event_id", Optional.empty()).orElse(null),
        found.getOrDefault("task_id", Optional.empty()).orElse(null),
        phase(found.getOrDefault("phase", Optional.empty()).orElse("")));
  }

  private static Reader text(byte[] value) {
    boolean mark =
        value.length >= 3
            && value[0] == (byte) 0xEF
            && value[1] == (byte) 0xBB
            && value[2] == (byte) 0xBF;
    int start = mark ? 3 : 0;
    return new InputStreamReader(
        new ByteArrayInputStream(value, start, value.length - start), StandardCharsets.UTF_8);
  }

  private static @Nullable String string(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return null;
    }
    String text = json.getText();
    return text.indexOf(REPLACEMENT) < 0 ? text : null;
  }

  private static @Nullable Phase phase(String name) {
    for (Phase phase : Phase.values()) {
      if (phase.name().equals(name)) {
        return phase;
      }
    }
    return null;
  }
}
