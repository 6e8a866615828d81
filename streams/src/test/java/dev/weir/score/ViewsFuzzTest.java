/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.action.FuzzedAction;
import dev.weir.policy.Fact;
import dev.weir.policy.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Any keys and texts, by turns and divided by form feeds, are read as URLs, mail, paths, money,
 * targets, encodings and what they bear on: to sound facts and twice the same.
 */
class ViewsFuzzTest {
  private static final Set<String> DOMAINS = Set.of("corp.example");
  private static final List<View> VIEWS =
      List.of(View.URL, View.MAIL, View.PATH, View.MONEY, View.TARGETS, View.ENCODED, View.ABOUT);

  @FuzzTest(maxDuration = "5m")
  void read(byte[] bytes) {
    String[] parts = FuzzedAction.parts(bytes);
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i + 1 < parts.length; i += 2) {
      values.put(parts[i], parts[i + 1]);
    }

    for (View view : VIEWS) {
      Map<Fact, Object> facts = read(view, new Arguments(values));
      Sound.assertFacts(view, facts);
      assertThat(read(view, new Arguments(values))).isEqualTo(facts);
    }
  }

  private static Map<Fact, Object> read(View view, Arguments arguments) {
    return switch (view) {
      case URL -> Urls.read(arguments, DOMAINS);
      case MAIL -> Mails.read(arguments, DOMAINS);
      case PATH -> Paths.read(arguments);
      case MONEY -> Money.read(arguments);
      case TARGETS -> Targets.read(arguments);
      case ENCODED -> Encodings.read(arguments);
      case ABOUT -> About.read(arguments, List.of("update"));
      default -> throw new AssertionError(view);
    };
  }
}
