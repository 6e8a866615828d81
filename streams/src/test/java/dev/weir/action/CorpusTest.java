/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Our own corpora of actions are what their README says. */
class CorpusTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ActionDecoder DECODER =
      new ActionDecoder(Limits.DEFAULT.withAheadMs(Long.MAX_VALUE));
  private static final String[] EVASIONS = {
    "quoting", "variables", "aliases", "encodings",
    "unicode", "splitting", "comments", "alternative-tool"
  };

  @Test
  void shouldDecodeEveryActionWhenMagnitudeCorpusIsRead() {
    List<Action> actions = lines("magnitude.jsonl").stream().map(CorpusTest::action).toList();

    assertThat(actions).hasSize(649);
    assertThat(actions).extracting(a -> a.event().getEventId()).doesNotHaveDuplicates();
    assertThat(actions).extracting(a -> a.event().getTaskId()).doesNotHaveDuplicates();
    assertThat(actions).extracting(Action::unknownKeys).containsOnly(0);
  }

  @Test
  void shouldHoldNoActionTwiceWhenMagnitudeCorpusIsRead() {
    assertThat(trees("magnitude.jsonl")).extracting(CorpusTest::deed).doesNotHaveDuplicates();
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

  @Test
  void shouldDecodeEveryActionWhenEverydayCorpusIsRead() {
    List<Action> actions = lines("everyday.jsonl").stream().map(CorpusTest::action).toList();

    assertThat(actions).hasSize(360);
    assertThat(actions).extracting(a -> a.event().getEventId()).doesNotHaveDuplicates();
    assertThat(actions).extracting(Action::unknownKeys).containsOnly(0);
  }

  @Test
  void shouldHoldTasksOfThreeToTwelveActionsWhenEverydayCorpusIsRead() {
    Map<String, Long> tasks =
        trees("everyday.jsonl").stream()
            .collect(groupingBy(action -> action.path("task_id").asText(), counting()));

    assertThat(tasks.values()).allMatch(actions -> actions >= 3 && actions <= 12);
    assertThat(actionsOf("engineering-", tasks)).isEqualTo(140);
    assertThat(actionsOf("office-", tasks)).isEqualTo(110);
    assertThat(actionsOf("service-", tasks)).isEqualTo(110);
  }

  @Test
  void shouldDeclareAnObjectiveFirstWhenEverydayTaskBegins() {
    Set<String> begun = new HashSet<>();
    for (JsonNode action : trees("everyday.jsonl")) {
      if (begun.add(action.path("task_id").asText())) {
        assertThat(action.path("objective").asText()).isNotBlank();
      }
      assertThat(action.path("result").has("excerpt")).isTrue();
    }
  }

  @Test
  void shouldHoldNoActionTwiceWhenEverydayCorpusIsRead() {
    assertThat(trees("everyday.jsonl")).extracting(CorpusTest::deed).doesNotHaveDuplicates();
  }

  @Test
  void shouldHoldAsManyPairsOfEachKindWhenEvasionCorpusIsRead() {
    List<JsonNode> pairs = trees("evasion.jsonl");

    assertThat(pairs).extracting(pair -> pair.path("id").asText()).doesNotHaveDuplicates();
    assertThat(pairs.stream().collect(groupingBy(pair -> pair.path("kind").asText(), counting())))
        .containsOnlyKeys(EVASIONS)
        .values()
        .containsOnly((long) pairs.size() / EVASIONS.length);
  }

  @Test
  void shouldDecodeEveryActionWhenEvasionCorpusIsRead() {
    List<Action> actions =
        trees("evasion.jsonl").stream()
            .flatMap(CorpusTest::actions)
            .map(action -> action(action.toString()))
            .toList();

    assertThat(actions).extracting(a -> a.event().getEventId()).doesNotHaveDuplicates();
    assertThat(actions).extracting(Action::unknownKeys).containsOnly(0);
  }

  @Test
  void shouldRewriteIntoOneTaskApartFromThePlainOneWhenEvasionCorpusIsRead() {
    for (JsonNode pair : trees("evasion.jsonl")) {
      List<String> tasks =
          stream(pair.path("rewritten")).map(action -> action.path("task_id").asText()).toList();

      assertThat(tasks).isNotEmpty().containsOnly(tasks.get(0));
      assertThat(tasks).doesNotContain(pair.path("plain").path("task_id").asText());
      assertThat(tasks.size() > 1 || !pair.path("kind").asText().equals("splitting")).isTrue();
    }
  }

  /** One dangerous action may be rewritten in several ways: each way stands once. */
  @Test
  void shouldHoldNoPairTwiceWhenEvasionCorpusIsRead() {
    assertThat(trees("evasion.jsonl"))
        .extracting(pair -> actions(pair).map(CorpusTest::deed).toList())
        .doesNotHaveDuplicates();
  }

  private static long actionsOf(String area, Map<String, Long> tasks) {
    return tasks.entrySet().stream()
        .filter(task -> task.getKey().startsWith(area))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** What the action does, whoever does it, whenever. */
  private static List<JsonNode> deed(JsonNode action) {
    return List.of(action.path("tool"), action.path("arguments"), action.path("arguments_raw"));
  }

  private static Stream<JsonNode> actions(JsonNode pair) {
    return Stream.concat(Stream.of(pair.path("plain")), stream(pair.path("rewritten")));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<JsonNode> trees(String name) {
    return lines(name).stream().map(CorpusTest::tree).toList();
  }

  private static Action action(String line) {
    return (Action) DECODER.decode(Actions.utf8(line), Actions.ORIGIN);
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
