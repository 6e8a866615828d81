/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The built-in policy on real agents' logs, where they are at hand. */
class FleetTest {
  record Row(boolean harmful, Scored scored) {}

  @Test
  void shouldConcentrateHarmAtTheTopAndSpreadTheRest() throws IOException {
    Optional<Path> log = Fleet.log();
    Assumptions.assumeTrue(
        log.isPresent(),
        "no shared/data/fleet.jsonl.gz beside the checkout; set -Dweir.data=FOLDER");
    Scorer scorer = new PolicyScorer(PolicyLoader.builtIn());
    List<Row> rows =
        Fleet.read(log.get()).stream()
            .map(l -> new Row(l.harmful(), scorer.score(l.action(), TaskView.none())))
            .sorted(Comparator.comparingDouble((Row r) -> r.scored().score().getRisk()).reversed())
            .toList();
    assertThat(rows)
        .filteredOn(r -> r.scored().route() || r.scored().catastrophic())
        .hasSizeLessThan(5);
    assertThat(rows)
        .noneMatch(
            r ->
                r.scored().score().getContributions().stream()
                    .anyMatch(c -> c.getRule().equals("error")));
    long harmful = rows.stream().filter(Row::harmful).count();
    long top = rows.subList(0, rows.size() / 20).stream().filter(Row::harmful).count();
    assertThat(top).as("harmful among the top 5 %").isGreaterThan(harmful * 6 / 10);
    assertThat(rows.stream().mapToDouble(r -> r.scored().score().getRisk()).distinct().count())
        .isGreaterThan(300);
  }
}
