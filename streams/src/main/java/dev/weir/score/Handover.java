/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Arguments.Leaf;
import dev.weir.score.Leftover.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tool that is no command line hands from one action of a task to a later one: a file that
 * it writes, copies or fetches, a name that it gives to an address or to a table. Nothing is looked
 * for in later actions unless something was handed over.
 */
final class Handover {
  private static final int MAX_PATH = 300;
  private static final int MAX_NAME = 60;
  private static final int MAX_VALUE = 160;
  private static final int MAX_TEXT = 4 << 10;
  private static final int MAX_FOUND = 8;

  private static final Set<String> PATHS =
      Names.of(
          """
          path file filename file_path filepath file_name target_file dest destination
          output output_path target to save_to save_as local_path notebook_path new_path
          dst out
          """);
  private static final Set<String> CONTENTS =
      Names.of(
          """
          content contents text file_text new_str new_string new_text new_source data body
          code source script insert_text code_edit value lines
          """);
  private static final Set<String> RECIPES =
      Names.of(
          """
          Makefile GNUmakefile makefile Dockerfile Containerfile Rakefile Justfile justfile
          Vagrantfile Jenkinsfile Procfile Gemfile SConstruct crontab
          """);
  private static final Set<String> ADDS =
      Set.of("append", "insert", "edit", "replace", "patch", "add", "update");
  private static final Set<String> NAMES =
      Set.of("name", "alias", "label", "title", "nickname", "key", "id", "variable", "handle");
  private static final Set<String> RUNS =
      Names.of(
          """
          run execute exec launch start schedule invoke submit deploy apply import install
          source trigger cron load call eval
          """);

  private final Arguments arguments;
  private final List<String> toolWords;
  private final Recall past;
  private boolean found;

  Handover(Arguments arguments, List<String> toolWords, Recall past) {
    this.arguments = arguments;
    this.toolWords = toolWords;
    this.past = past;
  }

  Recall past() {
    return past;
  }

  /** Whether the arguments named anything that was handed over. */
  boolean found() {
    return found;
  }

  /** The arguments, with what their holes and the names in them stand for as values more. */
  Arguments filled() {
    List<Leaf> more = recalled();
    found = !more.isEmpty();
    Templates.fill(arguments, more);
    return more.isEmpty() ? arguments : arguments.with(more);
  }

  private List<Leaf> recalled() {
    if (past.isEmpty()) {
      return new ArrayList<>(0);
    }
    List<Leaf> found = new ArrayList<>(0);
    boolean names = past.has(Kind.NAME);
    boolean files = past.has(Kind.FILE);
    for (Leaf leaf : arguments.leaves()) {
      String text = leaf.text();
      if (found.size() < MAX_FOUND && !text.isEmpty() && text.length() <= MAX_TEXT) {
        if (names) {
          named(leaf, found);
        }
        if (files && isPath(text)) {
          secret(leaf, found);
        }
      }
    }
    return found;
  }

  /** A file that a credential was copied to reads as one. */
  private void secret(Leaf leaf, List<Leaf> found) {
    Leftover file = past.find(Kind.FILE, Leftover.ofPath(leaf.text()));
    if (file != null && file.content().is(Flow.SECRET)) {
      found.add(leaf.with("~/.ssh/id_rsa"));
    }
  }

