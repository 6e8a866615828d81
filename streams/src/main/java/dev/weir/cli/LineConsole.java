/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text, for scripts and dumb terminals: a key is the first character of a line; what
 * follows it is the answer to the next prompt.
 */
final class LineConsole implements Console {
  private final BufferedReader in;
  private final PrintWriter out;
  private List<String> shown = List.of();
  private @Nullable String rest;

  LineConsole(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void show(List<String> lines) {
    // only the first line tells the time, which changes all along
    if (!lines.subList(1, lines.size()).equals(shown)) {
      shown = lines.subList(1, lines.size());
      lines.forEach(out::println);
      out.flush();
    }
  }

  @Override
  public void say(String line) {
    out.println(line);
    out.flush();
    shown = List.of();
  }

  @Override
  public char key() throws IOException {
    String line = in.readLine();
    if (line == null) {
      return END;
    }
    line = line.strip();
    rest = line.length() > 1 ? line.substring(1).strip() : null;
    return line.isEmpty() ? ' ' : line.charAt(0);
  }

  @Override
  public @Nullable String line(String prompt) throws IOException {
    String answer = rest;
    rest = null;
    if (answer != null) {
      return answer;
    }
    out.print(prompt);
    out.flush();
    return in.readLine();
  }

  @Override
  public @Nullable String edit(String prompt, String text) throws IOException {
    return line(prompt);
  }

  @Override
  public void turn() {
    // all of it was shown
  }

  @Override
  public void close() {
    out.flush();
  }
}
