/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our own corpora of actions are what their README says. */
class CorpusTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldDecodeEveryActionWhenMagnitudeCorpusIsRead() {
    List<Action> actions = lines("magnitude.jsonl").stream().map(CorpusTest::action).toList();

    assertThat(actions).hasSize(300);
    assertThat(actions).extracting(a -> a.event().getEventId()).doesNotHaveDuplicates();
    assertThat(actions).extracting(a -> a.event().getTaskId()).doesNotHaveDuplicates();
    assertThat(actions).extracting(Action::unknownKeys).containsOnly(0);
  }

  @Test
  void shouldHoldNoActionTwiceWhenMagnitudeCorpusIsRead() {
    assertThat(lines("magnitude.jsonl"))
        .extracting(line -> deed(tree(line)))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldNameEveryLoggedActionOnceWhenMagnitudeLogIsRead() {
    List<String> rows = lines("magnitude-log.csv");

    assertThat(rows.get(0)).isEqualTo("file,event_id");
    assertThat(rows.subList(1, rows.size()))
        .hasSize(120)
        .doesNotHaveDuplicates()
        .allMatch(row -> row.matches("[a-z_-]+\\.jsonl\\.gz,[a-z]+-[a-z0-9-]*[0-9a-f]+:[0-9]{4}"));
  }

  /** What the action does, whoever does it, whenever. */
  private static List<JsonNode> deed(JsonNode action) {
    return List.of(action.path("tool"), action.path("arguments"), action.path("arguments_raw"));
  }

  private static Action action(String line) {
    return Actions.accepted(Actions.utf8(line));
  }

  private static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String name) {
    try (var in = CorpusTest.class.getResourceAsStream("/dev/weir/corpus/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
