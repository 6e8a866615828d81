/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Score;
import dev.weir.policy.Ceiling;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.score.Scored;
import dev.weir.state.TrialBreach;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a candidate may go live, by what both policies make of the same actions. */
class TrialTest {
  private static final Policy IN_FORCE = policy("a", "{}");
  private static final Policy CANDIDATE = policy("b", "{}");

  @Test
  void shouldPassWhenBothScoreTheSame() {
    Trial trial = Trial.fresh(CANDIDATE, IN_FORCE);
    for (int i = 0; i < 2000; i++) {
      add(trial, scored("rule", risk(i), false), scored("rule", risk(i), false));
    }
    TrialReport report = trial.report(CANDIDATE, IN_FORCE);

    assertThat(report.breaches()).isEmpty();
    assertThat(report.sliver()).isEqualTo(20);
    assertThat(report.candidate()).isEqualTo(report.inForce());
    assertThat(report.candidate().rules().get(0).sliverShare()).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhenOneNewRuleIsBehindMostOfTheSliver() {
    Trial trial = Trial.fresh(CANDIDATE, IN_FORCE);
    for (int i = 0; i < 2000; i++) {
      boolean lifted = i % 100 == 0;
      Scored would = lifted ? scored("new", 2, false) : scored("rule", risk(i), false);
      add(trial, scored("rule", risk(i), false), would);
    }
    assertThat(limits(trial)).containsExactly("RULE_SHARE new");
    TrialReport report = trial.report(CANDIDATE, IN_FORCE);
    assertThat(report.told(report.breaches().get(0)))
        .startsWith(TrialReport.sentence(report.breaches().get(0)))
        .endsWith(
            "rule rule was behind 1.00 of it by the policy in force: let the new rule take over its"
                + " id, or change that rule");
  }

  @Test
  void shouldPassWhenTheSameRuleIsBehindAsMuchInForce() {
    Trial trial = Trial.fresh(CANDIDATE, IN_FORCE);
    for (int i = 0; i < 2000; i++) {
      boolean lifted = i % 100 == 0;
      add(
          trial,
          lifted ? scored("known", 2, false) : scored("rule", risk(i), false),
          lifted ? scored("known", 2.5, false) : scored("rule", risk(i), false));
    }
    assertThat(limits(trial)).isEmpty();
  }

  @Test
  void shouldNotRefuseByChanceWhenFewActionsWereSeen() {
    Trial trial = Trial.fresh(CANDIDATE, IN_FORCE);
    add(trial, scored("rule", -3, false), scored("new", 3, true));
    assertThat(limits(trial)).doesNotContain("RULE_SHARE new", "PRICE ");
  }

  @Test
  void shouldRefuseWhenTooMuchIsMandatory() {
    Trial trial = Trial.fresh(CANDIDATE, IN_FORCE);
    for (int i = 0; i < 2000; i++) {
      Scored same = scored("rule", risk(i), false);
      add(trial, same, scored("rule", risk(i), i % 100 == 0));
    }
    assertThat(limits(trial)).containsExactly("MANDATORY_RATE ");
  }

  @Test
  void shouldPassWhenTheFleetItselfIsAsMandatory() {
    Trial trial = Trial.fresh(CANDIDATE, IN_FORCE);
    for (int i = 0; i < 2000; i++) {
      Scored same = scored("rule", risk(i), i % 100 == 0);
      add(trial, same, same);
    }
    assertThat(limits(trial)).isEmpty();
  }

  @Test
  void shouldRefuseWhenThePriceIsFarOffEitherWay() {
    for (double shift : new double[] {3, -3}) {
      Trial trial = Trial.fresh(CANDIDATE, IN_FORCE);
      for (int i = 0; i < 2000; i++) {
        add(trial, scored("rule", risk(i), false), scored("rule", risk(i) + shift, false));
      }
      assertThat(limits(trial)).as("shift %s", shift).containsExactly("PRICE ");
    }
  }

  @Test
  void shouldNotBeEscapedWhenACandidateDeclaresLooseLimits() {
    Policy loose =
        policy("c", "{rule_share: 1, mandatory_rate: 1, price_factor: 1e9, trial_actions: 100}");
    assertThat(GoLiveLimits.between(loose, IN_FORCE)).isEqualTo(IN_FORCE.limits());
    assertThat(GoLiveLimits.between(loose, loose)).isEqualTo(GoLiveLimits.LOOSEST);
  }

  @Test
  void shouldGoOnExactlyWhenRestored() {
    Trial unbroken = Trial.fresh(CANDIDATE, IN_FORCE);
    Trial broken = Trial.fresh(CANDIDATE, IN_FORCE);
    for (int i = 0; i < 500; i++) {
      for (Trial trial : List.of(unbroken, broken)) {
        add(
            trial,
            scored("r" + i % 7, risk(i), i % 50 == 0),
            scored("s" + i % 5, risk(3 * i), i % 9 == 0));
        trial.takeSample(1_000L * i * i, 3);
      }
      if (i == 300) {
        unbroken.conclude(CANDIDATE, IN_FORCE);
        broken.conclude(CANDIDATE, IN_FORCE);
      }
      broken = Trial.restored(broken.state());
    }
    assertThat(broken.state()).isEqualTo(unbroken.state());
    assertThat(broken.report(CANDIDATE, IN_FORCE)).isEqualTo(unbroken.report(CANDIDATE, IN_FORCE));
    assertThat(broken.breaches()).isNotEmpty();
  }

  private static List<String> limits(Trial trial) {
    return trial.report(CANDIDATE, IN_FORCE).breaches().stream()
        .map((TrialBreach b) -> b.getLimit() + " " + b.getRule())
        .toList();
  }

  /** Spread evenly over two decades. */
  private static double risk(int i) {
    return -3 + i * 37 % 2000 / 1000.0;
  }

  private static void add(Trial trial, Scored inForce, Scored candidate) {
    trial.add(new Trial.Seen(IN_FORCE, inForce), new Trial.Seen(CANDIDATE, candidate), 1);
  }

  /** A score of that risk, all of it by one rule: without it the risk is that of nothing lost. */
  private static Scored scored(String rule, double risk, boolean route) {
    double magnitude = risk + 4;
    List<Contribution> contributions =
        List.of(
            new Contribution(rule, Dimension.MONEY, magnitude, true, "because"),
            new Contribution("prior", Dimension.PRIOR, -4.0, true, "because"));
    Score score = new Score(magnitude, -4.0, risk, Math.pow(10, risk), "", false, contributions);
    return new Scored(score, route ? List.of(new Ceiling(rule, 0.001)) : List.of(), false, 1);
  }

  private static Policy policy(String id, String limits) {
    String yaml =
        """
        weir: 1
        id: %s
        version: "1"
        prior: -4
        budget: {tax: 0.1}
        limits: %s
        tiers: [{id: expert, cost: 100, assurance: 0.9, deadline: 1h}]
        rules: []
        """
            .formatted(id, limits);
    return PolicyLoader.load(id, yaml.getBytes(StandardCharsets.UTF_8));
  }
}
