/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Environment;
import dev.weir.event.Score;
import dev.weir.policy.ActionClass;
import dev.weir.policy.Policy;
import dev.weir.policy.ScorerPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Adds contributions up to a score.
 *
 * <p>Magnitude = log10(Σ over kinds of loss of 10^(largest contribution of the kind)) + the largest
 * REACH + the largest IRREVERSIBILITY + ENVIRONMENT; 0 where nothing is lost. Log-odds = the
 * largest PRIOR, else the policy's, + the largest of each kind of evidence; likelihood = log10 of
 * the probability that they stand for. Contributions to loss count from 0, where the scale begins.
 */
final class Sum {
  static final String PRIOR = "prior";
  static final String ENVIRONMENT = "environment";
  static final String SCORER = "scorer:";
  static final String UNSCORABLE = "unscorable";
  static final String ERROR = "error";

  /** Most that a score keeps: all outputs rest on it to stay within max.output.bytes. */
  static final int MAX_CONTRIBUTIONS = 64;

  private static final List<Dimension> EVIDENCE =
      List.of(
          Dimension.PRIOR,
          Dimension.PROVENANCE,
          Dimension.OBJECTIVE,
          Dimension.NOVELTY,
          Dimension.RECORD,
          Dimension.EVASION);
  private static final Comparator<Contribution> ORDER =
      Comparator.comparing(Contribution::getDimension)
          .thenComparing(Comparator.comparingDouble(Contribution::getValue).reversed());

  private final Policy policy;
  private final List<Contribution> contributions = new ArrayList<>();
  private String actionClass = "";
  private double classLoss = Double.NEGATIVE_INFINITY;
  private double floor;
  private double added;
  private boolean unscorable;
  private boolean needsArguments;
  private boolean route;

  Sum(Policy policy) {
    this.policy = policy;
  }

  void add(Firing firing) {
    double loss = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Dimension, Double> e : firing.adds().entrySet()) {
      boolean isLoss = isLoss(e.getKey());
      double value = isLoss ? Math.max(0, e.getValue()) : e.getValue();
      loss = isLoss ? Math.max(loss, value) : loss;
      add(firing.rule().id(), e.getKey(), value, firing.rule().because());
    }
    route |= firing.rule().route();
    ActionClass found = policy.classes().get(firing.rule().actionClass().orElse(""));
    if (found != null) {
      double prior = firing.always() ? found.prior() : Math.max(found.prior(), policy.prior());
      add(firing.rule().id(), Dimension.PRIOR, prior, because(found));
      route |= found.reserved();
      needsArguments |= found.needsArguments();
      if (actionClass.isEmpty() || loss > classLoss) {
        actionClass = found.id();
        classLoss = loss;
      }
    }
  }

  private static String because(ActionClass found) {
    return found.reserved()
        ? "reserved for vetted agents, and nobody is granted it: " + found.because()
        : found.because();
  }

  /** The action takes effect there, as attested. */
  void environment(Environment environment) {
    double decades = policy.decades(environment);
    if (decades != 0) {
      add(ENVIRONMENT, Dimension.ENVIRONMENT, decades, "it takes effect in " + environment);
    }
  }

  /** What a learned scorer says. */
  void evidence(ScorerPart part, double value) {
    boolean adds = part.combine() == ScorerPart.Combine.ADD;
    added += adds ? value : 0;
    contributions.add(
        new Contribution(
            SCORER + part.scorer().id(),
            part.dimension(),
            value,
            adds,
            "a learned scorer's evidence"));
  }

  /** Whether a class among those that fired cannot be judged without arguments. */
  boolean needsArguments() {
    return needsArguments;
  }

  boolean route() {
    return route;
  }

  void unscorable(String because) {
    floor(UNSCORABLE, policy.unscorable(), because);
  }

  void error(String because) {
    floor(ERROR, policy.catastrophic(), because);
  }

  private void floor(String rule, double magnitude, String because) {
    unscorable = true;
    floor = Math.max(floor, magnitude);
    add(rule, Dimension.OTHER, magnitude, because);
  }

  private void add(String rule, Dimension dimension, double value, String because) {
    contributions.add(new Contribution(rule, dimension, value, false, because));
  }

  Score score() {
    if (contributions.stream().noneMatch(c -> c.getDimension() == Dimension.PRIOR)) {
      add(PRIOR, Dimension.PRIOR, policy.prior(), "an action of no class");
    }
    contributions.sort(ORDER);
    Map<Dimension, Double> largest = new EnumMap<>(Dimension.class);
    for (Contribution c : contributions) {
      if (!c.getCounted() && largest.putIfAbsent(c.getDimension(), c.getValue()) == null) {
        c.setCounted(true);
      }
    }
    dropBeyondLimit();
    double magnitude = Math.max(floor, magnitude(largest));
    double likelihood = likelihood(largest, added);
    double risk = magnitude + likelihood;
    return new Score(
        magnitude, likelihood, risk, Math.pow(10, risk), actionClass, unscorable, contributions);
  }

  /** Drops, from the end, what does not count. */
  private void dropBeyondLimit() {
    if (contributions.size() <= MAX_CONTRIBUTIONS) {
      return;
    }
    List<Contribution> kept = new ArrayList<>(MAX_CONTRIBUTIONS);
    int others = MAX_CONTRIBUTIONS;
    for (Contribution c : contributions) {
      others -= c.getCounted() ? 1 : 0;
    }
    for (Contribution c : contributions) {
      if (c.getCounted() || others-- > 0) {
        kept.add(c);
      }
    }
    contributions.clear();
    contributions.addAll(kept);
  }

  private static double magnitude(Map<Dimension, Double> largest) {
    double loss = 0;
    for (Map.Entry<Dimension, Double> e : largest.entrySet()) {
      if (isLoss(e.getKey())) {
        loss += Math.pow(10, e.getValue());
      }
    }
    double modifiers =
        largest.getOrDefault(Dimension.REACH, 0.0)
            + largest.getOrDefault(Dimension.IRREVERSIBILITY, 0.0)
            + largest.getOrDefault(Dimension.ENVIRONMENT, 0.0);
    return loss == 0 ? 0 : Math.max(0, Math.log10(loss) + modifiers);
  }

  private static double likelihood(Map<Dimension, Double> largest, double added) {
    double odds = added;
    for (Dimension d : EVIDENCE) {
      odds += largest.getOrDefault(d, 0.0);
    }
    return probability(odds);
  }

  /** log10 of the probability with these log10 odds: −log10(1 + 10^−x). */
  static double probability(double odds) {
    return odds > 0
        ? -Math.log1p(Math.pow(10, -odds)) / Math.log(10)
        : odds - Math.log1p(Math.pow(10, odds)) / Math.log(10);
  }

  static boolean isLoss(Dimension dimension) {
    return switch (dimension) {
      case DESTRUCTION, EXPOSURE, MONEY, SERVICE, PEOPLE, OVERSIGHT, OTHER -> true;
      default -> false;
    };
  }
}
