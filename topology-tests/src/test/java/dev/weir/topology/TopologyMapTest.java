/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Sub-topologies, their order, sources and stores are what state and changelogs are named after: a
 * change strands both at the next upgrade. After one that is meant: {@code mvn test -pl
 * topology-tests -am -Dtest=TopologyMapTest -Dgolden.update=true
 * -Dsurefire.failIfNoSpecifiedTests=false}, which rewrites the file and fails the build.
 */
class TopologyMapTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "topology.txt");

  @Test
  void shouldKeepTheMapWhenNothingSaysOtherwise() throws IOException {
    String described = Flume.describe();
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, described);
      throw new AssertionError(
          "rewrote " + GOLDEN + "; look at the difference, commit it, build without golden.update");
    }

    assertThat(described).isEqualTo(Files.readString(GOLDEN));
  }
}
