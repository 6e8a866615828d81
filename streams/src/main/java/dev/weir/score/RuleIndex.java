/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.Rule;
import dev.weir.policy.View;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that an action can match, by what rules name: words of the tool's name, what the
 * tool does and to what, then views that must be present. A view is read only if a rule that may
 * still match needs it.
 */
final class RuleIndex {
  private static final int SLOTS = 512;

  private final Trial[] trials;
  private final Axis byWord;
  private final Axis byVerb;
  private final Axis byObject;

  /** The views that rules need, and at the same places the rules that need them. */
  private final View[] views;

  private final BitSet[] needing;

  /** What the last tools can match, each in the place that its words give it. */
  private final AtomicReferenceArray<@Nullable Matched> last = new AtomicReferenceArray<>(SLOTS);

  RuleIndex(List<Rule> rules) {
    this.trials = rules.stream().map(Trial::new).toArray(Trial[]::new);
    this.byWord = new Axis(rules, Rule::tools);
    this.byVerb = new Axis(rules, Rule::verbs);
    this.byObject = new Axis(rules, Rule::objects);
    Map<View, BitSet> byView = new EnumMap<>(View.class);
    for (int i = 0; i < rules.size(); i++) {
      for (View view : rules.get(i).views()) {
        byView.computeIfAbsent(view, v -> new BitSet()).set(i);
      }
    }
    this.views = byView.keySet().toArray(View[]::new);
    this.needing = byView.values().toArray(BitSet[]::new);
  }

  /** The positions of candidates, in the policy's order. */
  BitSet candidates(Facts facts) {
    BitSet found = matching(facts.toolWords(), facts.verbs(), facts.objects());
    for (int i = 0; i < views.length; i++) {
      if (found.intersects(needing[i]) && !facts.present(views[i])) {
        found.andNot(needing[i]);
      }
    }
    return found;
  }

  private BitSet matching(List<String> words, List<String> verbs, List<String> objects) {
    int slot = words.hashCode() & SLOTS - 1;
    Matched known = last.getAcquire(slot);
    if (known == null || !known.isOf(words, verbs, objects)) {
      BitSet rules = byWord.matching(words);
      rules.and(byVerb.matching(verbs));
      rules.and(byObject.matching(objects));
      known = new Matched(words, verbs, objects, rules);
      last.setRelease(slot, known);
    }
    return (BitSet) known.rules.clone();
  }

  /**
   * The rules, never changed, that a tool matches by these very lists, which {@link Naming} keeps.
   */
  private record Matched(
      List<String> words, List<String> verbs, List<String> objects, BitSet rules) {
    @SuppressWarnings("ReferenceEquality") // other lists of the same words are looked up anew
    boolean isOf(List<String> otherWords, List<String> otherVerbs, List<String> otherObjects) {
      return words == otherWords && verbs == otherVerbs && objects == otherObjects;
    }
  }

  /** The rule at a position, ready to be tried. */
  Trial trial(int position) {
    return trials[position];
  }

  /** One thing that rules name: a rule that names none of it matches whatever there is. */
  private static final class Axis {
    private final BitSet any = new BitSet();
    private final Map<String, BitSet> byName = new HashMap<>();

    Axis(List<Rule> rules, Function<Rule, Collection<String>> names) {
      for (int i = 0; i < rules.size(); i++) {
        if (names.apply(rules.get(i)).isEmpty()) {
          any.set(i);
        }
        for (String name : names.apply(rules.get(i))) {
          byName.computeIfAbsent(name, n -> new BitSet()).set(i);
        }
      }
    }

    /** A new set of the rules that name one of these, or none. */
    BitSet matching(List<String> names) {
      BitSet found = (BitSet) any.clone();
      for (int i = 0; i < names.size(); i++) {
        BitSet more = byName.get(names.get(i));
        if (more != null) {
          found.or(more);
        }
      }
      return found;
    }
  }
}
