/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is judged without CEL is judged as CEL judges it. */
class ShortcutsTest {
  private static final Dialect DIALECT = new Dialect();
  private static final List<String> WORDS = List.of("", "delete", "send", "Ünïcode", "x", "a b");

  private static final List<Expression> BUILT_IN =
      PolicyLoader.builtIn().rules().stream()
          .flatMap(
              r -> {
                List<Expression> all = new ArrayList<>(r.adds().values());
                all.add(r.when());
                return all.stream();
              })
          .toList();

  @Property(tries = 300)
  void shouldAgreeWithCelOnEveryExpressionOfTheBuiltInPolicy(@ForAll Random random) {
    FactSource facts = facts(random);
    for (Expression expression : BUILT_IN) {
      assertThat(direct(expression, facts)).as(expression.text()).isEqualTo(cel(expression, facts));
    }
  }

  @Property(tries = 3_000)
  void shouldAgreeWithCelOnAnyCondition(@ForAll("conditions") String text, @ForAll Random random) {
    Expression expression = compile(text, false);
    assertThat(expression.isDirect()).as(text).isTrue();
    FactSource facts = facts(random);
    assertThat(direct(expression, facts)).as(text).isEqualTo(cel(expression, facts));
  }

  @Property(tries = 3_000)
  void shouldAgreeWithCelOnAnyNumber(@ForAll("numbers") String text, @ForAll Random random) {
    Expression expression = compile(text, true);
    assertThat(expression.isDirect()).as(text).isTrue();
    FactSource facts = facts(random);
    assertThat(direct(expression, facts)).as(text).isEqualTo(cel(expression, facts));
  }

  @Property(tries = 3_000)
  void shouldAgreeWithCelOnAnyLoop(@ForAll("loops") String text, @ForAll Random random) {
    Expression expression = compile(text, false);
    assertThat(expression.isDirect()).as(text).isTrue();
    FactSource facts = facts(random);
    assertThat(direct(expression, facts)).as(text).isEqualTo(cel(expression, facts));
  }

  @Test
  void shouldFailAsCelWhenALoopIsTooLong() {
    FactSource facts =
        fact ->
            fact == Fact.ARGS
                ? Map.of("many", Collections.nCopies(10_001, "x"))
                : fact.type().absent();
    Expression expression = compile("args.many.exists(x, x == 'y')", false);
    assertThat(expression.isDirect()).isTrue();
    assertThat(direct(expression, facts)).isEqualTo("fails").isEqualTo(cel(expression, facts));
  }

  @Test
  void shouldLeaveToCelWhatCanFailOrOverflow() {
    for (String text :
        List.of(
            "args.x == 1",
            "task.actions + 9223372036854775807 > 0",
            "args.exists(k, args[k] == 1)",
            "tool.name.matches('a' + tool.name)",
            "task.actions == 9007199254740993",
            "tool.words.exists_one(w, w == 'x')")) {
      assertThat(compile(text, false).isDirect()).as(text).isFalse();
    }
    assertThat(compile("task.actions / 2", true).isDirect()).isFalse();
  }

  @Test
  void shouldAskCelOnlyWhereTheRestHolds() throws CelEvaluationException {
    Expression expression = compile("tool.changes && args.x == 1", false);
    FactSource unchanged = fact -> fact.type().absent();
    assertThat(expression.test(unchanged)).isFalse();
  }

  private static Expression compile(String text, boolean number) {
    Dialect.Outcome outcome = DIALECT.compile(text, number);
    assertThat(outcome.issues()).as(text).isEmpty();
    return outcome.expression();
  }

  private static Object direct(Expression expression, FactSource facts) {
    try {
      return isNumber(expression, facts) ? expression.number(facts) : expression.test(facts);
    } catch (CelEvaluationException | ArithmeticException e) {
      return "fails";
    }
  }

  private static Object cel(Expression expression, FactSource facts) {
    try {
      Object value = expression.value(facts);
      if (value instanceof Number n) {
        return Double.isFinite(n.doubleValue()) ? (Object) n.doubleValue() : "fails";
      }
      return value;
    } catch (CelEvaluationException e) {
      return "fails";
    }
  }

