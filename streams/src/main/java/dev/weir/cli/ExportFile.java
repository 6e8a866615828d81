/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where an export goes: stdout, or a file that stands under its name only once it is whole.
 *
 * <p>One use: open it, write, close the stream, then {@link #keep}; {@link #close} throws away what
 * was not kept.
 */
final class ExportFile implements AutoCloseable {
  private static final String STDOUT = "-";

  private final Path file;
  private final Path part;

  private ExportFile(Path file) {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
  }

  /** The file of that name, {@code -} for stdout; one that is there is replaced by force alone. */
  static ExportFile of(Path file, boolean force) {
    if (!file.toString().equals(STDOUT) && Files.exists(file) && !force) {
      throw new CommandFailedException(file + " is there already; --force replaces it");
    }
    return new ExportFile(file);
  }

  private boolean isStdout() {
    return file.toString().equals(STDOUT);
  }

  /** A stream to it. */
  OutputStream open() throws IOException {
    return new BufferedOutputStream(
        isStdout() ? new Unclosed(System.out) : Files.newOutputStream(part), 1 << 16);
  }

  /** Gives the file its name. */
  void keep() throws IOException {
    if (!isStdout()) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    if (!isStdout()) {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public String toString() {
    return isStdout() ? "stdout" : file.toString();
  }

  /** Others write to it afterwards. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
