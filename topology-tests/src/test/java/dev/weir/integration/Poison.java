/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static dev.weir.event.RefusalReason.BAD_NUMBER;
import static dev.weir.event.RefusalReason.BAD_TEXT;
import static dev.weir.event.RefusalReason.BAD_TIME;
import static dev.weir.event.RefusalReason.BAD_VALUE;
import static dev.weir.event.RefusalReason.DUPLICATE_KEY;
import static dev.weir.event.RefusalReason.FIELD_TOO_LONG;
import static dev.weir.event.RefusalReason.MALFORMED_AVRO;
import static dev.weir.event.RefusalReason.MALFORMED_JSON;
import static dev.weir.event.RefusalReason.MISSING_FIELD;
import static dev.weir.event.RefusalReason.NO_VALUE;
import static dev.weir.event.RefusalReason.TOO_DEEP;
import static dev.weir.event.RefusalReason.TOO_LARGE;
import static dev.weir.event.RefusalReason.UNKNOWN_ENCODING;
import static dev.weir.event.RefusalReason.UNKNOWN_SCHEMA;
import static dev.weir.event.RefusalReason.WRONG_TYPE;

import dev.weir.event.RefusalReason;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records that agents should not send, each kind with what must become of it. */
enum Poison {
  NOTHING(Set.of(NO_VALUE), (at, chance) -> null),
  EMPTY(Set.of(NO_VALUE), (at, chance) -> new byte[0]),
  NOISE(null, (at, chance) -> noise(chance, 1 + chance.nextInt(600))),
  ONE_BYTE(Set.of(UNKNOWN_ENCODING), (at, chance) -> new byte[] {(byte) chance.nextInt(0x20)}),
  JSON_CUT(Set.of(MALFORMED_JSON), (at, chance) -> cut(at.json(), chance)),
  JSON_FLIPPED(null, (at, chance) -> flipped(at.json(), chance)),
  JSON_SHUFFLED(null, (at, chance) -> spliced(at.json(), chance)),
  AVRO_CUT(Set.of(MALFORMED_AVRO), (at, chance) -> cutAfter(10, at.avro(), chance)),
  AVRO_FLIPPED(null, (at, chance) -> flipped(at.avro(), chance)),
  AVRO_LONGER(Set.of(MALFORMED_AVRO), (at, chance) -> with(at.avro(), noise(chance, 9))),
  AVRO_OF_ANOTHER(Set.of(UNKNOWN_SCHEMA), (at, chance) -> ofAnotherSchema(at.avro(), chance)),
  AVRO_BOMB(Set.of(MALFORMED_AVRO), (at, chance) -> bomb(at.avro())),
  REGISTRY(Set.of(UNKNOWN_ENCODING), (at, chance) -> with(new byte[5], at.avro())),
  MARKED(Set.of(UNKNOWN_ENCODING), (at, chance) -> Events.bytes('\ufeff' + at.text())),
  ARRAY(Set.of(UNKNOWN_ENCODING), (at, chance) -> Events.bytes('[' + at.text() + ']')),
  TRAILING(Set.of(MALFORMED_JSON), (at, chance) -> Events.bytes(at.text() + "{}")),
  NOT_UTF_8(
      Set.of(MALFORMED_JSON, BAD_TEXT),
      (at, chance) -> {
        byte[] json = at.json();
        json[at.text().indexOf("agent-")] = (byte) 0xff;
        return json;
      }),
  WRONG_TYPES(Set.of(WRONG_TYPE), (at, chance) -> at.wrong(chance)),
  WRONG_VALUES(Set.of(BAD_VALUE), (at, chance) -> at.add("\"phase\":\"DONE\"")),
  MISSING(Set.of(MISSING_FIELD), (at, chance) -> at.without(chance)),
  NO_OBJECT(Set.of(WRONG_TYPE), (at, chance) -> at.add("\"result\":true")),
  KEY_TWICE(Set.of(DUPLICATE_KEY), (at, chance) -> at.add("\"arguments\":{\"command\":\"ls\"}")),
  KEY_TWICE_INSIDE(Set.of(DUPLICATE_KEY), (at, chance) -> at.arguments("{\"a\":1,\"a\":2}")),
  NOT_A_NUMBER(Set.of(MALFORMED_JSON, BAD_NUMBER), (at, chance) -> at.add("\"cost\":NaN")),
  INFINITE(
      Set.of(MALFORMED_JSON, BAD_NUMBER), (at, chance) -> at.add("\"cost\":" + either(chance))),
  INFINITE_INSIDE(
      Set.of(MALFORMED_JSON, BAD_NUMBER), (at, chance) -> at.arguments("{\"a\":-1e99999}")),
  NEGATIVE(Set.of(BAD_NUMBER), (at, chance) -> at.add("\"cost\":-1")),
  LONG_NUMBER(null, (at, chance) -> at.arguments("{\"a\":" + "9".repeat(100_000) + "}")),
  FAR_AHEAD(
      Set.of(BAD_TIME), (at, chance) -> at.time("\"" + (2200 + chance.nextInt(7000)) + "-01-01\"")),
  BEYOND_TIME(Set.of(BAD_TIME, BAD_NUMBER), (at, chance) -> at.time(Long.toString(Long.MAX_VALUE))),
  NO_TIME(Set.of(BAD_TIME), (at, chance) -> at.time("\"tomorrow\"")),
  LONG_AGO(Set.of(), (at, chance) -> at.time("\"1970-01-01T00:00:00Z\"")),
  DEEP(Set.of(TOO_DEEP), (at, chance) -> at.arguments(nested(33 + chance.nextInt(4000)))),
  DEEP_UNKNOWN(
      Set.of(TOO_DEEP, MALFORMED_JSON), (at, chance) -> at.add("\"x\":" + nested(100_000))),
  SURROGATE(Set.of(BAD_TEXT, MALFORMED_JSON), (at, chance) -> at.arguments("{\"a\":\"\\ud83d\"}")),
  LONG_ID(Set.of(FIELD_TOO_LONG), (at, chance) -> at.event("x".repeat(129))),
  LONG_FIELD(Set.of(FIELD_TOO_LONG), (at, chance) -> at.add("\"language\":\"" + x(5000) + "\"")),
  LONG_ARGUMENTS(
      Set.of(FIELD_TOO_LONG), (at, chance) -> at.arguments("{\"a\":\"" + x(300_000) + "\"}")),
  HOSTILE_TASK(Set.of(), (at, chance) -> at.task("../\\u0000\\u001b[2J\\u202e%s${jndi:x}" + at)),
  HOSTILE_KEYS(Set.of(), (at, chance) -> at.add("\"\\u0000\":null,\"__proto__\":{\"a\":[{}]}")),
  HOSTILE_SHELL(Set.of(), (at, chance) -> at.command(shell(chance))),
  HOSTILE_SQL(Set.of(), (at, chance) -> at.sql(sql(chance))),
  FAT(Set.of(TOO_LARGE), (at, chance) -> at.add("\"objective\":\"" + x(10 << 20) + "\""), 500),
  REPEATED(Set.of(TOO_LARGE), (at, chance) -> repeated(5 << 20), 500),
  REPEATED_AVRO(Set.of(TOO_LARGE), (at, chance) -> with(at.avro(), repeated(5 << 20)), 500),
  LONG_SHELL(Set.of(), (at, chance) -> at.command("$(".repeat(60_000)), 200),
  LONG_SQL(Set.of(), (at, chance) -> at.sql("SELECT " + "(".repeat(100_000)), 200),
  LONG_QUOTES(Set.of(), (at, chance) -> at.command("a'b\\\\\\\"".repeat(30_000)), 200),
  LONG_WORDS(Set.of(), (at, chance) -> at.command("rm -rf /a ; ".repeat(15_000)), 200),
  LONG_ADDRESSES(Set.of(), (at, chance) -> at.command("a@b.c,".repeat(30_000)), 200);

