/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.policy.Attestable;
import dev.weir.policy.Claim;
import dev.weir.policy.Fact;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Policies made to be fooled: whatever one of their facts says is believed, and lowers. */
final class Credulous {
  /** A source that may attest nothing. */
  static final String OPEN = "open";

  /** Sources that may attest all but one thing, by that thing's name. */
  static final List<String> SOURCES =
      Stream.concat(Stream.of(OPEN), Stream.of(Attestable.values()).map(Credulous::allBut))
          .toList();

  /** What is judged at its worst where it is not attested. */
  private static final Map<Fact, Attestable> AT_WORST =
      Map.of(
          Fact.TOOL_READ_ONLY, Attestable.ANNOTATIONS,
          Fact.TOOL_DESTRUCTIVE, Attestable.ANNOTATIONS,
          Fact.TOOL_IDEMPOTENT, Attestable.ANNOTATIONS,
          Fact.TOOL_OPEN_WORLD, Attestable.ANNOTATIONS,
          Fact.ACTION_ENVIRONMENT, Attestable.ENVIRONMENT,
          Fact.ACTION_TRUST, Attestable.TRUST,
          Fact.ACTION_COST, Attestable.COST);

  /** Facts that rest on what is claimed, as it stands or at its worst. */
  static final List<Fact> FACTS =
      Stream.of(Fact.values()).filter(fact -> attestable(fact) != null).toList();

  /** What some of these facts rest on. */
  private static final List<Attestable> GROUNDS =
      FACTS.stream().map(Credulous::attestable).distinct().sorted().toList();

  private static final int VARIANTS = 6;

  /** Facts that a higher score of an earlier action raises: no policy here lowers by them. */
  private static final List<String> GROWING =
      List.of("task.mass > 50.0", "task.decayed_mass > 5.0", "task.max_risk > 1.0");

  private Credulous() {}

  static String allBut(Attestable what) {
    return "all-but-" + what.name().toLowerCase(Locale.ROOT);
  }

  /** What a source must be able to attest for the fact to stand; null: it rests on no claim. */
  static @Nullable Attestable attestable(Fact fact) {
    Claim claim = fact.claim();
    return claim == null ? AT_WORST.get(fact) : claim.attestable();
  }

  /** The number of a policy: each attestable thing is as likely to be what it believes. */
  static int draw(SplittableRandom random) {
    return FACTS.indexOf(fact(random)) + FACTS.size() * random.nextInt(VARIANTS);
  }

  /** The fact that the policy of this number believes. */
  static Fact believed(int number) {
    return FACTS.get(number % FACTS.size());
  }

  private static Fact fact(SplittableRandom random) {
    Attestable what = GROUNDS.get(random.nextInt(GROUNDS.size()));
    List<Fact> facts = FACTS.stream().filter(fact -> attestable(fact) == what).toList();
    return facts.get(random.nextInt(facts.size()));
  }

  /** The same policy that knows the sources. */
  static Policy withSources(Policy policy) {
    Policy known = policy.withSource(OPEN, Set.of());
    for (Attestable what : Attestable.values()) {
      Set<Attestable> all = EnumSet.allOf(Attestable.class);
      all.remove(what);
      known = known.withSource(allBut(what), all);
    }
    return known;
  }

  /** One that believes the fact of this number, and now and then another one. */
  static Policy number(int number) {
    SplittableRandom random = new SplittableRandom(number);
    Fact fact = believed(number);
    Fact other = fact(random);
    String good = predicate(fact, random);
    String both = good + (random.nextBoolean() ? " && " : " || ") + predicate(other, random);
    String credit = random.nextBoolean() ? both : good;
    return policy(credit, size(fact), random);
  }

  /** One that gives credit where that holds. */
  static Policy policy(String credit, String size, SplittableRandom random) {
    String sign = random.nextBoolean() ? "" : "-";
    String yaml =
        """
        weir: 1
        id: credulous
        version: "1"
        prior: -2
        budget: {tax: 0.1}
        tiers: [{id: expert, cost: 100, deadline: 1h}]
        servers: [safe, good]
        environments: {TEST: -2, DEVELOPMENT: -1}
        scorers: [{id: policy}, {id: counting, combine: add, dimension: record, weight: -1}]
        classes:
          low: {prior: -4, because: x}
          high: {prior: -1, because: x}
        rules:
          - {id: loss, adds: {money: 3, evasion: 0.1}, because: x}
          - {id: credit, when: "%1$s", class: low, adds: {record: -1.5, reach: -0.5, service: "%1$s ? 0.5 : 4.0"}, because: x}
          - {id: debit, when: "!(%1$s)", %5$sadds: {people: 3.5, reach: 0.5}, because: x}
          - {id: size, adds: {novelty: "%2$s0.3 * %3$s"}, because: x}
          - {id: growing, when: "%4$s", adds: {objective: 1}, because: x}
        """
            .formatted(
                credit,
                sign,
                size,
                GROWING.get(random.nextInt(GROWING.size())),
                random.nextBoolean() ? "class: high, " : "");
    Policy policy = PolicyLoader.load("credulous", yaml.getBytes(StandardCharsets.UTF_8));
    return withSources(policy);
  }

  private static String predicate(Fact fact, SplittableRandom random) {
    String name = fact.cel();
    String said =
        switch (fact.type()) {
          case BOOL -> name;
          case INT -> name + " > " + random.nextInt(2);
          case DOUBLE -> name + " > 0." + random.nextInt(8);
          case STRING -> text(name, random);
          case ATTRIBUTES -> random.nextBoolean() ? "'ok' in " + name : "size(" + name + ") > 0";
          default -> throw new IllegalStateException("no claim is of type " + fact.type());
        };
    return random.nextBoolean() ? said : "!(" + said + ")";
  }

  private static String text(String name, SplittableRandom random) {
    List<String> values = values(name);
    String value = values.get(random.nextInt(values.size()));
    return switch (values.size() < 5 ? 2 : random.nextInt(3)) {
      case 0 -> "size(" + name + ") > 4";
      case 1 -> name + ".contains('o')";
      default -> name + " == '" + value + "'";
    };
  }

  private static List<String> values(String name) {
    if (name.startsWith("provenance")) {
      return List.of("none", "objective", "trusted", "delegated", "novel", "untrusted", "ordered");
    }
    return switch (name) {
      case "action.phase" -> List.of("OBSERVED", "PROPOSED", "EXECUTED");
      case "action.environment" -> List.of("PRODUCTION", "TEST", "STAGING");
      case "action.trust" -> List.of("TRUSTED", "UNTRUSTED");
      default -> List.of("", "good", "safe", "small", "x");
    };
  }

  private static String size(Fact fact) {
    String name = fact.cel();
    return switch (fact.type()) {
      case BOOL -> "(" + name + " ? 2.0 : 0.0)";
      case INT, DOUBLE -> "decades(double(" + name + "))";
      default -> "decades(double(size(" + name + ")))";
    };
  }
}
