/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Reads recorded actions: a log of JSON lines, or what {@code weir tail} prints of a topic of
 * actions, which tells their origin too.
 */
final class RecordedActions {
  private final ActionDecoder decoder =
      new ActionDecoder(Limits.DEFAULT.withAheadMs(Long.MAX_VALUE));

  /** Takes one action; {@code placed} if its origin is that of the record. */
  @FunctionalInterface
  interface Taker {
    void take(Action action, boolean placed);
  }

  void read(Path file, Taker taker) throws IOException {
    try (LogFile lines = LogFile.open(file)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        Intake intake = decoder.decode(line, new Origin(ActionLines.SOURCE, 0, lines.number(), 0));
        if (intake instanceof Action action) {
          taker.take(action, false);
        } else {
          taker.take(tailed(line, file, lines.number()), true);
        }
      }
    }
  }

  private Action tailed(byte[] line, Path file, long number) {
    try {
      JsonNode node = PolicyJson.read(new String(line, StandardCharsets.UTF_8));
      if (node.get("value") instanceof ObjectNode value && node.has("timestamp")) {
        unwrap(value);
        Origin origin =
            new Origin(
                node.path("topic").asText(),
                node.path("partition").asInt(),
                node.path("offset").asLong(),
                Instant.parse(node.path("timestamp").asText()).toEpochMilli());
        byte[] bytes = PolicyJson.text(value).getBytes(StandardCharsets.UTF_8);
        Intake intake = decoder.decode(bytes, origin);
        if (intake instanceof Action action) {
          return action;
        }
        if (intake instanceof Refusal refusal) {
          throw new CommandFailedException("%s:%d: %s".formatted(file, number, refusal.detail()));
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // told below
    }
    throw new CommandFailedException(
        "%s:%d: neither an action nor a line of 'weir tail'".formatted(file, number));
  }

  /** In Avro the arguments are the text of an object; in JSON they are the object. */
  private static void unwrap(ObjectNode value) {
    if (value.path("arguments").isTextual()) {
      value.set("arguments", PolicyJson.read(value.get("arguments").asText()));
    }
  }
}
