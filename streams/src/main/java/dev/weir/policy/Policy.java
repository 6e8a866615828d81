/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Environment;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A policy: what is watched for and what review may cost. Immutable, checked and compiled; made by
 * {@link PolicyLoader}. Two policies are equal if their digests are.
 */
public final class Policy {
  private final Place at;
  private final Document document;
  private final byte[] digest;
  private final String digestHex;

  Policy(Place at, Document document) {
    this.at = at;
    this.document = document;
    this.digest = Canonical.digest(document);
    this.digestHex = HexFormat.of().formatHex(digest);
  }

  /** Where it begins. */
  public Place at() {
    return at;
  }

  /** Where one of its tiers stands. */
  public Place at(Tier tier) {
    return document.places().tiers().getOrDefault(tier.id(), at);
  }

  /** Where one of its classes stands. */
  public Place at(ActionClass actionClass) {
    return document.places().classes().getOrDefault(actionClass.id(), at);
  }

  /** The policy's name. */
  public String id() {
    return document.id();
  }

  /** The policy's version, as its author counts. */
  public String version() {
    return document.version();
  }

  /** What the policy is for. */
  public String description() {
    return document.description();
  }

  /** log10 of the odds that an action of no class is wrong. */
  public double prior() {
    return document.prior();
  }

  /** The least magnitude of an action that cannot be judged, log10 LU. */
  public double unscorable() {
    return document.unscorable();
  }

  /** The magnitude from which every action is reviewed, log10 LU. */
  public double catastrophic() {
    return document.catastrophic();
  }

  /**
   * Magnitude from which an action must be proposed before it is carried out; infinite for none.
   */
  public double mustPropose() {
    return document.mustPropose();
  }

  /**
   * How much the record of an agent that is harmful more often than its work explains raises the
   * odds at most, in decades; 0 for not at all.
   */
  public double agentRecord() {
    return document.agentRecord();
  }

  /** Whether scores of actions of that source read their agents' records: it says who acts. */
  public boolean readsRecords(String source) {
    return agentRecord() > 0 && attests(source, Attestable.AGENT);
  }

  /** What review may cost. */
  public Budget budget() {
    return document.budget();
  }

  /** How actions that are not escalated are audited; empty if they are not. */
  public Optional<AuditSettings> audit() {
    return Optional.ofNullable(document.audit());
  }

  /** How often a rule that routes should. */
  public Ceiling ceiling(Rule rule) {
    return new Ceiling(rule.id(), rule.ceiling().orElse(budget().ceilings().route()));
  }

  /** How much may add up before a review is asked for whatever the price. */
  public Lines lines() {
    return document.lines();
  }

  /**
   * The tier of that id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tier tier(String id) {
    return tiers().stream()
        .filter(tier -> tier.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no tier: " + id));
  }

  /** The services that review, in the policy's order; at least one. */
  public List<Tier> tiers() {
    return document.tiers();
  }

  /** What each source may attest, by topic. */
  public Map<String, Set<Attestable>> sources() {
    return document.surroundings().sources();
  }

  /**
   * Whether a source may attest something; a source that the policy does not name may attest
   * nothing.
   */
  public boolean attests(String source, Attestable what) {
    return attested(source).contains(what);
  }

  /** What a source may attest. */
  public Set<Attestable> attested(String source) {
    return document.surroundings().sources().getOrDefault(source, Set.of());
  }

  /** Domains of mail and hosts that belong to the organisation, lower case. */
  public Set<String> domains() {
    return document.surroundings().domains();
  }

  /** Tool servers whose hints are believed, where a source attests them. */
  public Set<String> servers() {
    return document.surroundings().servers();
  }

  /** By how many decades, at most 0, an action's loss differs where it takes effect there. */
  public double decades(Environment environment) {
    return document.surroundings().environments().getOrDefault(environment, 0.0);
  }

  /** What it must keep to in a shadow run before it may go live. */
  public GoLive limits() {
    return document.limits();
  }

  /** The learned scorers beside the rules. */
  public List<ScorerPart> scorers() {
    return document.scorers();
  }

  /** The classes of actions, by id. */
  public Map<String, ActionClass> classes() {
    return document.classes();
  }

  /** The rules, in the order of the document. */
  public List<Rule> rules() {
    return document.rules();
  }

  /** All examples: those of the rules in their order, then those of the whole policy. */
  public List<Example> examples() {
    return Stream.concat(
            document.rules().stream().flatMap(rule -> rule.examples().stream()),
            document.examples().stream())
        .toList();
  }

  /** SHA-256 of the canonical form: {@link PolicyLoader} says which that is. */
  public byte[] digest() {
    return digest.clone();
  }

  /** {@link #digest} in hexadecimal. */
  public String digestHex() {
    return digestHex;
  }

  /**
   * The text that {@link #digest} is taken of: the whole policy as one document, which loads as the
   * same policy.
   */
  public String canonical() {
    return Canonical.text(document);
  }

  /** The same policy with another tax, in [0, 10], and hence another digest. */
  public Policy withTax(double tax) {
    if (!(tax >= 0 && tax <= 10)) {
      throw new IllegalArgumentException("tax " + tax + " is not in [0, 10]");
    }
    Budget b = document.budget();
    return new Policy(at, document.withBudget(b.withTax(tax)));
  }

  /** The same policy where the source {@code topic} may attest that, and hence another digest. */
  public Policy withSource(String topic, Set<Attestable> attests) {
    Map<String, Set<Attestable>> sources = new LinkedHashMap<>(sources());
    sources.put(topic, Set.copyOf(attests));
    return new Policy(at, document.withSources(Collections.unmodifiableMap(sources)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Policy that && digestHex.equals(that.digestHex);
  }

  @Override
  public int hashCode() {
    return digestHex.hashCode();
  }

  @Override
  public String toString() {
    return id() + " " + version() + " " + digestHex;
  }
}
