/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Names and labels are a contract with dashboards and alerts. After a change that is meant, write
 * the golden file anew: {@code mvn test -pl streams -am -Dtest=MetricNamesTest -Dgolden.update=true
 * -Dsurefire.failIfNoSpecifiedTests=false}, and say so in the changelog.
 */
class MetricNamesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/metrics.txt");

  @Test
  void shouldKeepNamesTypesAndLabelsWhenNothingSaysOtherwise() throws IOException {
    Metrics metrics = new Metrics();
    MetricsTableTest.touch(metrics);
    List<String> families = new ArrayList<>(metrics.families());
    MetricNames.STREAMS.forEach(
        bridged ->
            families.add(
                bridged.sampleName()
                    + " "
                    + bridged.type().name().toLowerCase(Locale.ROOT)
                    + " "
                    + bridged.labels()));
    Collections.sort(families);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.write(GOLDEN, families);
    }
    assertThat(families).isEqualTo(Files.readAllLines(GOLDEN));
  }
}
