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
    return load(
        """
        weir: 1
        id: story
        version: "1"
        prior: -3
        unscorable: 6
        catastrophic: 7
        budget: {tax: 0.1, window_actions: 1000, starting_price: %s, price_ttl: 5m}
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
            .formatted(startingPrice));
  }

  static Policy load(String yaml) {
    return PolicyLoader.load("story.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
