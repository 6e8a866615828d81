/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.SHELL_OBFUSCATED;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command is called, through paths, globs, upper case and disguises. */
final class ShellNames {
  private static final int MAX_NAME = 200;

  private ShellNames() {}

  /** The plain name of a command; "" if it is not known before it runs. */
  static String of(ShellCommand command, ShellReader reader) {
    String word = command.name();
    if (command.disguised) {
      reader.effects().mark(SHELL_OBFUSCATED);
    }
    int slash = Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\'));
    String name = slash >= 0 && slash < word.length() - 1 ? word.substring(slash + 1) : word;
    if (name.length() > MAX_NAME
        || Flow.isUnknown(name)
        || (name.startsWith("$") && name.length() > 1)) {
      return "";
    }
    String plain = isLower(name) ? name : LowerCase.of(name);
    String bare = plain.endsWith(".exe") ? plain.substring(0, plain.length() - 4) : plain;
    return isGlob(bare) ? globbed(bare, reader) : bare;
  }

  private static boolean isLower(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c >= 'A' && c <= 'Z') || c >= 128) {
        return false;
      }
    }
    return true;
  }

  private static boolean isGlob(String name) {
    boolean set = name.indexOf('[') >= 0 && name.indexOf(']', name.indexOf('[') + 2) > 0;
    boolean glob = set || name.indexOf('?') >= 0 || name.indexOf('*') >= 0;
    return glob && name.length() > 1 && !name.equals("[[");
  }

  private static String globbed(String pattern, ShellReader reader) {
    reader.effects().mark(SHELL_OBFUSCATED);
    if (!reader.mayGlob()) {
      return "";
    }
    for (String name : ShellCatalog.byLoss()) {
      if (matches(pattern, name)) {
        return name;
      }
    }
    return "";
  }

  /** Whether a glob of at most 60 characters matches a name. In time pattern × name. */
  static boolean matches(String pattern, String name) {
    if (pattern.length() > 60) {
      return false;
    }
    boolean[] reached = new boolean[name.length() + 1];
    reached[0] = true;
    boolean any = true;
    int i = 0;
    while (i < pattern.length() && any) {
      char c = pattern.charAt(i);
      int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
      String set = close > 0 ? pattern.substring(i + 1, close) : "";
      any = step(reached, name, c, set);
      i = close > 0 ? close + 1 : i + 1;
    }
    return reached[name.length()];
  }

  /** Goes on by one sign of the pattern; whether any place is reached still. */
  private static boolean step(boolean[] reached, String name, char c, String set) {
    if (c == '*') {
      for (int k = 1; k < reached.length; k++) {
        reached[k] |= reached[k - 1];
      }
      return true;
    }
    boolean any = false;
    for (int k = reached.length - 1; k > 0; k--) {
      reached[k] = reached[k - 1] && fits(name.charAt(k - 1), c, set);
      any |= reached[k];
    }
    reached[0] = false;
    return any;
  }

  private static boolean fits(char n, char c, String set) {
    return set.isEmpty() ? c == '?' || c == n : inSet(set, n);
  }

  private static boolean inSet(String set, char n) {
    boolean not = set.charAt(0) == '!' || set.charAt(0) == '^';
    boolean in = false;
    for (int i = not ? 1 : 0; i < set.length(); i++) {
      boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
      in |= range ? n >= set.charAt(i) && n <= set.charAt(i + 2) : n == set.charAt(i);
      i += range ? 2 : 0;
    }
    return in != not;
  }

  /** The words from a place on, each in quotes, as a line that is read again. */
  static String quoted(List<String> words, int from) {
    StringBuilder line = new StringBuilder();
    for (int i = from; i < words.size(); i++) {
      line.append(i > from ? " '" : "'").append(words.get(i).replace("'", "'\\''")).append('\'');
    }
    return line.toString();
  }

  /** The commands of a text, without reading what they do. */
  static List<ShellCommand> split(String text, ShellWords.Shell names) {
    List<ShellCommand> commands = new ArrayList<>();
    new ShellLexer(text, new Collector(commands, names)).run();
    return commands;
  }

  /** Whether a function's body calls the function itself. */
  static boolean calls(String body, String name) {
    return body.length() < 2_000
        && split(body, NOBODY).stream().anyMatch(c -> c.word(0).equals(name));
  }

  /** Whether it does so in a pipe or in the background, hence ever more often. */
  static boolean forks(String body, String name) {
    return body.length() < 2_000
        && split(body, NOBODY).stream()
            .anyMatch(c -> c.word(0).equals(name) && (c.piped || c.background));
  }

  private static final ShellWords.Shell NOBODY = new Collector(new ArrayList<>(), null);

  private record Collector(List<ShellCommand> commands, ShellWords.@Nullable Shell names)
      implements ShellWords.Shell {
    @Override
    public void command(ShellCommand command) {
      commands.add(command);
    }

    @Override
    public @Nullable List<String> parameter(String expression) {
      return names == null ? null : names.parameter(expression);
    }

    @Override
    public String substitute(String line) {
      return names == null ? "" : names.substitute(line);
    }

    @Override
    public String process(String line) {
      return "";
    }

    @Override
    public void function(String name, String body) {}

    @Override
    public void array(String name, String values) {}

    @Override
    public void opaque() {}
  }
}
