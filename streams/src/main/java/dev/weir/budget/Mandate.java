/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.EscalationReason;
import dev.weir.event.MissingGrant;
import dev.weir.policy.Ceiling;
import dev.weir.policy.Ceilings;
import dev.weir.policy.Policy;
import dev.weir.score.Scored;
import dev.weir.task.Sighting;
import java.util.ArrayList;
import java.util.List;

/**
 * Why an action is reviewed whatever the price.
 *
 * @param reason CATASTROPHIC, VIOLATION, ROUTE, BYPASS, RETRY or ID_CONFLICT, the gravest that
 *     holds; NONE if it is not
 * @param ceilings of all that asks for it
 * @param precedent what became of its like, whose risk counts if it is higher
 * @param clearance what grants say of it
 */
public record Mandate(
    EscalationReason reason, List<Ceiling> ceilings, Precedent precedent, Clearance clearance) {
  /** The price decides. */
  public static final Mandate NONE = new Mandate(EscalationReason.NONE, List.of());

  /** Of an action in whose task nothing like it is remembered, and of no reserved class. */
  public Mandate(EscalationReason reason, List<Ceiling> ceilings) {
    this(reason, ceilings, Precedent.NONE, Clearance.NONE);
  }

  /**
   * How an action came, beside what it is.
   *
   * @param sighting what its task's recent ids say of it
   * @param done whether nobody waits for leave: then what lacks a grant is a violation
   * @param clearance what grants say of its reserved classes
   * @param precedent what became of its like in its task
   */
  public record Arrival(
      Sighting sighting, boolean done, Clearance clearance, Precedent precedent) {}

  /**
   * Of an action as it was scored by that policy, where nobody is granted anything, and in a task
   * that remembers nothing like it.
   */
  public static Mandate of(Sighting sighting, Scored scored, Policy policy) {
    Clearance clearance = Clearance.withoutGrants(scored.reserved());
    return of(new Arrival(sighting, false, clearance, Precedent.NONE), scored, policy);
  }

  /** Of an action as it was scored by that policy. */
  public static Mandate of(Arrival arrival, Scored scored, Policy policy) {
    Precedent precedent = arrival.precedent;
    Sighting sighting = arrival.sighting;
    if (sighting == Sighting.CARRIES_OUT) {
      return NONE;
    }
    if (precedent.closed()) {
      return new Mandate(EscalationReason.NONE, List.of(), precedent, arrival.clearance);
    }
    List<MissingGrant> missing = arrival.clearance.missing();
    boolean routed = !scored.routes().isEmpty() || !missing.isEmpty();
    boolean asked = scored.catastrophic() || routed || precedent.retry();
    boolean seen = sighting == Sighting.BYPASS || sighting == Sighting.ID_CONFLICT;
    if (!(asked || seen)) {
      return new Mandate(EscalationReason.NONE, List.of(), Precedent.NONE, arrival.clearance);
    }
    if (precedent.spent()) {
      return new Mandate(EscalationReason.NONE, List.of(), precedent, arrival.clearance);
    }
    Ceilings shares = policy.budget().ceilings();
    List<Ceiling> ceilings = new ArrayList<>(scored.routes());
    missing.forEach(
        lacking -> ceilings.add(Ceiling.ofClass(lacking.getActionClass(), shares.route())));
    EscalationReason reason = EscalationReason.NONE;
    if (scored.catastrophic()) {
      ceilings.add(new Ceiling(Ceiling.CATASTROPHIC, shares.catastrophic()));
      reason = EscalationReason.CATASTROPHIC;
    }
    if (arrival.done && !missing.isEmpty()) {
      reason = gravest(reason, EscalationReason.VIOLATION);
    }
    if (routed) {
      reason = gravest(reason, EscalationReason.ROUTE);
    }
    if (sighting == Sighting.BYPASS) {
      ceilings.add(new Ceiling(Ceiling.BYPASS, shares.bypass()));
      reason = gravest(reason, EscalationReason.BYPASS);
    }
    if (precedent.retry()) {
      ceilings.add(new Ceiling(Ceiling.RETRY, shares.retry()));
      reason = gravest(reason, EscalationReason.RETRY);
    }
    if (sighting == Sighting.ID_CONFLICT) {
      ceilings.add(new Ceiling(Ceiling.ID_CONFLICT, shares.idConflict()));
      reason = gravest(reason, EscalationReason.ID_CONFLICT);
    }
    return new Mandate(reason, ceilings, precedent, arrival.clearance);
  }

  /** Whether nothing but missing grants asks for the review of what is proposed. */
  public boolean onlyGrantsMissing() {
    int missing = clearance.missing().size();
    return reason == EscalationReason.ROUTE && missing > 0 && ceilings.size() == missing;
  }

  /** The first that was found. */
  private static EscalationReason gravest(EscalationReason found, EscalationReason next) {
    return found == EscalationReason.NONE ? next : found;
  }
}
