/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Logs of real agents, which do not belong to the repository: tests skip where there are none. */
final class Logs {
  private Logs() {}

  /** The log of a whole fleet; a test without it is skipped. */
  static Path fleet() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      for (String data : List.of("shared/data", "data")) {
        Path log = at.resolve(data).resolve("fleet.jsonl.gz");
        if (Files.exists(log)) {
          return log;
        }
      }
    }
    assumeTrue(false, "no shared/data/fleet.jsonl.gz in any folder above this one");
    throw new AssertionError();
  }
}
