/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.score.SqlTokens.Kind;
import dev.weir.score.SqlTokens.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTokensTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "select 'it''s' | it's",
        "select N'wide' | wide",
        "do $$ begin; end $$ | ' begin; end '",
        "do $x$ a $$ b $x$ | ' a $$ b '",
        "select /* 'no' */ 'yes' -- 'no' | yes",
        "select 'open | open"
      })
  void shouldSayWhatAStringSays(String text, String said) {
    String wanted = said.startsWith("'") ? said.substring(1, said.length() - 1) : said;

    assertThat(SqlTokens.of(text).stream().filter(t -> t.kind() == Kind.STRING))
        .extracting(Token::text)
        .containsExactly(wanted);
  }

  @Test
  void shouldPartWordsAndSignsWhenNoBlankStandsBetween() {
    assertThat(SqlTokens.of("SET @a:='x'||t.Col;"))
        .extracting(Token::text)
        .containsExactly("set", "@a", ":=", "x", "||", "t.col", ";");
  }

  @Test
  void shouldStayBoundedWhenTheTextIsLong() {
    assertThat(SqlTokens.of("a,".repeat(50_000))).hasSize(2_000);
  }
}
