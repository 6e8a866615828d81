/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The content of a policy as parsed: what its digest covers. */
record Document(
    String id,
    String version,
    String description,
    double prior,
    double unscorable,
    double catastrophic,
    Budget budget,
    List<Tier> tiers,
    Map<String, Set<Attestable>> sources,
    Set<String> domains,
    Map<String, ActionClass> classes,
    List<Rule> rules,
    List<Example> examples) {

  Document withBudget(Budget other) {
    return new Document(
        id,
        version,
        description,
        prior,
        unscorable,
        catastrophic,
        other,
        tiers,
        sources,
        domains,
        classes,
        rules,
        examples);
  }

  Document withSources(Map<String, Set<Attestable>> other) {
    return new Document(
        id,
        version,
        description,
        prior,
        unscorable,
        catastrophic,
        budget,
        tiers,
        other,
        domains,
        classes,
        rules,
        examples);
  }
}
