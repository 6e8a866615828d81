/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What earlier commands of a line leave behind for later ones: variables, functions, aliases,
 * written files, the working folder. Bounded: 200 of each, values of 4 Ki characters.
 */
final class ShellScope {
  private static final int MAX_ENTRIES = 200;
  private static final int MAX_VALUE = 4 << 10;
  private static final Map<String, String> STANDARD =
      Map.ofEntries(
          Map.entry("HOME", "~"),
          Map.entry("IFS", " "),
          Map.entry("PWD", "."),
          Map.entry("TMPDIR", "/tmp"),
          Map.entry("SHELL", "/bin/bash"),
          Map.entry("BASH", "/bin/bash"),
          Map.entry("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
          Map.entry("EMPTY", ""),
          Map.entry("@", ""),
          Map.entry("*", ""));

  private final Map<String, List<String>> variables = new HashMap<>(4);
  private final Map<String, String> functions = new HashMap<>(2);
  private final Map<String, String> aliases = new HashMap<>(2);
  private final Map<String, Flow> files = new HashMap<>(2);
  private String folder = "";
  private boolean connected;

  void assign(String name, List<String> values) {
    if (variables.size() < MAX_ENTRIES) {
      int length = 0;
      for (String value : values) {
        length += value.length();
      }
      variables.put(name, length > MAX_VALUE ? List.of(Flow.UNKNOWN.word()) : values);
    }
  }

  /** The values of a variable; null if nothing is known of it. */
  @Nullable List<String> variable(String name) {
    List<String> own = variables.get(name);
    if (own != null) {
      return own;
    }
    String standard = STANDARD.get(name);
    if (standard != null) {
      return List.of(standard);
    }
    boolean positional = name.length() == 1 && name.charAt(0) >= '1' && name.charAt(0) <= '9';
    return positional ? List.of() : null;
  }

  void function(String name, String body) {
    if (functions.size() < MAX_ENTRIES) {
      functions.put(name, body);
    }
  }

  @Nullable String function(String name) {
    return functions.isEmpty() ? null : functions.get(name);
  }

  void alias(String name, String value) {
    if (aliases.size() < MAX_ENTRIES && value.length() <= MAX_VALUE) {
      aliases.put(name, value);
    }
  }

  /** The value of an alias, which is forgotten so that it is not expanded in itself. */
  @Nullable String takeAlias(String name) {
    return aliases.isEmpty() ? null : aliases.remove(name);
  }

  void file(String path, Flow content) {
    if (files.size() < MAX_ENTRIES && !path.equals("/dev/null")) {
      files.put(key(path), content);
    }
  }

  /** What was written to a file earlier in the line, or null. */
  @Nullable Flow file(String path) {
    return files.isEmpty() ? null : files.get(key(path));
  }

  /** One of the line's own numbered streams is another machine. */
  void connects() {
    connected = true;
  }

  boolean connected() {
    return connected;
  }

  /** A name for a stream, as a process substitution makes one. */
  String stream(Flow content) {
    String path = "/dev/fd/" + (10 + files.size());
    file(path, content);
    return path;
  }

  private static String key(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The working folder if the line sets it, else "". */
  String folder() {
    return folder;
  }

  void enter(String path) {
    boolean relative = Region.isRelative(LowerCase.of(path));
    if (!relative) {
      folder = path;
    } else if (!folder.isEmpty() && folder.length() < 500 && !path.equals("-")) {
      folder = folder + "/" + path;
    }
  }
}
