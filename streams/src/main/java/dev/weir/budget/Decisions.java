/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.policy.Tier;

/**
 * The rule that decides, apart from how its price came about: an action is reviewed if a rule says
 * so whatever the price, or if mass · assurance − λ · cost is above 0. In the bucket of risk in
 * whose middle λ stands, scores count as equal and u decides against the share that the budget
 * reaches.
 *
 * <p>Invariant: what {@link #recompute} returns for a controller's decision equals it (design,
 * invariant 4).
 */
public final class Decisions {
  private Decisions() {}

  /** λ for a cut at that bucket, in LU per cost unit. */
  static double price(int index, Tier tier) {
    return Math.pow(10, Scale.middle(index)) * tier.assurance() / tier.cost();
  }

  /** The bucket in which λ is as high as an action's worth of review. */
  static int index(double price, Tier tier) {
    return Scale.of(Math.log10(price * tier.cost() / tier.assurance()));
  }

  /** Probability, over the chance key, of a priced review. */
  static double inclusion(double risk, double mass, int cutIndex, double cutShare) {
    int index = Scale.of(risk);
    if (mass <= 0 || index < cutIndex) {
      return 0;
    }
    return index > cutIndex ? 1 : cutShare;
  }

  /**
   * What was decided, once more, from the score and what the decision stores.
   *
   * @param risk log10 of expected loss in LU, as scored
   * @param mass 10^risk, as scored
   * @param decision as stored on the assessment
   * @param tier the policy's
   * @return the decision with reason, tier, review cost and inclusion probability computed anew
   */
  public static Decision recompute(double risk, double mass, Decision decision, Tier tier) {
    boolean mandatory = mandatory(decision.getReason());
    double inclusion =
        mandatory
            ? 1
            : inclusion(risk, mass, index(decision.getPrice(), tier), decision.getCutShare());
    boolean reviewed = decision.getU() < inclusion;
    EscalationReason priced = reviewed ? EscalationReason.PRICED : EscalationReason.NONE;
    return Decision.newBuilder(decision)
        .setReason(mandatory ? decision.getReason() : priced)
        .setTier(reviewed ? tier.id() : "")
        .setReviewCost(reviewed ? tier.cost() : 0)
        .setInclusionProbability(inclusion)
        .build();
  }

  /** True for reasons that hold whatever the price. */
  static boolean mandatory(EscalationReason reason) {
    return switch (reason) {
      case ROUTE, CATASTROPHIC, ID_CONFLICT -> true;
      case NONE, PRICED, AUDIT, TASK, OTHER -> false;
    };
  }
}
