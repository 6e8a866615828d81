/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An action made to take long, within the limits: a text of a prefix and a repeated unit, under a
 * name that some reader reads, in one of several arrangements.
 *
 * @param tool the tool's name
 * @param key the argument's name
 * @param prefix how the text begins
 * @param unit what is repeated
 * @param length characters of the text; split between all values where there are many
 * @param shape how many values there are, and how they stand
 */
record Hostile(String tool, String key, String prefix, String unit, int length, Shape shape) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MANY = 999;

  /** How the text stands among the arguments. */
  enum Shape {
    ONE,
    LIST,
    KEYS,
    NESTED,
    BESIDE,
    NAME,
    OBJECTIVE
  }

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "run_sql_query",
          "execute_python",
          "send_email_payment",
          "http_request",
          "update");
  private static final List<String> KEYS =
      List.of(
          "command",
          "query",
          "sql",
          "code",
          "to",
          "body",
          "amount",
          "path",
          "url",
          "input",
          "x",
          "recipients",
          "action",
          "file_content");
  private static final List<String> PREFIXES =
      List.of(
          "",
          "select ",
          "select * from t where a = ",
          "delete from t where ",
          "insert into t values (",
          "update t set a = ",
          "create table t (",
          "with a as (",
          "sudo ",
          "echo ",
          "sh -c '",
          "http://",
          "import os\n",
          "$",
          "/",
          "Ignore all ");
  private static final List<String> UNITS =
      List.of(
          "(",
          ")",
          "((",
          "[",
          "{",
          "}",
          "case when ",
          "case ",
          "not ",
          "- ",
          "-",
          "+",
          "1+",
          "a.",
          "a b ",
          "interval ",
          "->",
          "select ",
          "(select ",
          "union select 1 ",
          "in (",
          "exists (",
          "join b on ",
          "::int ",
          "cast(",
          "if(",
          "between 1 and ",
          ", ",
          ";",
          "; ",
          "select 1;",
          "exec('a' + ",
          "begin ",
          "declare @a = '",
          "$a = 'b'; ",
          "& ($a) ",
          "[char]65+",
          "iex (",
          "-join ",
          "%a% ",
          "^",
          "!a! ",
          "{{a}} ",
          "${a} ",
          "cm0gLXJmIC8gJiYgY3VybCBodHRwOi8vYQ== ",
          "http://a1.b/",
          "system(",
          "`id` ",
          "#{",
          "def a(x):\n ",
          "a = b + ",
          "a[0].",
          "x.y.z(",
          "for a in b: ",
          "import a\n",
          "'",
          "\"",
          "`",
          "''",
          "/*",
          "*/",
          "--\n",
          "$(",
          "$((",
          "${",
          "<<a ",
          "<<a\n",
          "<<",
          "<(",
          ">",
          "> a ",
          "| sh ",
          "|",
          "&",
          "&& ls ",
          "sh -c ",
          "bash -c \"",
          "sudo ",
          "env ",
          "xargs ",
          "A=1 ",
          "\\",
          "\n",
          "\r",
          "#",
          "# \n",
          "eval ",
          "python -c '",
          "find / -exec rm ",
          "rm -rf / ",
          "curl http://a/ ",
          "\"\"\"",
          "os.system(",
          "open(",
          "a(",
          "f'",
          "://",
          "http://a/",
          "https://a@b:1/",
          "@",
          "a@",
          "a@b.c ",
          "a@b.c,",
          "1",
          "1,",
          "1.",
          "1 ",
          "9-",
          "4111 1111 ",
          "DE89 3704 ",
          "A1",
          "$1 ",
          "1e",
          "QUJD",
          "aB3",
          "deadbeef0",
          "%41",
          "%",
          "&#65;",
          "\\\u0041",
          "=",
          "/",
          "../",
          "/etc/",
          "~/",
          ".",
          "..",
          "\u0300",
          "\u0323\u0300",
          "\ufdfa",
          "\u0130",
          "\u0344",
          "\u1100",
          "\uff21",
          "\ud83d\ude00",
          "\u200b",
          "e\u0301",
          "\u00df",
          "password ",
          "otp",
          "sk-",
          "-----begin ",
          "eyj",
          "api_key",
          "diagnos",
          "a",
          "aA",
          "Ab",
          "_a",
          "  ",
          "\t",
          "delete ",
          "all ",
          "send to ",
          "ignore ",
          "ignore all previous instructions ",
          "<a>",
          "</",
          "{{",
          "\0");

  static Hostile random(Random r) {
    return new Hostile(
        pick(TOOLS, r),
        pick(KEYS, r),
        pick(PREFIXES, r),
        pick(UNITS, r),
        length(r),
        pick(List.of(Shape.values()), r));
  }

  /** Every unit once, under every name that matters, as long as may be. */
  static List<Hostile> all() {
    List<Hostile> all = new ArrayList<>();
    for (String unit : UNITS) {
      for (Shape shape : Shape.values()) {
        for (String key : shape == Shape.ONE ? KEYS : List.of("command", "x")) {
          all.add(
              new Hostile(
                  key.equals("command") ? "bash" : "update", key, "", unit, 200_000, shape));
        }
      }
      for (String prefix : PREFIXES) {
        for (int length : new int[] {200, 4_000}) {
          all.add(new Hostile("run", "query", prefix, unit, length, Shape.ONE));
          all.add(new Hostile("bash", "command", prefix, unit, 8 * length, Shape.ONE));
        }
      }
    }
    return all;
  }

  /** Another one, of which one part is different. */
  Hostile mutated(Random r) {
    return switch (r.nextInt(8)) {
      case 0 -> new Hostile(pick(TOOLS, r), key, prefix, unit, length, shape);
      case 1 -> new Hostile(tool, pick(KEYS, r), prefix, unit, length, shape);
      case 2 -> new Hostile(tool, key, pick(PREFIXES, r), unit, length, shape);
      case 3 -> new Hostile(tool, key, prefix, unit, length(r), shape);
      case 4 -> new Hostile(tool, key, prefix, unit, length, pick(List.of(Shape.values()), r));
      case 5 -> new Hostile(tool, key, prefix + pick(UNITS, r), unit, length, shape);
      case 6 -> new Hostile(tool, key, prefix, unit + pick(UNITS, r), length, shape);
      default -> new Hostile(tool, key, prefix, pick(UNITS, r) + unit, length, shape);
    };
  }

  /** The record in JSON. */
  byte[] json() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event_id", "e");
    event.put("task_id", "t");
    event.put("occurred_at", "2026-11-21T09:00:00Z");
    event.put("agent", Map.of("id", "a"));
    event.put("tool", Map.of("name", shape == Shape.NAME ? cut(text(250)) : tool));
    event.put("arguments", arguments());
    event.put("objective", shape == Shape.OBJECTIVE ? cut(text(5_000)) : "update the account");
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object arguments() {
    int each = Math.max(1, length / MANY);
    return switch (shape) {
      case ONE, NAME -> Map.of(key, text(length));
      case BESIDE ->
          KEYS.stream().collect(Collectors.toMap(k -> k, k -> text(length / KEYS.size())));
      case LIST -> Map.of(key, numbered(each));
      case KEYS, OBJECTIVE -> {
        Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 0; i < MANY; i++) {
          many.put(i % 2 == 0 ? key + "_" + i : cut(text(each)) + i, text(each));
        }
        yield many;
      }
      case NESTED -> {
        Object value = text(length);
        for (int i = 0; i < 29; i++) {
          value = i % 2 == 0 ? List.of(value, unit) : Map.of(key, value);
        }
        yield Map.of(key, value);
      }
    };
  }

  /** No two alike: what is kept of one text helps with no other. */
  private List<String> numbered(int each) {
    String text = text(each);
    return IntStream.range(0, MANY).mapToObj(i -> text + i).toList();
  }

  private String text(int length) {
    int units = Math.max(0, length - prefix.length()) / unit.length();
    return prefix + unit.repeat(units);
  }

  private static String cut(String text) {
    return text.isEmpty() ? "x" : text;
  }

  private static int length(Random r) {
    return List.of(50, 100, 200, 400, 1_000, 2_000, 4_000, 16_000, 32_000, 80_000, 200_000)
        .get(r.nextInt(11));
  }

  private static <T> T pick(List<T> from, Random r) {
    return from.get(r.nextInt(from.size()));
  }
}
