/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the automaton says is what re2j says. */
class AutomatonTest {
  private static final java.util.regex.Pattern MATCHES =
      java.util.regex.Pattern.compile("\\.matches\\('([^']*)'\\)");
  private static final List<String> PIECES =
      List.of(
          "a", "b", "ab", "-", " ", "[ab]", "[^a]", "[a-c ]", "[b-]", ".", "^", "$", "(", "(?:",
          ")", "|", "*", "+", "?", "\\.", "\\d", "[\\n.]", "{2}", "(?i)", "\\b", "é", "[^\\-/]");
  private static final List<String> TEXTS =
      List.of("a", "b", "ab", "c", "-", " ", "\n", ".", "/", "7", "é", "😀", "\ud83d", "{", "A");

  @Property(tries = 20_000)
  void shouldFindWhatRe2jFindsWhenReadAtAll(@ForAll Random random) {
    String regex = joined(PIECES, 1 + random.nextInt(12), random);
    Pattern pattern = compiled(regex);
    Automaton automaton = pattern == null ? null : Automaton.of(regex);
    for (int i = 0; automaton != null && i < 20; i++) {
      String text = joined(TEXTS, random.nextInt(8), random);
      assertThat(automaton.find(text))
          .as("%s in %s", regex, text)
          .isEqualTo(pattern.matcher(text).find());
    }
  }

  private static String joined(List<String> parts, int count, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }

  private static Pattern compiled(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /** So that no text of any length makes one of them step a machine of threads. */
  @Test
  void shouldReadEveryExpressionOfTheBuiltInPolicy() {
    List<String> all =
        PolicyLoader.builtIn().rules().stream()
            .flatMap(r -> r.adds().values().stream().map(Expression::text))
            .toList();
    List<String> whens = PolicyLoader.builtIn().rules().stream().map(r -> r.when().text()).toList();
    String texts = String.join("\n", all) + "\n" + String.join("\n", whens);
    List<String> found =
        MATCHES.matcher(texts).results().map((MatchResult m) -> m.group(1)).toList();
    assertThat(found).hasSizeGreaterThan(5).allMatch(regex -> Automaton.of(regex) != null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a{2}", "(?i)a", "\\bb", "é", "a**", "\\pL", "[[:alpha:]]", "a*?"})
  void shouldLeaveToRe2jWhenThereIsMoreToAnExpression(String regex) {
    assertThat(Automaton.of(regex)).isNull();
  }

  @Test
  void shouldLeaveToRe2jWhenStatesWouldBeTooMany() {
    assertThat(Automaton.of("(a|b)*a" + "(a|b)".repeat(9))).isNotNull();
    assertThat(Automaton.of("(a|b)*a" + "(a|b)".repeat(30))).isNull();
  }
}
