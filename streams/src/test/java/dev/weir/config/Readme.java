/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The parts of the module's README that are generated, between {@code <!-- name:begin -->} and
 * {@code <!-- name:end -->}. With {@code -Dgolden.update=true} they are rewritten, and the build
 * fails once.
 */
public final class Readme {
  private static final Path FILE = Path.of("README.md");

  private Readme() {}

  /** Compares the part {@code name} with {@code expected}, or rewrites it. */
  public static void check(String name, String expected) throws IOException {
    String text = Files.readString(FILE);
    String begin = "<!-- " + name + ":begin -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- " + name + ":end -->");
    assertThat(text).contains(begin);
    assertThat(to).as("where part %s ends", name).isGreaterThanOrEqualTo(from);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, text.substring(0, from) + expected + text.substring(to));
      fail("rewrote part %s of %s; commit it and build without golden.update", name, FILE);
    }
    assertThat(text.substring(from, to))
        .as("part %s of README.md, which says how to rewrite it", name)
        .isEqualTo(expected);
  }

  /** {@code text} as a cell of a table. */
  public static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
