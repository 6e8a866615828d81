/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import com.google.gson.GsonBuilder;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The chart, linted and rendered by Helm, with no cluster at hand. */
record Chart(Path dir) {
  static final Path DIR = Path.of(System.getProperty("basedir", ".")).resolve("../helm/weir");
  static final String RELEASE = "demo";

  /** The oldest that the chart supports; without it the library assumes one that is older still. */
  private static final String KUBERNETES = "1.27.0";

  static Chart underTest() {
    return new Chart(DIR);
  }

  Map<String, Object> defaults() {
    return Yaml.map(read("values.yaml"));
  }

  String read(String file) {
    try {
      return Files.readString(dir.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LintResult lint() {
    return new Helm(dir).lint().strict().call();
  }

  /**
   * @throws IllegalStateException with Helm's message, if the values are refused
   */
  Rendered render(Values values) {
    return withFile(
        values,
        file ->
            new Rendered(
                Yaml.documents(
                    new Helm(dir)
                        .template()
                        .withName(RELEASE)
                        .withNamespace("agents")
                        .withKubeVersion(KUBERNETES)
                        .withValuesFile(file)
                        .call())));
  }

  /** What a user reads after an installation. */
  String notes(Values values) {
    return withFile(
        values,
        file ->
            new Helm(dir)
                .install()
                .withName(RELEASE)
                .withNamespace("agents")
                .withKubeVersion(KUBERNETES)
                .clientOnly()
                .dryRun()
                .debug()
                .withValuesFile(file)
                .call()
                .getOutput());
  }

  /**
   * A copy of the chart whose defaults are the given values over its own; for lint, which takes
   * none.
   */
  Chart copyWith(Values values, Path target) {
    Chart copy = copyTo(target);
    copy.write("values.yaml", json(values.over(defaults())));
    return copy;
  }

  Chart copyTo(Path target) {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve("weir").resolve(dir.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Chart(target.resolve("weir"));
  }

  void write(String file, String text) {
    try {
      Files.writeString(dir.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T withFile(Values values, Function<Path, T> command) {
    try {
      Path file = Files.createTempFile("weir-values", ".yaml");
      try {
        Files.writeString(file, json(values.tree()));
        return command.apply(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(Map<String, Object> tree) {
    return new GsonBuilder().serializeNulls().disableHtmlEscaping().create().toJson(tree);
  }
}
