/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The words of a database statement outside its strings and comments, lower case, and what they
 * tell where no parser is needed, or where none understands. What executable comments hold counts.
 * Linear in the text, at most 4,000 words.
 */
final class SqlWords {
  private static final int MAX_WORDS = 4_000;
  private static final int MAX_WORD = 64;
  private static final Set<String> COMMANDS =
      Set.of(
          "xp_cmdshell",
          "sp_oacreate",
          "sys_exec",
          "sys_eval",
          "program",
          "dbms_scheduler",
          "utl_http",
          "utl_file",
          "utl_tcp",
          "lo_export",
          "lo_import",
          "pg_read_file",
          "pg_write_file",
          "load_file",
          "openrowset",
          "dblink",
          "load_extension",
          "pg_execute",
          "shell",
          "attach");
  private static final List<String> REACHES =
      List.of(
          "dblink_",
          "xp_cmd",
          "master..xp_",
          "master.dbo.xp_",
          "sys.xp_",
          "openquery",
          "opendatasource",
          "postgres_fdw",
          "utl_http",
          "utl_smtp",
          "utl_tcp",
          "dbms_scheduler",
          "dbms_java",
          "dbms_xslprocessor",
          "pg_read_",
          "pg_write_",
          "pg_file_",
          "lo_export",
          "aws_s3.",
          "http_post",
          "net.http_",
          "sp_oamethod",
          "sp_execute_external");
  private static final WordParts RIGHTS =
      WordParts.of(
          "pg_authid",
          "pg_auth_members",
          "pg_shadow",
          "mysql.user",
          "mysql.db",
          "mysql.global_priv",
          "mysql.role_edges",
          "sys.user$",
          "sysauth$",
          "sys.sysusers",
          "syslogins",
          "system.users",
          "admin.system.users");
  private static final Set<String> FILES =
      Set.of("outfile", "dumpfile", "unload", "copy", "infile");
  private static final WordParts SECRETS =
      WordParts.of(
          "password",
          "passwd",
          "pwd_hash",
          "passhash",
          "secret",
          "api_key",
          "apikey",
          "token",
          "credential",
          "private_key",
          "otp",
          "mfa",
          "pg_shadow",
          "pg_authid",
          "mysql.user");
  private static final WordParts PERSONAL =
      WordParts.of(
          "ssn",
          "social_security",
          "salary",
          "salaries",
          "payroll",
          "passport",
          "birth",
          "dob",
          "patient",
          "diagnos",
          "medical",
          "health",
          "card_number",
          "cardnumber",
          "credit_card",
          "iban",
          "phone",
          "email",
          "address",
          "customer",
          "employee",
          "user",
          "member",
          "contact");
  private static final Set<String> FILLERS =
      Set.of(
          "or",
          "replace",
          "temporary",
          "temp",
          "unique",
          "global",
          "local",
          "unlogged",
          "materialized",
          "external",
          "if",
          "exists",
          "not",
          "concurrently",
          "public");

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private boolean hidden;

  SqlWords(String text) {
    this.text = text;
    split();
  }

  /** True if it holds a comment that some databases execute. */
  boolean hidden() {
    return hidden;
  }

  List<String> words() {
    return words;
  }

  /** Where in the list of words statements begin. */
  List<Integer> starts() {
    return starts;
  }

  /** It runs commands of the machine, or reads and writes its files or other servers. */
  boolean leaves() {
    return words.stream().anyMatch(word -> COMMANDS.contains(word) || reaches(word));
  }

  private static boolean reaches(String word) {
    for (String head : REACHES) {
      if (word.startsWith(head)) {
        return true;
      }
    }
    return false;
  }

  /** It writes into the tables that keep who may do what. */
  boolean rights() {
    return RIGHTS.isIn(words);
  }

  /** It writes what it selects into a file, or reads one. */
  boolean files() {
    return words.stream().anyMatch(FILES::contains);
  }

  boolean secrets() {
    return SECRETS.isIn(words);
  }

  boolean personal() {
    return PERSONAL.isIn(words);
  }

