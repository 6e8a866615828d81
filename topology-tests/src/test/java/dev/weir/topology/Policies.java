/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;

/** Policies for stories. */
final class Policies {
  /**
   * Takes what an action may lose from its argument {@code loss}, at a likelihood of one in a
   * thousand; always reviews the tool {@code launch}; knows a class that needs arguments.
   */
  static final Policy STORY = priced(1);

  private Policies() {}

  /** The same with another starting price, in LU per cost unit. */
  static Policy priced(double startingPrice) {
    return load(yaml(startingPrice, ""));
  }

  /**
   * The policy of stories with two tiers: {@code expert}, whom one answer satisfies, and after it
   * {@code board}, of which two must agree.
   */
  static Policy tiered() {
    return load(yaml(1, "").replace(TIERS, TIERS + BOARD));
  }

  private static final String TIERS =
      """
          - {id: expert, cost: 100, assurance: 0.9, deadline: 1h}
        """;

  private static final String BOARD =
      """
          - {id: board, cost: 500, assurance: 0.99, deadline: 2h, quorum: 2, independence: provider}
        """;

  /** A policy with the text that it is read from. */
  record Draft(String yaml, Policy policy) {}

  /** The policy of stories with another starting price, as one would publish it. */
  static Draft draft(double startingPrice) {
    return draft(startingPrice, "");
  }

  /** The same with further rules, each as a line of YAML in flow style. */
  static Draft draft(double startingPrice, String rules) {
    String yaml = yaml(startingPrice, rules);
    return new Draft(yaml, load(yaml));
  }

  /**
   * The policy of stories with lines, log10 LU, and no budget for reviews that the price decides.
   */
  static Policy lined(double task, double agent) {
    return lined(task, agent, 1);
  }

  /** The same, where lines may ask for reviews of so large a share of actions. */
  static Policy lined(double task, double agent, double ceiling) {
    String lines =
        "lines: {task: %s, agent: %s, ceiling: %s}\nbudget: {tax: 0,"
            .formatted(task, agent, ceiling);
    return load(yaml(1, "").replace("budget: {tax: 0.1,", lines));
  }

  /** The policy of stories with two tiers, where the gateway may ask for a review by either. */
  static Policy asking() {
    return load(
        yaml(1, "")
            .replace(TIERS, TIERS + BOARD)
            .replace("attests: [objective,", "attests: [agent, requested_tier, objective,"));
  }

  /**
   * The policy of stories where the gateway says who acts and what is proposed, and to ship is
   * reserved for vetted agents.
   */
  static Policy reserved() {
    return reservedDraft(1).policy();
  }

  /** The same with another part of its text. */
  static Policy reserved(String part, String instead) {
    String yaml = reservedDraft(1).yaml();
    if (!yaml.contains(part)) {
      throw new IllegalArgumentException(part);
    }
    return load(yaml.replace(part, instead));
  }

  /** The same in that version, with the text that it is read from. */
  static Draft reservedDraft(int version) {
    String rules =
        """
          - {id: ship, tools: [ship], class: ship, adds: {service: 1}, because: it goes out}
        """;
    String yaml =
        yaml(1, rules)
            .replace("version: \"1\"", "version: \"%d\"".formatted(version))
            .replace("attests: [objective,", "attests: [agent, phase, objective,")
            .replace(
                "classes:\n",
                "classes:\n  ship: {prior: -3, reserved: true, because: customers rely on it}\n");
    return new Draft(yaml, load(yaml));
  }

  private static String yaml(double startingPrice, String rules) {
    return """
        weir: 1
        id: story
        version: "1"
        prior: -3
        unscorable: 6
        catastrophic: 7
        budget: {tax: 0.1, window_actions: 1000, starting_price: %s, price_ttl: 5m}
        limits: {trial_actions: 200}
        tiers:
          - {id: expert, cost: 100, assurance: 0.9, deadline: 1h}
        sources:
          weir.actions: {attests: []}
          weir.actions.gateway: {attests: [objective, environment, cost]}
        classes:
          post: {prior: -3, needs_arguments: true, because: "tells somebody something"}
        rules:
          - id: loss
            when: "'loss' in args"
            adds: {money: "double(args.loss)"}
            because: the story says what is at stake
          - id: launch
            tools: [launch]
            adds: {service: 1}
            route: always
            because: a launch is always looked at
          - id: post
            tools: [post]
            class: post
            adds: {people: 1}
            because: somebody is told something
        """
            .formatted(startingPrice)
        + rules;
  }

  static Policy load(String yaml) {
    return PolicyLoader.load("story.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