  /** What a poisoned record starts from: a good one of a task of its own. */
  record Base(String name) {
    private static final List<String> REQUIRED = List.of("event_id", "task_id", "agent", "tool");

    String text() {
      return Events.text(name, 0);
    }

    byte[] json() {
      return Events.json(name, 0);
    }

    byte[] avro() {
      return Events.avro(name, 0);
    }

    /** With one more field. */
    byte[] add(String field) {
      String text = text();
      return Events.bytes(text.substring(0, text.length() - 1) + "," + field + "}");
    }

    /** With one of the required fields under another name, and so missing. */
    byte[] without(Random chance) {
      String field = REQUIRED.get(chance.nextInt(REQUIRED.size()));
      return replace("\"" + field + "\":", "\"was_" + field + "\":");
    }

    /** With a value of another type in one of the required fields. */
    byte[] wrong(Random chance) {
      String field = REQUIRED.get(chance.nextInt(REQUIRED.size()));
      return replace("\"" + field + "\":", "\"" + field + "\":[],\"was_" + field + "\":");
    }

    byte[] arguments(String object) {
      String text = text();
      return Events.bytes(
          text.substring(0, text.indexOf("\"arguments\":")) + "\"arguments\":" + object + "}");
    }

    byte[] command(String command) {
      return arguments("{\"command\":\"" + command + "\"}");
    }

    byte[] sql(String query) {
      return arguments("{\"query\":\"" + query + "\"}");
    }

    byte[] time(String value) {
      return Events.bytes(
          text().replaceFirst("\"occurred_at\":\"[^\"]*\"", "\"occurred_at\":" + value));
    }

    byte[] event(String id) {
      return replace("\"" + name + "-0\"", "\"" + id + "\"");
    }

