/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a file of lines, plain or gzip, as bytes; {@code -} is stdin. */
final class LogFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** A longer line is handed out cut: it is beyond every limit anyway. */
  private static final int MAX_LINE_BYTES = 64 << 20;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
  private long number;

  private LogFile(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  static LogFile open(Path file) throws IOException {
    boolean stdin = file.toString().equals("-");
    if (!stdin && (!Files.isReadable(file) || Files.isDirectory(file))) {
      throw new CommandFailedException(
          "there is no readable file %s; name one of JSON lines, plain or gzip, or - for stdin"
              .formatted(file));
    }
    InputStream raw =
        new BufferedInputStream(stdin ? System.in : Files.newInputStream(file), BUFFER_BYTES);
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return new LogFile(gzip ? new GZIPInputStream(raw, BUFFER_BYTES) : raw);
  }

  /** The next line that is not empty, without its end; null at the end of the file. */
  byte @Nullable [] next() throws IOException {
    while (true) {
      line.reset();
      int b = in.read();
      if (b == -1) {
        return null;
      }
      for (; b != -1 && b != '\n'; b = in.read()) {
        if (line.size() < MAX_LINE_BYTES) {
          line.write(b);
        }
      }
      number++;
      byte[] bytes = line.toByteArray();
      int length = bytes.length;
      if (length > 0 && bytes[length - 1] == '\r') {
        length--;
      }
      if (length > 0) {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
      }
    }
  }

  /** Number of the line last handed out, from 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
