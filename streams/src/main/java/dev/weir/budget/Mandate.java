/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.EscalationReason;
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
 * @param reason CATASTROPHIC, ROUTE, BYPASS, RETRY or ID_CONFLICT, the gravest that holds; NONE if
 *     it is not
 * @param ceilings of all that asks for it
 * @param precedent what became of its like, whose risk counts if it is higher
 */
public record Mandate(EscalationReason reason, List<Ceiling> ceilings, Precedent precedent) {
  /** The price decides. */
  public static final Mandate NONE = new Mandate(EscalationReason.NONE, List.of());

  /** Of an action in whose task nothing like it is remembered. */
  public Mandate(EscalationReason reason, List<Ceiling> ceilings) {
    this(reason, ceilings, Precedent.NONE);
  }

  /** Of an action as it was scored by that policy, in a task that remembers nothing like it. */
  public static Mandate of(Sighting sighting, Scored scored, Policy policy) {
    return of(sighting, scored, policy, Precedent.NONE);
  }

  /** Of an action as it was scored by that policy. */
  public static Mandate of(Sighting sighting, Scored scored, Policy policy, Precedent precedent) {
    boolean asked = scored.catastrophic() || scored.route() || precedent.retry();
    boolean seen = sighting == Sighting.BYPASS || sighting == Sighting.ID_CONFLICT;
    if (sighting == Sighting.CARRIES_OUT || !(asked || seen)) {
      return NONE;
    }
    if (precedent.spent()) {
      return new Mandate(EscalationReason.NONE, List.of(), precedent);
    }
    Ceilings shares = policy.budget().ceilings();
    List<Ceiling> ceilings = new ArrayList<>(scored.routes());
    EscalationReason reason = scored.route() ? EscalationReason.ROUTE : EscalationReason.NONE;
    if (scored.catastrophic()) {
      ceilings.add(new Ceiling(Ceiling.CATASTROPHIC, shares.catastrophic()));
      reason = EscalationReason.CATASTROPHIC;
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
    return new Mandate(reason, ceilings, precedent);
  }

  /** The first that was found. */
  private static EscalationReason gravest(EscalationReason found, EscalationReason next) {
    return found == EscalationReason.NONE ? next : found;
  }
}
