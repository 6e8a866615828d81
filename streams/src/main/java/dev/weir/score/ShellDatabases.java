/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.LowerCase;
import dev.weir.score.ShellCatalog.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Clients of databases: the statements that they are given, for the view of statements. */
final class ShellDatabases {
  private static final Set<String> REDIS_READS =
      Names.of(
          """
          get mget hget hgetall keys scan ttl type exists info ping llen lrange smembers
          dbsize monitor client config cluster memory
          """);

  private ShellDatabases() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellDatabases::sql,
        """
          psql mysql mariadb sqlite sqlcmd sqlplus cockroach clickhouse-client clickhouse
          duckdb presto trino snowsql osql bcp isql usql cqlsh hive beeline spark-sql
          pgcli mycli litecli wp
          """);
    ShellCatalog.all(programs, ShellDatabases::mongo, "mongo mongosh");
    ShellCatalog.all(
        programs, ShellDatabases::redis, "redis-cli valkey-cli keydb-cli memcached-tool");
    ShellCatalog.all(
        programs,
        ShellDatabases::drop,
        """
          dropdb dropuser mysqladmin createuser createdb mongorestore pg_restore
          pg_resetwal rails rake manage.py artisan alembic flyway liquibase prisma
          sequelize knex
          """);
    ShellCatalog.all(
        programs,
        ShellDatabases::dump,
        """
          pg_dump pg_dumpall mysqldump mongodump mongoexport pg_basebackup xtrabackup
          mydumper
          """);
  }

  private static Flow sql(ShellCommand c, ShellReader r) {
    r.effects().runs();
    boolean lite =
        c.name().contains("sqlite") || c.name().endsWith("duckdb") || c.name().endsWith("litecli");
    String given =
        c.option("-c", "--command", "-e", "--execute", "-Q", "-q", "--query", "--sql", "-E");
    if (given.isEmpty()) {
      given = attached(c);
    }
    if (given.isEmpty() && lite) {
      List<String> operands = c.operands(1);
      given = operands.size() > 1 ? operands.get(operands.size() - 1) : "";
    }
    Map<String, String> names = variables(c);
    statement(names.isEmpty() ? given : SqlVariables.filled(given, names), r);
    String piped = r.input().text();
    if (piped != null) {
      statement(names.isEmpty() ? piped : SqlVariables.filled(piped, names), r);
    }
    return Flow.tainted(Flow.LOCAL);
  }

  /** {@code -v NAME=VALUE}, {@code --set NAME=VALUE}. */
  private static Map<String, String> variables(ShellCommand c) {
    Map<String, String> names = new HashMap<>(0);
    for (int i = 1; i + 1 < c.size(); i++) {
      String option = c.word(i);
      int equals = c.word(i + 1).indexOf('=');
      boolean sets = option.equals("-v") || option.equals("--set") || option.equals("--variable");
      if (sets && equals > 0 && names.size() < 20) {
        names.put(c.word(i + 1).substring(0, equals), c.word(i + 1).substring(equals + 1));
      }
    }
    return names;
  }

  private static String attached(ShellCommand c) {
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i);
      if (word.length() > 6
          && (word.startsWith("-e") || word.startsWith("-c"))
          && word.indexOf(' ') > 0) {
        return word.substring(2);
      }
    }
    return "";
  }

  private static void statement(String text, ShellReader r) {
    String t = text.strip();
    if (t.startsWith("\\!")
        || t.startsWith(".shell")
        || t.startsWith(".system")
        || t.startsWith("system ")) {
      r.line(t.substring(t.indexOf(t.startsWith("\\!") ? '!' : ' ') + 1));
    } else if (t.startsWith(".") || t.startsWith("\\")) {
      r.effects().runs();
    } else {
      r.effects().statement(t);
    }
    String lower = t.length() < 4_000 ? LowerCase.of(t) : "";
    int program = lower.indexOf("program '");
    if (program > 0 && lower.contains("copy ")) {
      int end = t.indexOf('\'', program + 9);
      r.line(t.substring(program + 9, end < 0 ? t.length() : end));
    }
    int shell = lower.indexOf("xp_cmdshell");
    if (shell >= 0) {
      r.line(t.substring(shell + 11).replace("'", " "));
    }
  }

  private static Flow mongo(ShellCommand c, ShellReader r) {
    r.effects().runs();
    String script = c.option("--eval") + (r.input().text() == null ? "" : r.input().text());
    if (script.length() > 8_000) {
      r.effects().mark(SHELL_OPAQUE);
    } else if (script.contains("dropDatabase(")) {
      r.effects().statement("DROP DATABASE db");
    } else if (script.contains(".drop(") || script.contains("dropCollection")) {
      r.effects().statement("DROP TABLE collection");
    } else if (script.contains("deleteMany({})") || script.contains("remove({})")) {
      r.effects().statement("DELETE FROM collection");
    } else if (script.contains("delete") || script.contains("remove(")) {
      r.effects().statement("DELETE FROM collection WHERE id = 1");
    } else if (script.contains("createUser") || script.contains("grantRoles")) {
      r.effects().statement("GRANT ALL ON db TO someone");
    }
    return Flow.tainted(Flow.LOCAL);
  }

  private static Flow redis(ShellCommand c, ShellReader r) {
    boolean config = c.has("CONFIG", "config") && c.has("SET", "set");
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i).length() < 12 ? LowerCase.of(c.word(i)) : "";
      if (word.equals("flushall") || word.equals("flushdb")) {
        r.effects().statement("TRUNCATE TABLE cache");
      } else if (word.equals("shutdown")) {
        r.effects().mark(SHELL_STOPS);
      } else if (REDIS_READS.contains(word) && !config) {
        return Flow.tainted(Flow.LOCAL);
      }
    }
    if (config) {
      r.effects().mark(SHELL_PERSISTS);
    }
    r.effects().runs();
    return Flow.tainted(Flow.LOCAL);
  }

  private static Flow drop(ShellCommand c, ShellReader r) {
    String name = c.name();
    r.effects().runs();
    if (name.endsWith("dropdb")
        || (name.endsWith("mysqladmin") && c.has("drop"))
        || c.has(
            "db:drop",
            "db:reset",
            "db:wipe",
            "flush",
            "migrate:fresh",
            "migrate:reset",
            "reset_db",
            "clean",
            "drop-all")
        || (c.has("reset") && name.endsWith("prisma"))) {
      r.effects().statement("DROP DATABASE db");
    } else if (name.endsWith("createuser")) {
      r.effects().statement("GRANT ALL ON db TO someone");
    } else if (c.has("--clean", "--drop")) {
      r.effects().statement("DROP TABLE restored");
    }
    return Flow.UNKNOWN;
  }

  private static Flow dump(ShellCommand c, ShellReader r) {
    r.effects().runs();
    String target = c.option("-f", "--file", "-o", "--out");
    if (!target.isEmpty()) {
      r.effects().writes(target, r.scope().folder());
    }
    return Flow.tainted(Flow.LOCAL);
  }
}
