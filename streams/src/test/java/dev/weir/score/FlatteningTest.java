/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.action.Origin;
import dev.weir.event.Score;
import dev.weir.policy.PolicyLoader;
import dev.weir.score.Arguments.Leaf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is too much among arguments hides nothing else, and is never passed over in silence. */
class FlatteningTest {
  private static final String WIPE = "rm -rf / --no-preserve-root";
  private static final PolicyScorer SCORER = new PolicyScorer(PolicyLoader.builtIn());

  @Test
  void shouldReadAllWhenThereIsRoom() {
    Arguments read = new Arguments(Map.of("a", "x".repeat(32 << 10), "b", List.of(1, "y")));
    assertThat(read.clipped()).isFalse();
    assertThat(read.leaves()).hasSize(3);
  }

  @Test
  void shouldCountForeignLettersByTheirBytes() {
    assertThat(new Arguments(Map.of("a", "é".repeat(16 << 10))).clipped()).isFalse();
    assertThat(new Arguments(Map.of("a", "é".repeat((16 << 10) + 1))).clipped()).isTrue();
  }

  @Test
  void shouldReadShortTextsWholeWhenLongOnesAreCut() {
    Arguments read = new Arguments(behind(Map.of("a", filler(30_000), "b", filler(30_000))));
    assertThat(read.clipped()).isTrue();
    assertThat(read.leftOut()).isFalse();
    assertThat(text(read, "command")).isEqualTo(WIPE);
    assertThat(text(read, "a")).hasSize(text(read, "b").length()).hasSizeGreaterThan(8_000);
  }

  @Test
  void shouldReadTheOthersWhenAListIsTooLong() {
    Arguments read = new Arguments(behind(Map.of("a", Collections.nCopies(5_000, 1))));
    assertThat(read.clipped()).isTrue();
    assertThat(read.leftOut()).isFalse();
    assertThat(text(read, "command")).isEqualTo(WIPE);
    assertThat(read.leaves()).hasSizeGreaterThan(900);
    assertThat(read.longestList()).isEqualTo(5_000);
  }

  @Test
  void shouldSayThatValuesWereLeftOutWhenThereAreTooManyNames() {
    assertThat(new Arguments(behind(names(1_100))).leftOut()).isTrue();
    assertThat(new Arguments(behind(names(900))).leftOut()).isFalse();
  }

  @Test
  void shouldScoreNoLowerWhenACommandStandsBehindFiller() {
    double plain = score(Map.of("command", WIPE)).getRisk();
    assertThat(score(behind(Map.of("a", Collections.nCopies(5_000, 1)))).getRisk())
        .isGreaterThanOrEqualTo(plain);
    assertThat(score(behind(Map.of("a", filler(30_000), "b", filler(30_000)))).getRisk())
        .isGreaterThanOrEqualTo(plain);
  }

  @Test
  void shouldBeUnscorableWhenValuesOrTheEndOfAProgramAreNotRead() {
    assertThat(score(behind(names(1_100))).getUnscorable()).isTrue();
    assertThat(score(Map.of("command", "echo " + filler(40_000) + WIPE)).getUnscorable()).isTrue();
    assertThat(score(Map.of("command", "echo " + filler(3_000))).getUnscorable()).isFalse();
  }

  private static Map<String, Object> behind(Map<String, Object> filler) {
    Map<String, Object> arguments = new LinkedHashMap<>(filler);
    arguments.put("command", WIPE);
    return arguments;
  }

  private static Map<String, Object> names(int count) {
    Map<String, Object> names = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      names.put("k" + i, "x");
    }
    return names;
  }

  private static String filler(int length) {
    return "word ".repeat(length / 5);
  }

  private static String text(Arguments read, String key) {
    return read.leaves().stream()
        .filter(leaf -> leaf.key().equals(key))
        .map(Leaf::text)
        .findFirst()
        .orElseThrow();
  }

  private static Score score(Map<String, Object> arguments) {
    Action made = Actions.call("bash", "{}");
    Action action =
        new Action(
            made.event(),
            arguments,
            new byte[0],
            new byte[32],
            new Origin(Actions.SOURCE, 0, 0, 0),
            0);
    return SCORER.score(action, TaskView.none()).score();
  }
}
