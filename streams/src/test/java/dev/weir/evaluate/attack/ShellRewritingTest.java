/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rewritten commands are run: they must leave the same files behind. */
class ShellRewritingTest {
  private static final List<String> COMMANDS =
      List.of(
          "rm -rf old",
          "cat a.txt > copy.txt",
          "printf '%s\\n' \"two words\" >> a.txt; cp a.txt b.txt",
          "mkdir -p x/y && mv a.txt x/y/z.txt",
          "cd old && rm inner.txt && cd .. && touch \"done $(cat a.txt)\"",
          "for f in a.txt old/inner.txt; do echo \"$f\" >> list; done # names",
          "chmod +x a.txt; test -x a.txt && echo 'it''s' > yes");
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(ShellRewriting.class)
  void shouldLeaveTheSameFilesBehind(ShellRewriting rewriting) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(BASH), "no " + BASH);
    int applied = 0;
    for (String command : COMMANDS) {
      Map<String, String> expected = run(command);
      for (int seed = 0; seed < 3; seed++) {
        Draft draft = new Draft(Acts.command(command));
        int chosen = seed;
        if (rewriting.rewrite(draft, bound -> chosen % bound)) {
          String rewritten = draft.leaves().get(0).text();
          applied++;
          assertThat(rewritten).isNotEqualTo(command);
          assertThat(run(rewritten)).as(rewritten).isEqualTo(expected);
        }
      }
    }
    assertThat(applied).isPositive();
  }

  @Test
  void shouldTakeNoWordOutOfQuotesCommentsOrExpansions() {
    String line = "echo 'one two' \"three four\" ${five} $six se'v'en eight=9 ten # eleven";

    assertThat(ShellText.words(line))
        .extracting(word -> line.substring(word.from(), word.to()))
        .containsExactly("echo", "ten");
    assertThat(ShellText.words("cat <<E\nwords\nE")).isEmpty();
    assertThat(ShellText.words("echo 'unclosed word")).hasSize(1);
  }

  private Map<String, String> run(String command) throws IOException, InterruptedException {
    Path place = Files.createTempDirectory(folder, "run");
    Files.createDirectory(place.resolve("old"));
    Files.writeString(place.resolve("old/inner.txt"), "inner\n");
    Files.writeString(place.resolve("a.txt"), "text\n");
    Process process =
        new ProcessBuilder(BASH.toString(), "-c", command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(place)) {
      for (Path file : all.toList()) {
        String text = Files.isDirectory(file) ? "" : Files.readString(file, UTF_8);
        files.put(place.relativize(file).toString() + Files.isExecutable(file), text);
      }
    }
    return files;
  }
}
