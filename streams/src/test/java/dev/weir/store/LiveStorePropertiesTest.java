/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** A live store answers as a plain map would, and holds what it should after each commit. */
class LiveStorePropertiesTest {
  /** What may be done to a store. */
  enum Kind {
    GET,
    PUT,
    PUT_IF_ABSENT,
    CHANGE,
    DELETE,
    COMMIT,
    ALL,
    RANGE,
    CLEAR
  }

  /** One operation on one key; the number makes values differ. */
  record Step(Kind kind, String key, int number) {}

  @Property
  void shouldAnswerAsPlainMapDoesWhateverIsDone(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 6) int maxLive) {
    EncodedStore encoded = new EncodedStore();
    LiveStore<StringBuilder> live = new LiveStore<>(encoded, maxLive);
    TreeMap<String, String> naive = new TreeMap<>();

    for (Step step : steps) {
      if (step.kind() == Kind.CLEAR) {
        live.flushCache(); // a revived task starts from what is committed
        live.clearCache();
      } else {
        apply(step, live, naive);
      }
      if (step.kind() == Kind.COMMIT || step.kind() == Kind.CLEAR) {
        assertThat(encoded.entries).isEqualTo(naive);
      }
    }
    for (String key : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      assertThat(text(live.get(key))).isEqualTo(naive.get(key));
    }
    live.flushCache();
    assertThat(encoded.entries).isEqualTo(naive);
  }

  @Property
  void shouldOnlyWriteWhatWasPutLastWhateverIsDone(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 6) int maxLive) {
    EncodedStore encoded = new EncodedStore();
    LiveStore<StringBuilder> live = new LiveStore<>(encoded, maxLive);
    TreeMap<String, String> naive = new TreeMap<>();

    for (Step step : steps) {
      if (step.kind() == Kind.CLEAR) {
        continue;
      }
      Map<String, String> before = new TreeMap<>(naive);
      encoded.writes.clear();
      apply(step, live, naive);
      for (String write : encoded.writes) {
        String key = write.substring(0, write.indexOf('='));
        assertThat(write)
            .as("%s after %s", step, before)
            .isIn(key + "=" + before.get(key), key + "=" + naive.get(key));
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(4, Kind.GET),
            Tuple.of(4, Kind.PUT),
            Tuple.of(2, Kind.PUT_IF_ABSENT),
            Tuple.of(6, Kind.CHANGE),
            Tuple.of(2, Kind.DELETE),
            Tuple.of(1, Kind.COMMIT),
            Tuple.of(1, Kind.ALL),
            Tuple.of(1, Kind.RANGE),
            Tuple.of(1, Kind.CLEAR));
    Arbitrary<String> keys = Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h");
    return Combinators.combine(kinds, keys, Arbitraries.integers().between(0, 99))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  private static void apply(
      Step step, LiveStore<StringBuilder> live, TreeMap<String, String> naive) {
    String key = step.key();
    String value = Integer.toString(step.number());
    switch (step.kind()) {
      case GET -> assertThat(text(live.get(key))).isEqualTo(naive.get(key));
      case PUT -> {
        live.put(key, new StringBuilder(value));
        naive.put(key, value);
      }
      case PUT_IF_ABSENT ->
          assertThat(text(live.putIfAbsent(key, new StringBuilder(value))))
              .isEqualTo(naive.putIfAbsent(key, value));
      case CHANGE -> {
        StringBuilder known = live.get(key);
        if (known != null) {
          live.put(key, known.append('+').append(value));
          naive.merge(key, "+" + value, String::concat);
        }
      }
      case DELETE -> assertThat(text(live.delete(key))).isEqualTo(naive.remove(key));
      case COMMIT -> live.flushCache();
      case ALL -> assertThat(shown(live.all())).isEqualTo(naive);
      case RANGE -> assertThat(shown(live.range("b", key))).isEqualTo(between("b", key, naive));
      case CLEAR -> throw new AssertionError("the caller's");
    }
  }

  private static Map<String, String> between(
      String from, String to, TreeMap<String, String> naive) {
    return from.compareTo(to) > 0 ? Map.of() : naive.subMap(from, true, to, true);
  }

  private static Map<String, String> shown(KeyValueIterator<String, StringBuilder> entries) {
    try (entries) {
      Map<String, String> shown = new TreeMap<>();
      while (entries.hasNext()) {
        KeyValue<String, StringBuilder> entry = entries.next();
        shown.put(entry.key, entry.value.toString());
      }
      return shown;
    }
  }

  private static String text(StringBuilder value) {
    return value == null ? null : value.toString();
  }
}
