/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  @Test
  void shouldReadLinesWhenFileIsPlain() throws IOException {
    assertThat(lines(file("a\nb\n"))).containsExactly("1:a", "2:b");
  }

  @Test
  void shouldReadLinesWhenFileIsGzip() throws IOException {
    Path file = folder.resolve("log.jsonl");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a\nb\n".getBytes(UTF_8));
    }

    assertThat(lines(file)).containsExactly("1:a", "2:b");
  }

  @Test
  void shouldReadAllOfItWhenGzipHasSeveralMembers() throws IOException {
    Path file = folder.resolve("log.gz");
    try (var to = Files.newOutputStream(file)) {
      for (String part : List.of("a\nb", "c\n")) {
        GZIPOutputStream out = new GZIPOutputStream(to);
        out.write(part.getBytes(UTF_8));
        out.finish();
      }
    }

    assertThat(lines(file)).containsExactly("1:a", "2:bc");
  }

  @Test
  void shouldReadStdinWhenFileIsDash() throws IOException {
    InputStream stdin = System.in;
    System.setIn(new ByteArrayInputStream("a\nb".getBytes(UTF_8)));
    try {
      assertThat(lines(Path.of("-"))).containsExactly("1:a", "2:b");
    } finally {
      System.setIn(stdin);
    }
  }

  @Test
  void shouldCountEmptyLinesWhenSkippingThem() throws IOException {
    assertThat(lines(file("\n\na\n\n\nb\n\n"))).containsExactly("3:a", "6:b");
  }

  @Test
  void shouldDropTheLinesEndWhenItIsAsOnWindows() throws IOException {
    assertThat(lines(file("a\r\n\r\nb\rc\r\nd\r"))).containsExactly("1:a", "3:b\rc", "4:d");
  }

  @Test
  void shouldReadTheLastLineWhenItHasNoEnd() throws IOException {
    assertThat(lines(file("a\nb"))).containsExactly("1:a", "2:b");
  }

  @Test
  void shouldReadNothingWhenFileIsEmpty() throws IOException {
    assertThat(lines(file(""))).isEmpty();
  }

  @Test
  void shouldReadOneByteWhenFileHasNoMore() throws IOException {
    assertThat(lines(file("x"))).containsExactly("1:x");
  }

  @Test
  void shouldNameTheFileWhenItIsMissing() {
    Path missing = folder.resolve("missing.jsonl");

    assertThatThrownBy(() -> LogFile.open(missing))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void shouldNameTheFolderWhenItIsNoFile() {
    assertThatThrownBy(() -> lines(folder))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining(folder.toString());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("log.jsonl"), text);
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LogFile log = LogFile.open(file)) {
      for (byte[] line = log.next(); line != null; line = log.next()) {
        lines.add(log.number() + ":" + new String(line, UTF_8));
      }
    }
    return lines;
  }
}
