/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.config.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the actions of a file of JSON lines. A line that is none is told with its number. */
final class ActionLines implements AutoCloseable {
  static final String SOURCE = new Topics("weir", List.of()).actions();
  private static final int MAX_TOLD = 20;

  private final Path file;
  private final String source;
  private final PrintWriter err;
  private final LogFile lines;
  private final ActionDecoder decoder =
      new ActionDecoder(Limits.DEFAULT.withAheadMs(Long.MAX_VALUE));
  private long refused;

  ActionLines(Path file, String source, PrintWriter err) throws IOException {
    this.file = file;
    this.source = source;
    this.err = err;
    this.lines = LogFile.open(file);
  }

  /** The next action; null at the end. */
  @Nullable Action next() throws IOException {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      Intake intake = decoder.decode(line, new Origin(source, 0, lines.number(), 0));
      if (intake instanceof Action action) {
        return action;
      }
      if (intake instanceof Refusal refusal && ++refused <= MAX_TOLD) {
        err.printf("%s:%d: %s: %s%n", file, lines.number(), refusal.reason(), refusal.detail());
        err.flush();
      }
    }
    if (refused > MAX_TOLD) {
      err.printf("%s: and %,d more lines that are no action%n", file, refused - MAX_TOLD);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
