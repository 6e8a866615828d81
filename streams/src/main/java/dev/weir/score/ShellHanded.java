/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** What programs are handed to run, where nothing else is known of them. */
final class ShellHanded {
  private ShellHanded() {}

  /** Programs that, given as arguments, do harm enough that a program not known is no excuse. */
  private static final Set<String> HARMFUL =
      Names.of(
          """
          rm dd mkfs shred curl wget nc ncat bash sh zsh kubectl iptables git scp rsync
          chmod chown systemctl kill pkill aws gcloud terraform dropdb mysql psql
          userdel useradd shutdown
          """);

  private static final List<String> SAY =
      List.of(
          "!",
          ":!",
          "shell ",
          ".shell ",
          ".system ",
          "system ",
          "exec ",
          "spawn ",
          "do shell script ");

  /** What a program that is not known is given to run: a command's words, or a line of it. */
  static void read(ShellCommand c, ShellReader r) {
    for (int i = 1; i < Math.min(c.size(), 40); i++) {
      String word = c.word(i);
      if (word.length() < 2 || word.length() > 2_000) {
        continue;
      }
      String line = said(word);
      if (line.indexOf(' ') > 0) {
        if (isHarmful(line.substring(0, line.indexOf(' ')))) {
          r.line(line);
        }
      } else if (isHarmful(word) && i + 1 < c.size() && isStrong(c, i)) {
        ShellStarters.again(c, c.words.subList(i, c.size()), r);
        return;
      }
    }
  }

  /** Words that are printed, or run where the first of them is a program that is known. */
  static void begins(List<String> words, ShellCommand c, ShellReader r) {
    if (words.size() > 1 && ShellCatalog.isKnown(words.get(0))) {
      ShellStarters.again(c, words, r);
    }
  }

  private static String said(String word) {
    String line = word.strip();
    for (String before : SAY) {
      if (line.startsWith(before)) {
        return line.substring(before.length()).replace("\"", " ").strip();
      }
    }
    return line;
  }

  /** Whether a program of this name does harm enough to be looked for anywhere. */
  static boolean isHarmful(String word) {
    return word.length() < 40 && HARMFUL.contains(word.substring(word.lastIndexOf('/') + 1));
  }

  /** A subcommand may be called as a program is: only with options or addresses it is that one. */
  private static boolean isStrong(ShellCommand c, int i) {
    String next = c.word(i + 1);
    return next.startsWith("-")
        || next.startsWith("/")
        || next.indexOf("://") > 0
        || c.word(i).startsWith("/");
  }

  /** What stands in a list is many: deleting all of it is as bad as deleting what holds it. */
  static void listed(@Nullable String text, ShellReader r) {
    if (text == null || Flow.isUnknown(text)) {
      r.effects().deletes(Region.FOLDER);
    } else if (text.length() < 4_000) {
      for (StringTokenizer parts = new StringTokenizer(text); parts.hasMoreTokens(); ) {
        String part = parts.nextToken();
        if (part.contains("/any/")) {
          r.effects().deletes(part, r.scope().folder(), true);
        }
      }
    }
  }
}
