/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Limits;
import dev.weir.action.Origin;

/** Actions to be rewritten. */
final class Acts {
  private Acts() {}

  static Action command(String line) {
    return of("bash", "{\"command\":\"" + quoted(line) + "\"}", "tidy up");
  }

  static Action of(String tool, String arguments, String objective) {
    String json =
        "{\"event_id\":\"e\",\"occurred_at\":\"2026-01-01T00:00:00Z\",\"task_id\":\"t\","
            + "\"agent\":{\"id\":\"a\"},\"objective\":\"%s\",\"tool\":{\"name\":\"%s\"},\"arguments\":%s}";
    byte[] value = json.formatted(quoted(objective), tool, arguments).getBytes(UTF_8);
    Limits limits = Limits.DEFAULT.withAheadMs(Long.MAX_VALUE);
    return (Action) new ActionDecoder(limits).decode(value, new Origin("test", 0, 0, 0));
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
