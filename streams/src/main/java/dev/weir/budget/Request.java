/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.action.Action;
import dev.weir.event.Agent;
import dev.weir.event.Phase;
import dev.weir.event.RequestFate;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.task.Sighting;

/**
 * An action's request for a review by a tier of its choice, outside the price.
 *
 * @param fate GRANTED if it is to be heard; else why not
 * @param tier of the policy, that it asks for; "" if it is not to be heard
 * @param principal tag of who asks: the principal, else the agent, where the source vouches for
 *     agents; else the source as a whole, since names that nobody vouches for are free
 */
public record Request(RequestFate fate, String tier, long principal) {
  /** None. */
  public static final Request NONE = new Request(RequestFate.NONE);

  /** One that is not heard. */
  public Request(RequestFate fate) {
    this(fate, "", 0);
  }

  /**
   * An action's under a policy.
   *
   * @param room whether its task may have one more under review for a request
   */
  public static Request of(
      Chance chance, Action action, Sighting sighting, Policy policy, boolean room) {
    String wanted = action.event().getRequestedTier();
    RequestFate fate =
        sighting == Sighting.CARRIES_OUT ? RequestFate.NONE : admitted(action, policy);
    if (wanted == null || fate != RequestFate.GRANTED) {
      return new Request(fate);
    }
    return room
        ? new Request(fate, wanted, principal(chance, action, policy))
        : new Request(RequestFate.SPENT);
  }

  /** Whether a policy would hear an action's request, as far as the action itself says: GRANTED. */
  public static RequestFate admitted(Action action, Policy policy) {
    String wanted = action.event().getRequestedTier();
    if (wanted == null) {
      return RequestFate.NONE;
    }
    if (!policy.attests(action.source(), Attestable.REQUESTED_TIER)) {
      return RequestFate.UNATTESTED;
    }
    if (policy.tiers().stream().noneMatch(tier -> tier.id().equals(wanted))) {
      return RequestFate.UNKNOWN;
    }
    return action.event().getPhase() == Phase.PROPOSED ? RequestFate.GRANTED : RequestFate.DONE;
  }

  private static long principal(Chance chance, Action action, Policy policy) {
    Agent agent = action.event().getAgent();
    if (!policy.attests(action.source(), Attestable.AGENT)) {
      return chance.tag("source", action.source());
    }
    return agent.getPrincipal() == null
        ? chance.tag(action.source(), agent.getId())
        : chance.tag("principal", agent.getPrincipal());
  }
}
