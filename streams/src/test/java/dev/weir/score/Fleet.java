/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.action.Action;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The evaluation log: {@code shared/data/fleet.jsonl.gz} beside or above the checkout, if there.
 */
final class Fleet {
  record Line(Action action, boolean harmful, String source) {}

  private Fleet() {}

  static Optional<Path> log() {
    String set = System.getProperty("weir.data");
    if (set != null) {
      return Optional.of(Path.of(set, "fleet.jsonl.gz")).filter(Files::exists);
    }
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path log = dir.resolve("shared/data/fleet.jsonl.gz");
      if (Files.exists(log)) {
        return Optional.of(log);
      }
    }
    return Optional.empty();
  }

  static List<Line> read(Path log) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Line> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode node = json.readTree(line);
        JsonNode truth = node.path("truth");
        lines.add(
            new Line(
                Actions.line(node),
                truth.path("harmful").asBoolean(false),
                truth.path("source").asText("")));
      }
    }
    return lines;
  }
}
