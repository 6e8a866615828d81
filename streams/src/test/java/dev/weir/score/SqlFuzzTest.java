/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.policy.Fact;
import dev.weir.policy.View;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Any text is read as statements of SQL: to sound facts, twice the same, and in bounded time. */
class SqlFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);

    Map<Fact, Object> facts = SqlReader.read(text);

    assertThat(facts).containsEntry(Fact.SQL_PRESENT, true);
    Sound.assertFacts(View.SQL, facts);
    assertThat(SqlReader.read(text)).isEqualTo(facts);
    assertThat(SqlBeginnings.looksLike(text) || !SqlBeginnings.looksPlain(text)).isTrue();
  }
}