    byte[] task(String id) {
      return replace("\"task_id\":\"" + name + "\"", "\"task_id\":\"" + id + "\"");
    }

    private byte[] replace(String what, String by) {
      return Events.bytes(text().replace(what, by));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final int MOST_HEADERS = 200;

  private final Set<RefusalReason> reasons;
  private final BiFunction<Base, Random, byte[]> value;
  private final int rarity;

  Poison(Set<RefusalReason> reasons, BiFunction<Base, Random, byte[]> value) {
    this(reasons, value, 1);
  }

  /**
   * @param reasons with which it is refused; none if it must be assessed, null if either may be
   * @param rarity one in so many is sent, since large ones cost time
   */
  Poison(Set<RefusalReason> reasons, BiFunction<Base, Random, byte[]> value, int rarity) {
    this.reasons = reasons;
    this.value = value;
    this.rarity = rarity;
  }

  boolean sentAt(int round) {
    return round % rarity == 0;
  }

  /** True if a record of this kind may end that way; {@code reason} is null for an assessment. */
  boolean mayEndAs(RefusalReason reason) {
    return reasons == null
        || (reasons.isEmpty() ? reason == null : reason != null && reasons.contains(reason));
  }

  /** The record of this kind with that number, under a key and headers that are hostile too. */
  ProducerRecord<byte[], byte[]> record(String topic, int number, Random chance) {
    byte[] bytes = value.apply(new Base("poison-" + number), chance);
    return new ProducerRecord<>(topic, null, key(chance), bytes, headers(chance));
  }

  private static byte[] key(Random chance) {
    return switch (chance.nextInt(4)) {
      case 0 -> null;
      case 1 -> new byte[0];
      case 2 -> noise(chance, 1 + chance.nextInt(64));
      default -> noise(chance, chance.nextInt(50) == 0 ? 100_000 : 2000);
    };
  }

  private static Headers headers(Random chance) {
    RecordHeaders headers = new RecordHeaders();
    int kind = chance.nextInt(20);
    if (kind == 0) {
      for (int i = 0; i < MOST_HEADERS; i++) {
        headers.add("\u0000header\n" + i, noise(chance, 1500));
      }
    } else if (kind == 1) {
      headers.add("", null).add("x".repeat(10_000), new byte[0]).add("same", null);
    } else if (kind == 2) {
      headers
          .add("weir-origin-topic", Events.bytes("weir.actions"))
          .add("weir-origin-position", noise(chance, 20));
    }
    return headers;
  }

  private static byte[] noise(Random chance, int length) {
    byte[] bytes = new byte[length];
    chance.nextBytes(bytes);
    return bytes;
  }

  private static byte[] cut(byte[] bytes, Random chance) {
    return cutAfter(1, bytes, chance);
  }

  private static byte[] cutAfter(int least, byte[] bytes, Random chance) {
    return Arrays.copyOf(bytes, least + chance.nextInt(bytes.length - least));
  }

  private static byte[] flipped(byte[] bytes, Random chance) {
    for (int i = 1 + chance.nextInt(8); i > 0; i--) {
      bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
    }
    return bytes;
  }

  /** A stretch of it moved elsewhere in it. */
  private static byte[] spliced(byte[] bytes, Random chance) {
    int length = chance.nextInt(bytes.length / 2);
    int from = chance.nextInt(bytes.length - length);
    int to = chance.nextInt(bytes.length - length);
    byte[] copy = bytes.clone();
    System.arraycopy(bytes, from, copy, to, length);
    return copy;
  }

  private static byte[] with(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] ofAnotherSchema(byte[] avro, Random chance) {
    avro[2 + chance.nextInt(8)] ^= 0x55;
    return avro;
  }

  /** A text of two billion bytes, as its length says. */
  private static byte[] bomb(byte[] avro) {
    byte[] header = Arrays.copyOf(avro, 10);
    return with(header, new byte[] {(byte) 0xfe, -1, -1, -1, 0x0f, 'x'});
  }

  private static byte[] repeated(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) '{');
    return bytes;
  }

  private static String x(int length) {
    return "x".repeat(length);
  }

  private static String either(Random chance) {
    return chance.nextBoolean() ? "1e999" : "-Infinity";
  }

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  /** What parsers of SQL look far ahead for, and so take long to give up on. */
  private static String sql(Random chance) {
    String[] parts = {"(", "CASE WHEN ", "INTERVAL ", "(a, b) -> ", "ARRAY[", "(/*)*/", "TRIM("};
    String part = parts[chance.nextInt(parts.length)];
    return "SELECT * FROM t WHERE " + part.repeat(1 + chance.nextInt(100));
  }

  private static String shell(Random chance) {
    String[] parts = {"$(", "`", "'", "\\\"", "|", ";", "&&", "<<E", "{", "rm -rf / ", "\\\\"};
    StringBuilder command = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      command.append(parts[chance.nextInt(parts.length)]);
    }
    return command.toString();
  }
}
