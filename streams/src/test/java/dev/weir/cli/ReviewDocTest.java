/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** REVIEW.md: the command line takes what it shows. What the commands do, ITs show on a broker. */
class ReviewDocTest {
  @ParameterizedTest
  @MethodSource("lines")
  void shouldTakeTheLineWhenItIsShown(String line) {
    List<String> args = new ArrayList<>(List.of(line.split(" ")));
    args.add("--help"); // options are read all the same, and an unknown one is an error
    assertThat(Weir.execute(args.toArray(String[]::new))).isZero();
  }

  static List<String> lines() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("REVIEW.md"))) {
      List<String> commands =
          lines
              .filter(line -> line.startsWith("    weir "))
              .map(line -> line.strip().substring("weir ".length()))
              .map(line -> line.replaceFirst(" +(#|>>|-- ).*", ""))
              .toList();
      assertThat(commands).hasSizeGreaterThan(7);
      return commands;
    }
  }
}
