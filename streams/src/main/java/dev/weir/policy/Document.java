/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Environment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The content of a policy as parsed: what its digest covers. */
record Document(
    String id,
    String version,
    String description,
    double prior,
    double unscorable,
    double catastrophic,
    double mustPropose,
    double agentRecord,
    Budget budget,
    Lines lines,
    @Nullable AuditSettings audit,
    GoLive limits,
    List<Tier> tiers,
    Surroundings surroundings,
    Map<String, ActionClass> classes,
    List<ScorerPart> scorers,
    List<Rule> rules,
    List<Example> examples,
    Places places) {

  /**
   * What the policy knows of the world around the agents.
   *
   * @param sources what each source may attest, by topic
   * @param domains the organisation's own, lower case
   * @param servers tool servers whose hints are believed
   * @param environments decades that magnitude changes by, at most 0, by attested environment
   */
  record Surroundings(
      Map<String, Set<Attestable>> sources,
      Set<String> domains,
      Set<String> servers,
      Map<Environment, Double> environments) {}

  /** Where parts of it stand, by their ids. */
  record Places(Map<String, Place> tiers, Map<String, Place> classes) {}

  Document withBudget(Budget other) {
    return with(other, surroundings);
  }

  Document withSources(Map<String, Set<Attestable>> sources) {
    Surroundings s = surroundings;
    return with(budget, new Surroundings(sources, s.domains, s.servers, s.environments));
  }

  private Document with(Budget otherBudget, Surroundings otherSurroundings) {
    return new Document(
        id,
        version,
        description,
        prior,
        unscorable,
        catastrophic,
        mustPropose,
        agentRecord,
        otherBudget,
        lines,
        audit,
        limits,
        tiers,
        otherSurroundings,
        classes,
        scorers,
        rules,
        examples,
        places);
  }
}
