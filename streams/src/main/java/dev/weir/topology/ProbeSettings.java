/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.ActionDecoder;
import dev.weir.budget.Chance;
import dev.weir.config.WeirConfig;
import dev.weir.review.Planter;
import dev.weir.review.ProbeBank;
import dev.weir.review.ProbeException;
import dev.weir.task.FoldRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is planted among reviews, and how often.
 *
 * @param bank actions whose right verdict is known
 * @param share of ended reviews that a planted one follows, in [0, 1]
 */
record ProbeSettings(ProbeBank bank, double share) {
  /** As configured; an unreadable or wrong file refuses the start. */
  static ProbeSettings of(WeirConfig config) {
    return new ProbeSettings(bank(config), config.getDouble(WeirConfig.PROBE_SHARE));
  }

  private static ProbeBank bank(WeirConfig config) {
    String file = config.getString(WeirConfig.PROBE_FILE);
    if (file.isEmpty()) {
      return ProbeBank.NONE;
    }
    try {
      return ProbeBank.of(
          ProbeBank.lines(Files.readString(Path.of(file))), new ActionDecoder(config.limits()));
    } catch (IOException e) {
      throw new StartRefusedException(
          "%s names %s, which cannot be read as JSON lines in UTF-8: %s"
              .formatted(WeirConfig.PROBE_FILE, file, e.getMessage()));
    } catch (ProbeException e) {
      throw new StartRefusedException(
          "%s names %s, of which %s".formatted(WeirConfig.PROBE_FILE, file, e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return bank.size() == 0
        ? "Reviewers are not probed: without %s what was missed stays unknown"
            .formatted(WeirConfig.PROBE_FILE)
        : "Reviewers are probed with %d tasks, after a share of %s of their reviews"
            .formatted(bank.size(), share);
  }

  Planter planter(Chance chance, ActionDecoder decoder, FoldRules rules) {
    return new Planter(bank, share, chance, decoder, rules);
  }
}
