/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.bench;

import dev.weir.fleet.FleetSimulator;
import dev.weir.fleet.SimulatedAction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The actions that benchmarks replay, in JSON: the fleet log where {@code shared/data} stands
 * beside or above the checkout, else the fleet simulator's.
 */
final class BenchLog {
  private static final int SIMULATED_TASKS = 4_000;

  private BenchLog() {}

  static List<byte[]> read() throws IOException {
    Optional<Path> log = find("shared/data/fleet.jsonl.gz");
    return log.isPresent() ? lines(log.get()) : simulated();
  }

  private static Optional<Path> find(String relative) {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      if (Files.exists(dir.resolve(relative))) {
        return Optional.of(dir.resolve(relative));
      }
    }
    return Optional.empty();
  }

  private static List<byte[]> lines(Path log) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
      return in.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }
  }

  private static List<byte[]> simulated() {
    List<byte[]> values = new ArrayList<>();
    for (SimulatedAction action : new FleetSimulator(7, SIMULATED_TASKS)) {
      values.add(action.json());
    }
    return values;
  }
}
