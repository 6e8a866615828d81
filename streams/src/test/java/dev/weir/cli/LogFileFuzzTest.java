/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.action.Action;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Any file, plain or gzip, is read line by line; each line is an action, or told in one line; and
 * what is shown of it steers no terminal.
 */
class LogFileFuzzTest {
  private static final Path FILE = file();
  private static final RecordJson JSON = new RecordJson();

  @FuzzTest(maxDuration = "5m")
  void read(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    StringWriter told = new StringWriter();
    try (LogFile lines = LogFile.open(FILE);
        ActionLines actions = new ActionLines(FILE, "weir.actions", new PrintWriter(told))) {
      long number = 0;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        assertThat(line).isNotEmpty().doesNotContain((byte) '\n');
        assertThat(lines.number()).isGreaterThan(number);
        number = lines.number();
        shown(line);
      }
      for (Action action = actions.next(); action != null; action = actions.next()) {
        assertThat(action.event().getTaskId()).isNotEmpty();
      }
    } catch (IOException e) {
      assertThat(bytes[0]).as("only gzip can be broken").isEqualTo((byte) 0x1f);
    }
    assertThat(told.toString().lines().count()).isLessThanOrEqualTo(21);
    assertThat(told.toString().chars()).allMatch(c -> c == '\n' || c >= ' ');
  }

  private static void shown(byte[] line) {
    LineFacts facts = LineFacts.of(line);
    for (String text : new String[] {facts.taskId(), facts.eventId(), json(line)}) {
      String word = text == null ? "" : text;
      assertThat(Words.cut(word, 40).length()).isLessThanOrEqualTo(40);
      assertThat(Words.visible(word, 40).length()).isLessThanOrEqualTo(40);
      assertThat(Words.printable(word).codePoints())
          .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }
  }

  private static String json(byte[] line) {
    JsonNode node = JSON.of(line);
    return node.isTextual() ? node.textValue() : node.toString();
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("weir", ".log");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
