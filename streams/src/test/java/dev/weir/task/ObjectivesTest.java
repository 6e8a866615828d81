/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.state.TaskObjective;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ObjectivesTest {
  private static final TaskObjective HEARSAY = new TaskObjective("first", false);
  private static final TaskObjective ATTESTED = new TaskObjective("first", true);

  @Test
  void shouldTakeTheFirstWhenNoneIsKnown() {
    assertThat(Objectives.change(null, "first", false)).contains(HEARSAY);
    assertThat(Objectives.change(null, "first", true)).contains(ATTESTED);
  }

  @Test
  void shouldKeepTheFirstWhenAnotherIsDeclared() {
    assertThat(Objectives.change(HEARSAY, "second", false)).isEmpty();
    assertThat(Objectives.change(ATTESTED, "second", false)).isEmpty();
    assertThat(Objectives.change(ATTESTED, "second", true)).isEmpty();
  }

  @Test
  void shouldReplaceHearsayWhenOneIsAttested() {
    assertThat(Objectives.change(HEARSAY, "second", true))
        .contains(new TaskObjective("second", true));
  }

  @Test
  void shouldChangeNothingWhenNoneIsDeclared() {
    assertThat(Objectives.change(null, null, true)).isEmpty();
    assertThat(Objectives.change(null, "", true)).isEmpty();
    assertThat(Objectives.change(HEARSAY, "", true)).isEmpty();
  }

  @Test
  void shouldKeepAtMostTwoKibibytesWhenObjectiveIsLong() {
    assertThat(kept("x".repeat(5000))).isEqualTo("x".repeat(2048));
    assertThat(kept("\u20ac".repeat(5000))).isEqualTo("\u20ac".repeat(682));
    assertThat(kept("\ud83d\ude00".repeat(5000))).isEqualTo("\ud83d\ude00".repeat(512));
    assertThat(kept("\u20ac".repeat(5000)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(2048);
  }

  private static String kept(String declared) {
    return Objectives.change(null, declared, false).orElseThrow().getText();
  }
}
