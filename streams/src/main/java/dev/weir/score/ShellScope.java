/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import dev.weir.score.Leftover.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What earlier commands of a line leave behind for later ones: variables, functions, aliases,
 * written files, the working folder; and behind it what earlier actions of the task left. Bounded:
 * 200 of each, values of 4 Ki characters.
 */
final class ShellScope {
  private static final int MAX_ENTRIES = 200;
  private static final int MAX_VALUE = 4 << 10;
  private static final int MAX_FILE = 16 << 10;

  /** Parts the values of one variable where they are kept as one text. */
  private static final String BETWEEN = "\u001f";

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

  private final Map<String, List<String>> variables = new LinkedHashMap<>(4);
  private final Map<String, String> functions = new LinkedHashMap<>(2);
  private final Map<String, String> aliases = new LinkedHashMap<>(2);
  private final Map<String, Flow> files = new LinkedHashMap<>(2);
  private final Map<String, String> references = new LinkedHashMap<>(0);
  private final Set<String> added = new HashSet<>(0);
  private final Set<String> taken = new HashSet<>(0);
  private final Recall past;
  private String folder = "";
  private @Nullable ShellCommand lastRead;
  private boolean connected;
  private boolean recalled;

  /** A scope after nothing. */
  ShellScope() {
    this(Recall.NOTHING);
  }

  /** A scope after earlier actions. */
  ShellScope(Recall past) {
    this.past = past;
  }

  /** Whether earlier actions left anything. */
  boolean hasPast() {
    return !past.isEmpty();
  }

  /** Whether anything was found that an earlier action left. */
  boolean recalled() {
    return recalled;
  }

  /** What an earlier action left under this name, or null. */
  @Nullable Leftover recall(Kind kind, int key) {
    Leftover found = past.isEmpty() ? null : past.find(kind, key);
    recalled |= found != null;
    return found;
  }

  void assign(String name, List<String> values) {
    if (variables.size() < MAX_ENTRIES) {
      int length = 0;
      for (String value : values) {
        length += value.length();
      }
      variables.put(name, length > MAX_VALUE ? List.of(Flow.UNKNOWN.word()) : values);
    }
  }

  /** One name stands for another's value. */
  void refer(String name, String target) {
    if (references.size() < MAX_ENTRIES && !name.equals(target)) {
      references.put(name, target);
    }
  }

  /** One value of several: by number in its place, else under its own key. */
  void element(String name, String key, String value) {
    boolean number = ShellText.isNumber(key) && key.length() < 3;
    List<String> all = new ArrayList<>(variables.getOrDefault(name, List.of()));
    if (number && Integer.parseInt(key) <= all.size()) {
      int at = Integer.parseInt(key);
      all.subList(at, Math.min(all.size(), at + 1)).clear();
      all.add(at, value);
      assign(name, all);
    } else {
      assign(name + "[" + key + "]", List.of(value));
    }
  }

  /** The values of a variable; null if nothing is known of it. */
  @Nullable List<String> variable(String asked) {
    String name = references.isEmpty() ? asked : references.getOrDefault(asked, asked);
    List<String> own = variables.get(name);
    if (own != null) {
      return own;
    }
    Leftover left = past.isEmpty() ? null : recall(Kind.VARIABLE, Leftover.key(name));
    if (left != null) {
      return List.of(left.content().word().split(BETWEEN, -1));
    }
    String standard = STANDARD.get(name);
    if (standard != null) {
      return List.of(standard);
    }
    boolean positional = name.length() == 1 && name.charAt(0) >= '1' && name.charAt(0) <= '9';
    return positional ? List.of() : null;
  }

  /** The one value of a variable that is known, or null. */
  @Nullable String text(String name) {
    List<String> values = variable(name);
    boolean one = values != null && values.size() == 1 && !STANDARD.containsKey(name);
    return one && values != null && !Flow.isUnknown(values.get(0)) ? values.get(0) : null;
  }

  void function(String name, String body) {
    if (functions.size() < MAX_ENTRIES) {
      functions.put(name, body);
    }
  }

  @Nullable String function(String name) {
    String own = functions.isEmpty() ? null : functions.get(name);
    return own == null ? past(Kind.FUNCTION, name) : own;
  }

  void alias(String name, String value) {
    if (aliases.size() < MAX_ENTRIES && value.length() <= MAX_VALUE) {
      aliases.put(name, value);
    }
  }

