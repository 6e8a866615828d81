/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the rules that an action can match: by the words of its tool's name, then by present views.
 */
final class RuleIndex {
  private final List<Rule> rules;
  private final BitSet anyTool = new BitSet();
  private final Map<String, BitSet> byWord = new HashMap<>();

  RuleIndex(List<Rule> rules) {
    this.rules = rules;
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).tools().isEmpty()) {
        anyTool.set(i);
      }
      for (String word : rules.get(i).tools()) {
        byWord.computeIfAbsent(word, w -> new BitSet()).set(i);
      }
    }
  }

  /** Candidates in the policy's order. */
  List<Rule> candidates(Facts facts) {
    BitSet found = (BitSet) anyTool.clone();
    for (String word : facts.toolWords()) {
      BitSet more = byWord.get(word);
      if (more != null) {
        found.or(more);
      }
    }
    List<Rule> candidates = new ArrayList<>(found.cardinality());
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      if (rules.get(i).views().stream().allMatch(facts::present)) {
        candidates.add(rules.get(i));
      }
    }
    return candidates;
  }
}
