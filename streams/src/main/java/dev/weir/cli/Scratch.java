/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder to work in: one that the user named, which stays, or a temporary one, which is deleted
 * on close.
 */
final class Scratch implements AutoCloseable {
  private final Path path;
  private final boolean temporary;

  private Scratch(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  static Scratch make(@Nullable Path named) throws IOException {
    return named == null
        ? new Scratch(Files.createTempDirectory("weir-"), true)
        : new Scratch(Files.createDirectories(named), false);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (!temporary || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      all.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
