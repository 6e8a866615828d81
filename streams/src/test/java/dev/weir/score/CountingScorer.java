/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.Fact;
import dev.weir.policy.FactSource;
import dev.weir.policy.FeatureScorer;
import java.util.Map;

/**
 * A stand-in for a learned scorer, found as a real one is: a tenth of a decade for each character
 * of the agent's name, and no opinion on a tool called {@code riddle}.
 */
public final class CountingScorer implements FeatureScorer {
  @Override
  public String id() {
    return "counting";
  }

  @Override
  public String version() {
    return "7";
  }

  @Override
  public double logOdds(FactSource facts) throws Exception {
    if (facts.value(Fact.TOOL_NAME).equals("riddle")) {
      throw new Exception("no idea");
    }
    if (facts.value(Fact.ARGS) instanceof Map<?, ?> args && args.containsKey("nan")) {
      return Double.NaN;
    }
    return 0.1 * ((String) facts.value(Fact.AGENT_NAME)).length();
  }
}