  private static boolean isNumber(Expression expression, FactSource facts) {
    try {
      return expression.value(facts) instanceof Number;
    } catch (CelEvaluationException e) {
      return false;
    }
  }

  private static FactSource facts(Random random) {
    Map<Fact, Object> values = new EnumMap<>(Fact.class);
    for (Fact fact : Fact.values()) {
      values.put(fact, value(fact.type(), random));
    }
    return values::get;
  }

  private static Object value(Fact.Type type, Random random) {
    return switch (type) {
      case BOOL -> random.nextBoolean();
      case INT -> pick(random, 0L, 1L, 2L, 3L, 1_000L, 253_402_300_799_999L);
      case DOUBLE -> pick(random, 0.0, -0.0, 0.5, 1.0, 3.0, -4.25, 1e15, -1e300);
      case STRING -> WORDS.get(random.nextInt(WORDS.size()));
      case STRINGS -> WORDS.subList(random.nextInt(3), 3 + random.nextInt(WORDS.size() - 2));
      case ATTRIBUTES -> Map.of(WORDS.get(random.nextInt(WORDS.size())), "v");
      case ARGUMENTS -> arguments(random);
    };
  }

  private static Map<String, Object> arguments(Random random) {
    List<Object> values =
        List.of(1L, 2.5, true, false, "delete", "A B", "ab\uD83D\uDE00", Map.of("x", 1L));
    Map<String, Object> all = new TreeMap<>();
    all.put(WORDS.get(random.nextInt(WORDS.size())), values.get(random.nextInt(values.size())));
    all.put("recurring", values.get(random.nextInt(values.size())));
    all.put("many", values.subList(random.nextInt(4), 4 + random.nextInt(5)));
    return all;
  }

  private static Object pick(Random random, Object... from) {
    return from[random.nextInt(from.length)];
  }

  @Provide
  Arbitrary<String> conditions() {
    return Arbitraries.randomValue(random -> condition(random, 4));
  }

  @Provide
  Arbitrary<String> loops() {
    return Arbitraries.randomValue(random -> loop(random));
  }

  private static String loop(Random r) {
    return switch (r.nextInt(5)) {
      case 0 -> "args" + quantor(r) + "k, " + element("args[k]", "k", r, 3) + ")";
      case 1 -> name(Fact.Type.STRINGS, r) + quantor(r) + "w, " + element("w", "w", r, 3) + ")";
      case 2 -> "args.many" + quantor(r) + "x, " + element("x", "x", r, 3) + ")";
      case 3 ->
          "args.exists(k, type(args[k]) == list && args[k]"
              + quantor(r)
              + "x, "
              + element("x", "k", r, 3)
              + "))";
      default ->
          "'recurring' in args && type(args.recurring) == string && "
              + element("args.recurring", "'recurring'", r, 0);
    };
  }

  private static String quantor(Random r) {
    return pick(r, ".exists(", ".all(").toString();
  }

  /** A condition on a loop's value and on its name; it may fail on values of another type. */
  private static String element(String value, String name, Random r, int depth) {
    return switch (r.nextInt(depth > 0 ? 12 : 9)) {
      case 0 -> "lower(" + value + ").matches('a|^de.*e$')";
      case 1 -> value + pick(r, " == ", " != ") + constant(value, r);
      case 2 -> value + " in " + list(r);
      case 3 -> "size(" + value + ")" + pick(r, " < ", " <= ", " > ", " >= ") + r.nextInt(4);
      case 4 -> "type(" + value + ") == " + pick(r, "string", "bool", "list", "map");
      case 5 -> value + pick(r, ".contains(", ".startsWith(", ".endsWith(") + "'a')";
      case 6 -> name + " in ['recurring', 'x']";
      case 7 -> "tool.name.matches('^d')";
      case 8 -> condition(r, 0);
      case 9 -> "!(" + element(value, name, r, depth - 1) + ")";
      default ->
          "("
              + element(value, name, r, depth - 1)
              + pick(r, " && ", " || ")
              + element(value, name, r, depth - 1)
              + ")";
    };
  }

