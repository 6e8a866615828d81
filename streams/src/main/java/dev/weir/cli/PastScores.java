/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.author.PastScore;
import dev.weir.event.AgentEvidence;
import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads assessments as {@code weir tail} prints them, with or without {@code --values}. */
final class PastScores {
  private PastScores() {}

  static List<PastScore> read(Path file) throws IOException {
    List<PastScore> pasts = new ArrayList<>();
    try (LogFile lines = LogFile.open(file)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        try {
          JsonNode node = PolicyJson.read(new String(line, StandardCharsets.UTF_8));
          pasts.add(of(node.has("value") ? node.get("value") : node));
        } catch (IllegalArgumentException | DateTimeException e) {
          throw new CommandFailedException(
              "%s:%d: no assessment as 'weir tail assessments' prints it"
                  .formatted(file, lines.number()));
        }
      }
    }
    return pasts;
  }

  private static PastScore of(JsonNode a) {
    return new PastScore(
        need(a, "event_id").asText(),
        need(a, "task_id").asText(),
        need(a, "topic").asText(),
        need(a, "partition").asInt(),
        need(a, "offset").asLong(),
        Instant.parse(need(a, "received_at").asText()).toEpochMilli(),
        need(a, "digest").asText(),
        need(a, "policy_digest").asText(),
        need(a, "task_actions").asLong(),
        score(need(a, "score")),
        evidence(a.path("agent_evidence")));
  }

  private static @Nullable AgentEvidence evidence(JsonNode e) {
    return e.isMissingNode() || e.isNull()
        ? null
        : new AgentEvidence(
            need(e, "answers").asLong(),
            need(e, "found").asLong(),
            need(e, "expected").asDouble(),
            need(e, "ratio_low").asDouble());
  }

  private static Score score(JsonNode s) {
    List<Contribution> contributions = new ArrayList<>();
    for (JsonNode c : need(s, "contributions")) {
      contributions.add(
          new Contribution(
              need(c, "rule").asText(),
              Dimension.valueOf(need(c, "dimension").asText()),
              need(c, "value").asDouble(),
              need(c, "counted").asBoolean(),
              need(c, "because").asText()));
    }
    return new Score(
        need(s, "magnitude").asDouble(),
        need(s, "likelihood").asDouble(),
        need(s, "risk").asDouble(),
        need(s, "mass").asDouble(),
        need(s, "action_class").asText(),
        need(s, "unscorable").asBoolean(),
        contributions);
  }

  private static JsonNode need(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      throw new IllegalArgumentException("no " + field);
    }
    return value;
  }
}
