/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the rules that an action can match: by the words of its tool's name, by what the tool does
 * and to what, then by present views. A rule is filed under the first of these selectors that it
 * has, and the others are tested.
 */
final class RuleIndex {
  private final List<Rule> rules;
  private final BitSet any = new BitSet();
  private final Map<String, BitSet> byWord = new HashMap<>();
  private final Map<String, BitSet> byVerb = new HashMap<>();
  private final Map<String, BitSet> byObject = new HashMap<>();

  RuleIndex(List<Rule> rules) {
    this.rules = rules;
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (!rule.tools().isEmpty()) {
        file(byWord, rule.tools(), i);
      } else if (!rule.verbs().isEmpty()) {
        file(byVerb, rule.verbs(), i);
      } else if (!rule.objects().isEmpty()) {
        file(byObject, rule.objects(), i);
      } else {
        any.set(i);
      }
    }
  }

  private static void file(Map<String, BitSet> index, Set<String> keys, int rule) {
    keys.forEach(key -> index.computeIfAbsent(key, k -> new BitSet()).set(rule));
  }

  /** Candidates in the policy's order. */
  List<Rule> candidates(Facts facts) {
    BitSet found = (BitSet) any.clone();
    add(found, byWord, facts.toolWords());
    add(found, byVerb, facts.verbs());
    add(found, byObject, facts.objects());
    List<Rule> candidates = new ArrayList<>(found.cardinality());
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      Rule rule = rules.get(i);
      if (meets(rule.verbs(), facts.verbs())
          && meets(rule.objects(), facts.objects())
          && rule.views().stream().allMatch(facts::present)) {
        candidates.add(rule);
      }
    }
    return candidates;
  }

  private static void add(BitSet found, Map<String, BitSet> index, List<String> keys) {
    for (String key : keys) {
      BitSet more = index.get(key);
      if (more != null) {
        found.or(more);
      }
    }
  }

  private static boolean meets(Set<String> wanted, List<String> there) {
    return wanted.isEmpty() || !Collections.disjoint(wanted, there);
  }
}