  /** Words are text, and CEL compares them with nothing else. */
  private static Object constant(String value, Random r) {
    return value.equals("w") ? "'delete'" : pick(r, "'delete'", "true", "false");
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.randomValue(random -> number(random, 4));
  }

  private static String condition(Random r, int depth) {
    return switch (r.nextInt(depth > 0 ? 13 : 8)) {
      case 0 -> name(Fact.Type.BOOL, r);
      case 1 -> text(r) + (r.nextBoolean() ? " == " : " != ") + text(r);
      case 2 -> text(r) + " in " + list(r);
      case 3 -> text(r) + " in " + name(Fact.Type.STRINGS, r);
      case 4 -> "overlaps(" + strings(r) + ", " + name(Fact.Type.STRINGS, r) + ")";
      case 5 -> text(r) + " in " + (r.nextBoolean() ? "args" : "action.attributes");
      case 6 -> text(r) + pick(r, ".contains(", ".startsWith(", ".endsWith(") + text(r) + ")";
      case 7 -> r.nextBoolean() ? "has(args.recurring)" : "has(action.attributes.x)";
      case 8 -> "!(" + condition(r, depth - 1) + ")";
      case 9 -> "(" + condition(r, depth - 1) + " && " + condition(r, depth - 1) + ")";
      case 10 -> "(" + condition(r, depth - 1) + " || " + condition(r, depth - 1) + ")";
      case 11 -> "(" + number(r, depth - 1) + pick(r, " == ", " != ") + number(r, 0) + ")";
      default ->
          "(" + number(r, depth - 1) + pick(r, " < ", " <= ", " > ", " >= ") + whole(r) + ")";
    };
  }

  /** Of type double, wherever CEL's arithmetic wants one type. */
  private static String number(Random r, int depth) {
    return switch (r.nextInt(depth > 0 ? 8 : 3)) {
      case 0 -> String.valueOf(pick(r, "0.0", "1.5", "-2.0", "1e10"));
      case 1 -> name(Fact.Type.DOUBLE, r);
      case 2 -> pick(r, "decades(", "log10(", "number(", "double(") + whole(r) + ")";
      case 3 -> pick(r, "min(", "max(") + number(r, depth - 1) + ", " + whole(r) + ")";
      case 4, 5 ->
          "("
              + number(r, depth - 1)
              + pick(r, " + ", " - ", " * ", " / ")
              + number(r, depth - 1)
              + ")";
      case 6 -> "decades(" + number(r, depth - 1) + ")";
      default ->
          "("
              + condition(r, depth - 1)
              + " ? "
              + number(r, depth - 1)
              + " : "
              + number(r, depth - 1)
              + ")";
    };
  }

  private static String whole(Random r) {
    return switch (r.nextInt(3)) {
      case 0 -> String.valueOf(r.nextInt(5));
      case 1 -> name(Fact.Type.INT, r);
      default -> "size(" + name(Fact.Type.STRINGS, r) + ")";
    };
  }

  private static String text(Random r) {
    return switch (r.nextInt(3)) {
      case 0 -> "'" + WORDS.get(r.nextInt(WORDS.size())) + "'";
      case 1 -> name(Fact.Type.STRING, r);
      default -> "lower(" + name(Fact.Type.STRING, r) + ")";
    };
  }

  private static String strings(Random r) {
    return r.nextBoolean() ? list(r) : name(Fact.Type.STRINGS, r);
  }

  private static String list(Random r) {
    return "['" + String.join("', '", WORDS.subList(0, 1 + r.nextInt(WORDS.size() - 1))) + "']";
  }

  private static String name(Fact.Type type, Random r) {
    List<Fact> all = new ArrayList<>(List.of(Fact.values()));
    all.removeIf(f -> f.type() != type);
    return all.get(r.nextInt(all.size())).cel();
  }
}
