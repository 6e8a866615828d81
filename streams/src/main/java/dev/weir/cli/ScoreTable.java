/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Contribution;
import dev.weir.event.Score;
import dev.weir.score.Scored;
import java.util.Locale;

/** A score as a table: what counted, what did not, and why. */
final class ScoreTable {
  private ScoreTable() {}

  static String of(Scored scored) {
    Score score = scored.score();
    StringBuilder text = new StringBuilder();
    line(
        text,
        "magnitude %.2f  likelihood %.2f  risk %.2f  mass %.4g LU  class %s%s%s%s",
        score.getMagnitude(),
        score.getLikelihood(),
        score.getRisk(),
        score.getMass(),
        score.getActionClass().isEmpty() ? "none" : score.getActionClass(),
        score.getUnscorable() ? "  UNSCORABLE" : "",
        scored.route() ? "  reviewed always" : "",
        scored.catastrophic() ? "  CATASTROPHIC" : "");
    for (Contribution c : score.getContributions()) {
      line(
          text,
          "%s %+6.2f  %-15s %-28s %s",
          c.getCounted() ? "*" : " ",
          c.getValue(),
          Words.lower(c.getDimension()),
          Words.cut(c.getRule(), 28),
          Words.printable(c.getBecause()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
