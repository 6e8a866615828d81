/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import dev.weir.event.Dimension;
import dev.weir.policy.ActionClass;
import dev.weir.policy.Attestable;
import dev.weir.policy.Example;
import dev.weir.policy.Expression;
import dev.weir.policy.Fact;
import dev.weir.policy.Policy;
import dev.weir.policy.Rule;
import dev.weir.policy.View;
import dev.weir.score.Categories;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what loads and yet cannot be meant. Reads the policy alone; a log tells {@link LogLint}
 * more.
 */
public final class Lint {
  private final Policy policy;
  private final List<Finding> findings = new ArrayList<>();

  private Lint(Policy policy) {
    this.policy = policy;
  }

  /** The findings in the order of the rules. */
  public static List<Finding> of(Policy policy) {
    Lint lint = new Lint(policy);
    lint.classes();
    TierLint.of(policy).forEach(lint.findings::add);
    for (int i = 0; i < policy.rules().size(); i++) {
      Rule rule = policy.rules().get(i);
      lint.selectors(rule);
      lint.reach(rule);
      lint.values(rule);
      lint.arguments(rule);
      lint.examples(rule);
      lint.shadow(rule, i);
    }
    return List.copyOf(lint.findings);
  }

  private void classes() {
    Set<String> used = new HashSet<>();
    policy.rules().forEach(rule -> rule.actionClass().ifPresent(used::add));
    boolean attestsAgents =
        policy.sources().values().stream().anyMatch(what -> what.contains(Attestable.AGENT));
    for (ActionClass c : policy.classes().values()) {
      if (!used.contains(c.id())) {
        findings.add(
            Finding.warning(
                policy.at(c), "no rule gives the class '" + c.id() + "'; use it or remove it"));
      }
      if (c.reserved() && !attestsAgents) {
        findings.add(
            Finding.warning(
                policy.at(c),
                "class '"
                    + c.id()
                    + "' is reserved, and no source attests who acts: nobody can be granted it;"
                    + " let a source attest 'agent'"));
      }
    }
  }

  private void selectors(Rule rule) {
    unknown(rule, "verb", rule.verbs(), Categories.verbs());
    unknown(rule, "object", rule.objects(), Categories.objects());
  }

  private void unknown(Rule rule, String what, Set<String> named, Set<String> known) {
    for (String name : named) {
      if (!known.contains(name)) {
        error(rule, "names no " + what + " '" + name + "'; known are " + String.join(", ", known));
      }
    }
  }

  private void reach(Rule rule) {
    Set<Fact> there = EnumSet.noneOf(Fact.class);
    for (View view : rule.views()) {
      Fact present = Fact.named("view." + view.name().toLowerCase(Locale.ROOT) + ".present");
      if (present != null) {
        there.add(present);
      }
    }
    if (rule.when().neverTrue(there)) {
      error(rule, "can never fire: its condition contradicts itself or its views; correct 'when'");
    }
  }

  private void values(Rule rule) {
    for (Map.Entry<Dimension, Expression> e : rule.adds().entrySet()) {
      boolean loss = e.getKey().compareTo(Dimension.REACH) < 0;
      if (loss && e.getValue().isConstant() && Double.parseDouble(e.getValue().text()) < 0) {
        warn(rule, "adds less than 0 to a loss, which counts as 0; losses start at 0");
      }
    }
  }

  /** An argument that is not there makes an expression fail, and the action unscorable. */
  private void arguments(Rule rule) {
    Set<String> taken = new HashSet<>(rule.when().reads().taken());
    Set<String> tested = new HashSet<>(rule.when().reads().tested());
    for (Expression value : rule.adds().values()) {
      taken.addAll(value.reads().taken());
      tested.addAll(value.reads().tested());
    }
    taken.removeAll(tested);
    for (String name : taken.stream().sorted().toList()) {
      warn(
          rule,
          "takes args."
              + name
              + " as if it were always there; test \"'"
              + name
              + "' in args\" first");
    }
  }

  private void examples(Rule rule) {
    boolean fires = false;
    boolean spares = false;
    for (Example example : policy.examples()) {
      fires |= example.fires().contains(rule.id());
      spares |= example.spares().contains(rule.id());
    }
    if (!fires && !spares) {
      warn(rule, "has no examples; add one that it fires on and a look-alike that it spares");
    } else if (!fires || !spares) {
      warn(
          rule,
          fires
              ? "has no example that it spares; add a look-alike"
              : "has no example that it fires on; add one");
    }
  }

  private void shadow(Rule rule, int index) {
    for (int i = 0; i < policy.rules().size(); i++) {
      Rule other = policy.rules().get(i);
      boolean same = i != index && covers(other, rule) && outdoes(other, rule);
      if (same && (i < index || !outdoes(rule, other) || !covers(rule, other))) {
        warn(
            rule,
            "changes nothing: '"
                + other.id()
                + "' fires wherever it does and adds as much; remove one");
        return;
      }
    }
  }

  /** Whether {@code a} is tried wherever {@code b} is, under the same condition. */
  private static boolean covers(Rule a, Rule b) {
    return a.when().text().equals(b.when().text())
        && wider(a.tools(), b.tools())
        && wider(a.verbs(), b.verbs())
        && wider(a.objects(), b.objects())
        && b.views().containsAll(a.views());
  }

  private static boolean wider(Set<String> a, Set<String> b) {
    return a.isEmpty() || (!b.isEmpty() && a.containsAll(b));
  }

  private static boolean outdoes(Rule a, Rule b) {
    boolean sameClass = b.actionClass().isEmpty() || b.actionClass().equals(a.actionClass());
    return sameClass
        && (a.route() || !b.route())
        && b.adds().entrySet().stream()
            .allMatch(e -> atLeast(Optional.ofNullable(a.adds().get(e.getKey())), e.getValue()));
  }

  private static boolean atLeast(Optional<Expression> a, Expression b) {
    return a.isPresent()
        && (a.get().equals(b)
            || (a.get().isConstant()
                && b.isConstant()
                && Double.parseDouble(a.get().text()) >= Double.parseDouble(b.text())));
  }

  private void error(Rule rule, String what) {
    findings.add(Finding.error(rule.at(), "rule '" + rule.id() + "' " + what));
  }

  private void warn(Rule rule, String what) {
    findings.add(Finding.warning(rule.at(), "rule '" + rule.id() + "' " + what));
  }
}
