/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person sees and types: a terminal, or lines of text. Shown lines are safe already. */
interface Console extends AutoCloseable {
  /** Nothing was typed yet. */
  char NOTHING = '\0';

  /** The input has ended. */
  char END = Character.MAX_VALUE;

  /** Shows a page; the first line stands out. */
  void show(List<String> lines);

  /** Says one thing, without a page. */
  void say(String line);

  /** The next key, {@link #NOTHING} if there is none within about a second, or {@link #END}. */
  char key() throws IOException;

  /** A line of text that is typed; null at the end of input. */
  @Nullable String line(String prompt) throws IOException;

  /** A longer text, which may be edited; null if it is given up. */
  @Nullable String edit(String prompt, String text) throws IOException, InterruptedException;

  /** Turns the page. */
  void turn();

  @Override
  void close() throws IOException;
}