  /** The number after LIMIT, TOP or FETCH FIRST; 0 where there is none. */
  long limit() {
    for (int i = 0; i + 1 < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("limit") || word.equals("top") || word.equals("first")) {
        Double number = Numbers.of(words.get(i + 1));
        if (number != null && number >= 0 && number < 1e12) {
          return number.longValue();
        }
      }
    }
    return 0;
  }

  /** What a statement of this verb makes or destroys: table, database, user …; "" if unsaid. */
  String object(String verb) {
    for (int start : starts) {
      if (words.get(start).equals(verb)) {
        for (int i = start + 1; i < words.size() && i < start + 6; i++) {
          if (!FILLERS.contains(words.get(i))) {
            return words.get(i);
          }
        }
      }
    }
    return "";
  }

  /** Where code begins, at or after an index: after space, brackets and comments. */
  static int code(String text, int from) {
    int i = from;
    while (i < text.length() && i - from < 2_000) {
      char c = text.charAt(i);
      if (text.startsWith("--", i)) {
        i = after(text, "\n", i);
      } else if (text.startsWith("/*", i)) {
        i = after(text, "*/", i + 2);
      } else if (c <= ' ' || c == '(' || c == ';') {
        i++;
      } else {
        return i;
      }
    }
    return text.length();
  }

  private void split() {
    boolean begins = true;
    int i = 0;
    while (i < text.length() && words.size() < MAX_WORDS) {
      char c = text.charAt(i);
      if (isWord(c)) {
        int start = i;
        while (i < text.length() && isWord(text.charAt(i))) {
          i++;
        }
        if (begins) {
          starts.add(words.size());
        }
        begins = false;
        words.add(LowerCase.of(text.substring(start, Math.min(i, start + MAX_WORD))));
      } else if (c == '\'') {
        i = after(text, "'", i + 1);
      } else if (text.startsWith("--", i) || c == '#') {
        i = after(text, "\n", i);
      } else if (text.startsWith("/*!", i)) {
        hidden = true;
        begins = true;
        i += 3;
        while (i < text.length() && Character.isDigit(text.charAt(i))) {
          i++;
        }
      } else if (text.startsWith("/*", i)) {
        i = after(text, "*/", i + 2);
      } else {
        begins |= c == ';' || (c == '(' && afterAs());
        i++;
      }
    }
  }

  /** What a name in a WITH stands for may be a statement that changes. */
  private boolean afterAs() {
    String last = words.isEmpty() ? "" : words.get(words.size() - 1);
    return last.equals("as") || last.equals("materialized");
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isWord(char c) {
    boolean letter = c < 128 ? isPlain(c) : Character.isLetterOrDigit(c);
    return letter || c == '_' || c == '.' || c == '$';
  }

  private static int after(String text, String mark, int from) {
    int at = text.indexOf(mark, from);
    return at < 0 ? text.length() : at + mark.length();
  }

  /** What EXPLAIN ANALYZE explains runs. */
  private static String explained(String text) {
    int start = code(text, 0);
    if (!text.regionMatches(true, start, "explain", 0, 7)) {
      return text;
    }
    int end = Math.min(text.length(), start + 80);
    int at = LowerCase.of(text.substring(start, end)).indexOf("analyze");
    int close = at < 0 ? -1 : text.indexOf(')', start + at);
    boolean bracket = close > 0 && close < end && text.substring(start, close).indexOf('(') > 0;
    return at < 0 ? text : text.substring(bracket ? close + 1 : start + at + 7);
  }

  /** A line of its own that ends a batch ends a statement too. */
  private static String batches(String text) {
    if (!text.contains("\nGO") && !text.contains("\ngo")) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (String line : text.split("\n", -1)) {
      boolean ends = line.strip().equalsIgnoreCase("go");
      out.append(ends ? ";" : line).append('\n');
    }
    return out.toString();
  }

  /** A text as a server takes it: with Latin letters, executable comments open, {@code #} as --. */
  static String plain(String asWritten) {
    String text = explained(batches(SqlVariables.filled(Lookalikes.plain(asWritten))));
    if (text.indexOf("/*!") < 0 && text.indexOf("# ") < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    char quote = 0;
    boolean open = false;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (quote == 0 && c == '/' && text.startsWith("/*!", i)) {
        i += 3;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
          i++;
        }
        open = true;
      } else if (open && quote == 0 && c == '*' && text.startsWith("*/", i)) {
        plain.append(' ');
        open = false;
        i += 2;
      } else {
        boolean quotes = c == '\'' || c == '"' || c == '`';
        quote = quotes && quote == 0 ? c : c == quote ? 0 : quote;
        boolean comment = quote == 0 && c == '#' && text.startsWith("# ", i);
        if (comment) {
          plain.append("--");
        } else {
          plain.append(c);
        }
        i++;
      }
    }
    return plain.toString();
  }
}
