/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/**
 * Any text is read as the name of a tool: into words, verbs and things, none twice, within bounds.
 */
class NamesFuzzTest {
  private static final int MOST_WORDS = 24;

  @FuzzTest(maxDuration = "5m")
  void read(byte[] bytes) {
    String name = new String(bytes, StandardCharsets.UTF_8);

    Naming naming = Naming.of(name);

    assertThat(naming.words()).hasSizeLessThanOrEqualTo(MOST_WORDS).doesNotContain("");
    assertThat(naming.verbs()).doesNotHaveDuplicates();
    assertThat(naming.objects()).doesNotHaveDuplicates();
    assertThat(Naming.of(name)).isEqualTo(naming);
    assertThat(Lookalikes.plain(Lookalikes.plain(name))).isEqualTo(Lookalikes.plain(name));
    String normal = Words.normal(name);
    assertThat(normal.length()).isLessThanOrEqualTo(20 * name.length());
    assertThat(Words.ofText(normal, 3, 400)).hasSizeLessThanOrEqualTo(400);
    Kinds.of(naming.verbs(), naming.objects());
  }
}
