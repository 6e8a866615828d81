/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.event.AgentEvidence;
import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Environment;
import dev.weir.event.Score;
import dev.weir.policy.ActionClass;
import dev.weir.policy.Ceiling;
import dev.weir.policy.Policy;
import dev.weir.policy.ScorerPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Adds contributions up to a score.
 *
 * <p>Magnitude = log10(Σ over kinds of loss of 10^(largest contribution of the kind)) + the largest
 * REACH + the largest IRREVERSIBILITY + ENVIRONMENT; 0 where nothing is lost. Log-odds = the
 * largest PRIOR, else the policy's, + the largest of each kind of evidence; likelihood = log10 of
 * the probability that they stand for. Contributions to loss count from 0, where the scale begins.
 */
@SuppressWarnings("EnumOrdinal") // arrays by dimension, for one action
final class Sum {
  static final String PRIOR = "prior";
  static final String ENVIRONMENT = "environment";
  static final String AGENT_RECORD = "agent-record";
  static final String SCORER = "scorer:";
  static final String UNSCORABLE = "unscorable";
  static final String ERROR = "error";

  /** Most that a score keeps: all outputs rest on it to stay within max.output.bytes. */
  static final int MAX_CONTRIBUTIONS = 64;

  private static final List<Dimension> LOSSES =
      Arrays.stream(Dimension.values()).filter(Sum::isLoss).toList();
  static final List<Dimension> EVIDENCE =
      List.of(
          Dimension.PRIOR,
          Dimension.PROVENANCE,
          Dimension.OBJECTIVE,
          Dimension.NOVELTY,
          Dimension.RECORD,
          Dimension.EVASION);
  private static final Comparator<Contribution> ORDER =
      (a, b) -> {
        int byDimension = a.getDimension().compareTo(b.getDimension());
        return byDimension != 0 ? byDimension : Double.compare(b.getValue(), a.getValue());
      };

  private final Policy policy;
  private final List<Contribution> contributions = new ArrayList<>();
  private String actionClass = "";
  private double classLoss = Double.NEGATIVE_INFINITY;
  private double floor;
  private double added;
  private boolean unscorable;
  private boolean needsArguments;
  private final List<Ceiling> routes = new ArrayList<>();
  private final List<String> reserved = new ArrayList<>();
  private boolean prior;

  Sum(Policy policy) {
    this.policy = policy;
  }

  void add(Firing firing) {
    double loss = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < firing.size(); i++) {
      if (firing.has(i)) {
        boolean isLoss = isLoss(firing.dimension(i));
        double value = isLoss ? Math.max(0, firing.value(i)) : firing.value(i);
        loss = isLoss ? Math.max(loss, value) : loss;
        add(firing.rule().id(), firing.dimension(i), value, firing.rule().because());
      }
    }
    if (firing.rule().route()) {
      routes.add(policy.ceiling(firing.rule()));
    }
    ActionClass found = policy.classes().get(firing.rule().actionClass().orElse(""));
    if (found != null) {
      double prior = firing.always() ? found.prior() : Math.max(found.prior(), policy.prior());
      add(firing.rule().id(), Dimension.PRIOR, prior, because(found));
      if (found.reserved() && !reserved.contains(found.id())) {
        reserved.add(found.id());
      }
      needsArguments |= found.needsArguments();
      if (actionClass.isEmpty() || loss > classLoss) {
        actionClass = found.id();
        classLoss = loss;
      }
    }
  }

  private static String because(ActionClass found) {
    return found.reserved() ? "reserved for vetted agents: " + found.because() : found.because();
  }

  /** The action takes effect there, as attested. */
  void environment(Environment environment) {
    double decades = policy.decades(environment);
    if (decades != 0) {
      add(ENVIRONMENT, Dimension.ENVIRONMENT, decades, "it takes effect in " + environment);
    }
  }

  /**
   * What the agent's record says against it: as much as is sure of it, up to the policy's bound.
   */
  void record(AgentEvidence evidence) {
    double value = Math.min(policy.agentRecord(), Math.log10(evidence.getRatioLow()));
    if (value > 0) {
      String because =
          String.format(
              Locale.ROOT,
              "of %d answered actions of the agent %d were harmful, where its work lets expect %.1f at most",
              evidence.getAnswers(),
              evidence.getFound(),
              evidence.getExpected());
      add(AGENT_RECORD, Dimension.RECORD, value, because);
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

  /** The rules that send the action to review always. */
  List<Ceiling> routes() {
    return List.copyOf(routes);
  }

  /** The reserved classes among those that fired. */
  List<String> reserved() {
    return List.copyOf(reserved);
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
    prior |= dimension == Dimension.PRIOR;
    contributions.add(new Contribution(rule, dimension, value, false, because));
  }

  Score score() {
    if (!prior) {
      add(PRIOR, Dimension.PRIOR, policy.prior(), "an action of no class");
    }
    contributions.sort(ORDER);
    double[] largest = count();
    dropBeyondLimit();
    double magnitude = Math.max(floor, magnitude(largest));
    double likelihood = likelihood(largest, added);
    double risk = magnitude + likelihood;
    return new Score(
        magnitude, likelihood, risk, Math.pow(10, risk), actionClass, unscorable, contributions);
  }

  /** Marks the largest of each dimension, and returns it by dimension; NaN where there is none. */
  private double[] count() {
    double[] largest = new double[Dimension.values().length];
    Arrays.fill(largest, Double.NaN);
    for (Contribution c : contributions) {
      if (!c.getCounted() && Double.isNaN(largest[c.getDimension().ordinal()])) {
        largest[c.getDimension().ordinal()] = c.getValue();
        c.setCounted(true);
      }
    }
    return largest;
  }

  private static double of(double[] largest, Dimension dimension) {
    double value = largest[dimension.ordinal()];
    return Double.isNaN(value) ? 0 : value;
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

  private static double magnitude(double[] largest) {
    double loss = 0;
    for (Dimension kind : LOSSES) {
      double value = largest[kind.ordinal()];
      loss += Double.isNaN(value) ? 0 : Math.pow(10, value);
    }
    double modifiers =
        of(largest, Dimension.REACH)
            + of(largest, Dimension.IRREVERSIBILITY)
            + of(largest, Dimension.ENVIRONMENT);
    return loss == 0 ? 0 : Math.max(0, Math.log10(loss) + modifiers);
  }

  private static double likelihood(double[] largest, double added) {
    double odds = added;
    for (Dimension d : EVIDENCE) {
      odds += of(largest, d);
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
