/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher wants of a line without validating it: the monitor does that. Ground truth is
 * read here, beside the stream, and never by what scores.
 *
 * @param taskId the record's key, or null
 * @param eventId to find it again, or null
 * @param harmful ground truth, null where there is none
 */
record LineFacts(@Nullable String taskId, @Nullable String eventId, @Nullable Boolean harmful) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The facts that {@code line} shows, as far as it is an object of JSON. */
  static LineFacts of(byte[] line) {
    String taskId = null;
    String eventId = null;
    Boolean harmful = null;
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new LineFacts(null, null, null);
      }
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        JsonToken token = json.nextToken();
        if (key.equals("task_id") && token == JsonToken.VALUE_STRING) {
          taskId = json.getText();
        } else if (key.equals("event_id") && token == JsonToken.VALUE_STRING) {
          eventId = json.getText();
        } else if (key.equals("truth") && token == JsonToken.START_OBJECT) {
          harmful = harmful(json);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      // What was read so far is what the line shows; the monitor says what is wrong with it.
    }
    return new LineFacts(taskId, eventId, harmful);
  }

  private static @Nullable Boolean harmful(JsonParser json) throws IOException {
    Boolean harmful = null;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (key.equals("harmful") && token.isBoolean()) {
        harmful = token == JsonToken.VALUE_TRUE;
      } else {
        json.skipChildren();
      }
    }
    return harmful;
  }
}
