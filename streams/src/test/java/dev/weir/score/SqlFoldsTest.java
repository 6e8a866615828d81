/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement makes up is put together as the database would, or is opaque. */
class SqlFoldsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "exec('drop ' + 'table t') ~ drop table t",
        "execute immediate 'drop table ' || 't' ~ drop table t",
        "do $$ begin execute 'drop table t'; end $$ ~ drop table t",
        "declare @s varchar(9) = 'drop table t'; exec(@s) ~ drop table t",
        "set @s = concat('drop ', 'table t'); prepare p from @s ~ drop table t",
        "exec(reverse('t elbat pord')) ~ drop table t",
        "exec(char(100) + 'rop table t') ~ drop table t"
      })
  void shouldPutTogetherWhatIsRun(String text, String run) {
    SqlFolds folds = SqlFolds.of(text);

    assertThat(folds.runs()).isTrue();
    assertThat(folds.opaque()).isFalse();
    assertThat(folds.text()).contains(run);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "exec(@unknown)",
        "do $$ begin execute pg_read('x') || rest; end $$",
        "execute immediate secret_of('x')"
      })
  void shouldBeOpaqueWhenItCannotBeKnown(String text) {
    assertThat(SqlFolds.of(text).opaque()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "begin update t set a = 1 where id = 2 exec('drop table t') end",
        "begin delete from t where id = 2 execute immediate 'drop table t'; end"
      })
  void shouldReadOnBehindAStatementThatChanges(String text) {
    assertThat(SqlFolds.of(text).text()).contains("drop table t");
  }

  @Test
  void shouldLeaveARightToExecuteInItsStatement() {
    SqlFolds folds = SqlFolds.of("begin grant execute on p to bob; end");

    assertThat(folds.text()).contains("grant execute on p to bob");
    assertThat(folds.opaque()).isFalse();
  }

  @Test
  void shouldStayBoundedWhenBlocksNestDeeply() {
    String text = "do 'do ''do ''''do x'''' '' ' ";

    assertThat(SqlFolds.of(text.repeat(200)).text().length()).isLessThan(20_000);
  }
}