  /** The value of an alias, which is forgotten so that it is not expanded in itself. */
  @Nullable String takeAlias(String name) {
    String own = aliases.isEmpty() ? null : aliases.remove(name);
    if (own != null || past.isEmpty() || taken.contains(name)) {
      return own;
    }
    String left = past(Kind.ALIAS, name);
    if (left != null) {
      taken.add(name);
    }
    return left;
  }

  private @Nullable String past(Kind kind, String name) {
    Leftover left = past.isEmpty() ? null : recall(kind, Leftover.key(name));
    return left == null ? null : left.content().text();
  }

  void file(String path, Flow content) {
    if (files.size() < MAX_ENTRIES && !path.equals("/dev/null")) {
      files.put(key(path), content);
    }
  }

  /** The same, behind what the file holds already. */
  void append(String path, Flow content) {
    Flow before = files.get(key(path));
    if (before == null) {
      added.add(key(path));
      file(path, content);
    } else {
      String head = before.text();
      String tail = content.text();
      boolean known = head != null && tail != null && head.length() + tail.length() < MAX_FILE;
      file(path, new Flow(known ? head + tail : null, before.taints() | content.taints()));
    }
  }

  /** Whether any file is known. */
  boolean hasFiles() {
    return !files.isEmpty() || !past.isEmpty();
  }

  /** What was written to a file earlier, or null. */
  @Nullable Flow file(String path) {
    Flow own = files.isEmpty() ? null : files.get(key(path));
    if (own == null) {
      return past.isEmpty() ? null : left(path);
    }
    Flow before = past.isEmpty() || !added.contains(key(path)) ? null : left(path);
    return before == null ? own : joined(before, own);
  }

  private static Flow joined(Flow before, Flow own) {
    boolean known = before.text() != null && own.text() != null;
    return new Flow(
        known ? before.text() + own.text() : null, before.taints() | own.taints(), before.deeds());
  }

  private @Nullable Flow left(String path) {
    Flow left = past.file(path);
    recalled |= left != null;
    return left;
  }

  /** What running a file does of which nothing is known: as bad as those that were forgotten. */
  long lost() {
    Leftover lost = past.isEmpty() ? null : recall(Kind.LOST, 0);
    return lost == null ? 0 : lost.deeds();
  }

  /** What this line leaves for the next actions of its task. */
  List<Leftover> left() {
    List<Leftover> left = new ArrayList<>(2);
    files.forEach((name, content) -> leave(left, name, content));
    variables.forEach(
        (name, values) -> {
          String text = String.join(BETWEEN, values);
          boolean named = name.length() > 1 || Character.isLetter(name.charAt(0));
          if (named && text.length() <= Leftovers.MAX_TEXT && !text.isEmpty()) {
            left.add(Leftover.text(Kind.VARIABLE, name, text));
          }
        });
    aliases.forEach((name, text) -> left.add(Leftover.text(Kind.ALIAS, name, text)));
    functions.forEach((name, body) -> left.add(Leftover.text(Kind.FUNCTION, name, body)));
    if (!folder.isEmpty()) {
      left.add(Leftover.text(Kind.FOLDER, "", folder));
    }
    return left;
  }

  private void leave(List<Leftover> left, String name, Flow content) {
    if (content.text() == null && (content.taints() & ~Flow.LOCAL) == 0 && content.deeds() == 0) {
      return;
    }
    left.add(past.written(name, content, added.contains(name)));
  }

  /** A command that reads lines into names. */
  void reads(ShellCommand command) {
    lastRead = command;
  }

  @Nullable ShellCommand lastRead() {
    return lastRead;
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
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  /** The working folder if the line, or an earlier one, sets it, else "". */
  String folder() {
    if (folder.isEmpty() && !past.isEmpty()) {
      Leftover left = recall(Kind.FOLDER, Leftover.key(""));
      String text = left == null ? null : left.content().text();
      return text == null ? "" : text;
    }
    return folder;
  }

  void enter(String path) {
    boolean relative = Region.isRelative(LowerCase.of(path));
    if (!relative) {
      folder = path;
    } else if (!path.equals("-")) {
      String from = folder();
      folder = from.isEmpty() || from.length() > 500 ? from : from + "/" + path;
    }
  }
}