  private void named(Leaf leaf, List<Leaf> found) {
    String text = leaf.text();
    StringBuilder said = null;
    int from = 0;
    Leftover whole = text.length() <= MAX_NAME ? name(text.strip()) : null;
    if (whole != null) {
      found.add(leaf.with(value(whole)));
      return;
    }
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean part = i < text.length() && isWord(text.charAt(i));
      if (!part) {
        Leftover known =
            i - start > 1 && i - start <= MAX_NAME ? name(text.substring(start, i)) : null;
        if (known != null) {
          if (SqlBeginnings.looksLike(value(known))) {
            found.add(leaf.with(value(known)));
          } else {
            said = said == null ? new StringBuilder() : said;
            said.append(text, from, start).append(value(known));
            from = i;
          }
        }
        start = i + 1;
      }
    }
    if (said != null) {
      found.add(leaf.with(said.append(text, from, text.length()).toString()));
    }
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '@';
  }

  private @Nullable Leftover name(String text) {
    return past.find(Kind.NAME, Leftover.key(text));
  }

  private static String value(Leftover known) {
    String text = known.content().text();
    return text == null ? "" : text;
  }

  /** The command line that runs a file which an earlier action wrote; "" where this is none. */
  String line() {
    if (past.isEmpty() || !Words.any(toolWords, RUNS)) {
      return "";
    }
    StringBuilder line = new StringBuilder();
    for (Leaf leaf : arguments.leaves()) {
      String path = leaf.text();
      if (isPath(path) && past.find(Kind.FILE, Leftover.ofPath(path)) != null) {
        String language = Languages.of(path, "");
        String runner = path.endsWith(".sql") ? "psql -f" : language.isEmpty() ? "sh" : language;
        line.append('\n').append(runner).append(' ').append(ShellNames.quoted(List.of(path), 0));
      }
    }
    return line.toString();
  }

  /** Adds what this action leaves. */
  void left(boolean changes, List<Leftover> left) {
    Leaf path = null;
    Leaf content = null;
    Leaf from = null;
    Leaf name = null;
    Leaf value = null;
    for (Leaf leaf : arguments.leaves()) {
      String key = leaf.key();
      String text = leaf.text();
      if (text.isEmpty()) {
        continue;
      }
      if (PATHS.contains(key) && (isPath(text) || RECIPES.contains(text))) {
        from = path == null ? from : path;
        path = leaf;
      } else if (CONTENTS.contains(key)
          && !(key.equals("source") && isPath(text))
          && (content == null || text.length() > content.text().length())) {
        content = leaf;
      } else if (isPath(text) || text.startsWith("http")) {
        from = leaf;
      }
      name = name == null && NAMES.contains(key) && text.length() <= MAX_NAME ? leaf : name;
      value = value == null && !NAMES.contains(key) && isAddress(text) ? leaf : value;
    }
    if (path != null) {
      file(path.text(), content, from, left);
    }
    if (changes && name != null && value != null && isName(name.text())) {
      left.add(Leftover.text(Kind.NAME, name.text().strip(), value.text()));
    }
  }

  private void file(String path, @Nullable Leaf content, @Nullable Leaf from, List<Leftover> left) {
    int key = Leftover.ofPath(path);
    if (content != null) {
      boolean added = Words.any(toolWords, ADDS) || content.key().startsWith("new_");
      String text = content.text();
      left.add(past.written(path, Flow.of(text), added));
    } else if (from != null) {
      Flow known = past.file(from.text());
      int taints = known == null ? 0 : known.taints();
      taints |= from.text().startsWith("http") ? Flow.DOWNLOADED : 0;
      taints |= Landmarks.isSecret(from.text()) ? Flow.SECRET | Flow.LOCAL : 0;
      if (known != null) {
        left.add(past.written(path, known.with(taints), false));
      } else if (taints != 0) {
        left.add(new Leftover(Kind.FILE, key, Flow.tainted(taints), 0, 0, false));
      }
    }
  }

  private static boolean isPath(String text) {
    if (text.length() < 3 || text.length() > MAX_PATH || text.startsWith("http")) {
      return false;
    }
    boolean marked = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '@' || c == ':') {
        return false;
      }
      marked |= c == '/' || c == '.' || c == '\\';
    }
    return marked;
  }

  private static boolean isAddress(String text) {
    return text.length() <= MAX_VALUE
        && text.length() > 4
        && text.indexOf(' ') < 0
        && (text.indexOf('@') > 0 || text.indexOf("://") > 0 || isAccount(text));
  }

  private static boolean isAccount(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
    }
    return digits >= 8 && text.length() <= 34;
  }

  private static boolean isName(String text) {
    return text.strip().length() > 2 && text.indexOf('@') < 0 && text.indexOf("://") < 0;
  }
}
