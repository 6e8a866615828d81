/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/** A terminal with single keys, pages that are drawn anew where they change, and an editor. */
final class ScreenConsole implements Console {
  private static final long KEY_MS = 1000;
  private static final int MAX_LINE = 4096;

  private final Terminal terminal;
  private final Display display;
  private final Attributes before;
  private List<String> shown = List.of();
  private String note = "";
  private boolean stale;
  private int top;

  private ScreenConsole(Terminal terminal) {
    this.terminal = terminal;
    this.display = new Display(terminal, false);
    this.before = terminal.enterRawMode();
  }

  /** The terminal that the process has; null if it has none that can be drawn on. */
  static @Nullable ScreenConsole open() throws IOException {
    try {
      return new ScreenConsole(TerminalBuilder.builder().system(true).dumb(false).build());
    } catch (IllegalStateException e) {
      return null; // JLine's word for none
    }
  }

  @Override
  public void show(List<String> lines) {
    if (!lines.subList(1, lines.size()).equals(shown)) {
      shown = lines.subList(1, lines.size());
      top = 0;
    }
    Size size = terminal.getSize();
    int columns = Math.max(40, size.getColumns());
    int rows = Math.max(8, size.getRows());
    display.resize(rows, columns);
    if (stale) { // something else was written on the screen
      terminal.puts(InfoCmp.Capability.clear_screen);
      display.clear();
      stale = false;
    }
    List<AttributedString> page = new ArrayList<>();
    page.add(
        new AttributedStringBuilder()
            .styled(AttributedStyle.BOLD, lines.get(0))
            .toAttributedString()
            .columnSubSequence(0, columns - 1));
    page.add(new AttributedString(note).columnSubSequence(0, columns - 1));
    List<AttributedString> body = wrapped(lines.subList(1, lines.size()), columns - 1);
    top = Math.min(top, Math.max(0, body.size() - 1));
    int end = Math.min(body.size(), top + rows - 4);
    page.addAll(body.subList(top, end));
    page.add(new AttributedString(end < body.size() ? "-- more: space --" : ""));
    display.update(page, size.cursorPos(page.size() - 1, 0));
  }

  private static List<AttributedString> wrapped(List<String> lines, int columns) {
    List<AttributedString> wrapped = new ArrayList<>();
    for (String line : lines) {
      AttributedString text = new AttributedString(line);
      do {
        wrapped.add(text.columnSubSequence(0, columns));
        text = text.columnSubSequence(columns, Integer.MAX_VALUE);
      } while (text.length() > 0);
    }
    return wrapped;
  }

  @Override
  public void say(String line) {
    note = line;
    stale = true;
  }

  @Override
  public void turn() {
    top += Math.max(1, terminal.getSize().getRows() - 5);
  }

  @Override
  public char key() throws IOException {
    int key = terminal.reader().read(KEY_MS);
    if (key == NonBlockingReader.READ_EXPIRED) {
      return NOTHING;
    }
    return key == NonBlockingReader.EOF || key == 3 || key == 4 ? END : (char) key;
  }

  @Override
  public @Nullable String line(String prompt) throws IOException {
    terminal.setAttributes(before);
    try {
      terminal.writer().print("\r\n" + prompt);
      terminal.flush();
      StringBuilder line = new StringBuilder();
      for (int c = terminal.reader().read(); c != '\n' && c != '\r'; c = terminal.reader().read()) {
        if (c < 0) {
          return null;
        }
        if (line.length() < MAX_LINE) {
          line.append((char) c);
        }
      }
      return line.toString();
    } finally {
      terminal.enterRawMode();
      stale = true;
    }
  }

  @Override
  public @Nullable String edit(String prompt, String text)
      throws IOException, InterruptedException {
    String editor = System.getenv("EDITOR");
    if (editor == null || editor.isBlank()) {
      return line(prompt);
    }
    Path file = Files.createTempFile("weir-", ".json"); // for its owner alone
    terminal.setAttributes(before);
    try {
      Files.writeString(file, text);
      List<String> command = new ArrayList<>(List.of(editor.strip().split("\\s+")));
      command.add(file.toString());
      int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      return exit == 0 ? Files.readString(file) : null;
    } finally {
      Files.delete(file);
      terminal.enterRawMode();
      stale = true;
    }
  }

  @Override
  public void close() throws IOException {
    terminal.setAttributes(before);
    terminal.writer().println();
    terminal.flush();
    terminal.close();
  }
}
