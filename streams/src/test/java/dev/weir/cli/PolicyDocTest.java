/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Fact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** POLICY.md: its walk does what it says, and it names every variable. */
class PolicyDocTest {
  private static final Pattern BLOCK =
      Pattern.compile("```(yaml|text)\n(.*?)```\n", Pattern.DOTALL);

  @TempDir Path folder;

  private static String document() throws IOException {
    return Files.readString(Path.of("POLICY.md"));
  }

  private static List<String> blocks(String kind) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(document());
    while (matcher.find()) {
      if (matcher.group(1).equals(kind)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  @Test
  void shouldPrintWhatTheWalkShows() throws IOException {
    List<String> yaml = blocks("yaml");
    List<String> text = blocks("text");
    Path shop = Files.writeString(folder.resolve("shop.yaml"), yaml.get(0));
    Files.writeString(folder.resolve("action.yaml"), yaml.get(1));
    assertShown(text.get(0));
    String mended = yaml.get(0).replace("tool.changs", "tool.changes");
    Files.writeString(shop, mended);
    assertShown(text.get(1));
    Files.writeString(shop, mended + yaml.get(2));
    assertShown(text.get(2));
    Files.writeString(shop, mended + yaml.get(2).replace("[2, 3]", "[3, 4]"));
    assertShown(text.get(3));
  }

  private void assertShown(String block) {
    String command = block.lines().findFirst().orElseThrow();
    assertThat(command).startsWith("$ weir ");
    String[] words = command.substring("$ weir ".length()).split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].endsWith(".yaml") ? folder.resolve(words[i]).toString() : words[i];
    }
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(shown, true, UTF_8));
      System.setErr(new PrintStream(shown, true, UTF_8));
      Weir.execute(words);
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
    String text = shown.toString(UTF_8).replace(folder + "/", "").stripTrailing() + "\n";
    assertThat(command + "\n" + text).isEqualTo(block);
  }

  @Test
  void shouldNameEveryVariable() throws IOException {
    String document = document();
    for (Fact fact : Fact.values()) {
      String name = fact.cel().substring(fact.cel().lastIndexOf('.') + 1);
      assertThat(Pattern.compile("\\b" + name + "\\b").matcher(document).find())
          .as(fact.cel())
          .isTrue();
    }
  }
}
