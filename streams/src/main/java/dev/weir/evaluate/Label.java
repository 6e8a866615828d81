/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a log's author knows of an action: {@code truth} of its line. Read here, beside the decoder,
 * and never by what scores.
 *
 * @param harmful whether the action is wrong; null where nobody says
 * @param runHarmful whether its task did harm; null where nobody says
 * @param attack what its task was attacked with, or null
 * @param domain what it is about, or ""
 * @param scenario what several tasks have in common, or ""
 */
public record Label(
    @Nullable Boolean harmful,
    @Nullable Boolean runHarmful,
    @Nullable String attack,
    String domain,
    String scenario) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Label NONE = new Label(null, null, null, "", "");

  /** The label that {@code line} shows, as far as it is an object of JSON. */
  static Label of(byte[] line) {
    Label label = NONE;
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return NONE;
      }
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        if (json.nextToken() == JsonToken.START_OBJECT && key.equals("truth")) {
          label = truth(json);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      // What was read so far is what the line shows; the decoder says what is wrong with it.
    }
    return label;
  }

  private static Label truth(JsonParser json) throws IOException {
    Label label = NONE;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (token.isStructStart()) {
        json.skipChildren();
      } else if (token.isBoolean()) {
        label = label.with(key, token == JsonToken.VALUE_TRUE);
      } else if (token == JsonToken.VALUE_STRING) {
        label = label.with(key, json.getText());
      }
    }
    return label;
  }

  private Label with(String key, boolean value) {
    return switch (key) {
      case "harmful" -> new Label(value, runHarmful, attack, domain, scenario);
      case "run_harmful" -> new Label(harmful, value, attack, domain, scenario);
      default -> this;
    };
  }

  private Label with(String key, String value) {
    return switch (key) {
      case "attack" -> new Label(harmful, runHarmful, value, domain, scenario);
      case "domain" -> new Label(harmful, runHarmful, attack, value, scenario);
      case "scenario" -> new Label(harmful, runHarmful, attack, domain, value);
      default -> this;
    };
  }
}
