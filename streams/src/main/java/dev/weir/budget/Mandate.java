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
 * @param reason ROUTE, CATASTROPHIC or ID_CONFLICT, the gravest that holds; NONE if it is not
 * @param ceilings of all that asks for it
 */
public record Mandate(EscalationReason reason, List<Ceiling> ceilings) {
  /** The price decides. */
  public static final Mandate NONE = new Mandate(EscalationReason.NONE, List.of());

  /** Of an action as it was scored by that policy. */
  public static Mandate of(Sighting sighting, Scored scored, Policy policy) {
    boolean conflict = sighting == Sighting.ID_CONFLICT;
    if (sighting == Sighting.CARRIES_OUT
        || !(conflict || scored.catastrophic() || scored.route())) {
      return NONE;
    }
    Ceilings shares = policy.budget().ceilings();
    List<Ceiling> ceilings = new ArrayList<>(scored.routes());
    if (scored.catastrophic()) {
      ceilings.add(new Ceiling(Ceiling.CATASTROPHIC, shares.catastrophic()));
    }
    if (conflict) {
      ceilings.add(new Ceiling(Ceiling.ID_CONFLICT, shares.idConflict()));
    }
    return new Mandate(reason(scored), ceilings);
  }

  private static EscalationReason reason(Scored scored) {
    if (scored.catastrophic()) {
      return EscalationReason.CATASTROPHIC;
    }
    return scored.route() ? EscalationReason.ROUTE : EscalationReason.ID_CONFLICT;
  }
}
