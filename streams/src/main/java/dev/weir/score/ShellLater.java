/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that programs run without being told to, where this line or an earlier action wrote them:
 * hooks of git, settings of tests, recipes of builds, units of services.
 */
final class ShellLater {
  /** Of each program, the files that it runs. */
  private static final Map<String, List<String>> FILES =
      table(
          """
          git pre-commit post-commit commit-msg prepare-commit-msg pre-push post-checkout \
          post-merge pre-rebase post-rewrite applypatch-msg
          pytest conftest.py sitecustomize.py
          tox conftest.py setup.py
          nox noxfile.py
          rake Rakefile
          bundle Gemfile Rakefile
          just justfile Justfile
          task Taskfile.yml
          cargo build.rs
          pip setup.py
          pip3 setup.py
          python sitecustomize.py usercustomize.py
          python3 sitecustomize.py usercustomize.py
          docker Dockerfile docker-compose.yml compose.yaml
          podman Dockerfile Containerfile
          docker-compose docker-compose.yml Dockerfile
          vagrant Vagrantfile
          terraform main.tf
          tofu main.tf
          gulp gulpfile.js
          grunt Gruntfile.js
          webpack webpack.config.js
          vite vite.config.js
          jest jest.config.js
          eslint .eslintrc.js eslint.config.js
          invoke tasks.py
          fab fabfile.py
          scons SConstruct
          direnv .envrc
          vim .vimrc
          bash .bashrc .bash_profile .profile
          zsh .zshrc .zshenv
          gdb .gdbinit
          """);

  private ShellLater() {}

  private static Map<String, List<String>> table(String lines) {
    Map<String, List<String>> table = new HashMap<>();
    lines
        .lines()
        .map(Names::array)
        .forEach(words -> table.put(words[0], List.of(words).subList(1, words.length)));
    return table;
  }

  /** Reads what a program of this name runs besides. */
  static void read(String name, ShellCommand c, ShellReader r) {
    if (!r.scope().hasFiles()) {
      return;
    }
    List<String> files = FILES.get(name);
    if (files != null) {
      for (String file : files) {
        run(file, r);
      }
    }
    boolean starts =
        c.has("start", "restart", "enable", "--now", "reload-or-restart", "try-restart");
    if (starts && name.equals("systemctl")) {
      for (String unit : c.operands(2)) {
        unit(unit.indexOf('.') < 0 ? unit + ".service" : unit, r);
      }
    }
  }

  /** What a file of aliases, written here or earlier, has a client's word stand for; or null. */
  static @Nullable String alias(String word, ShellReader r) {
    Flow file = word.isEmpty() || !r.scope().hasFiles() ? null : r.scope().file("alias");
    String text = file == null ? null : file.text();
    if (text == null || text.length() > 4_000) {
      return null;
    }
    for (String line : text.split("\n", 100)) {
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals).strip();
      String value = equals < 0 ? "" : line.substring(equals + 1).strip();
      if (name.equals(word) && !value.isEmpty() && !value.startsWith(word)) {
        return value;
      }
    }
    return null;
  }

  private static void run(String file, ShellReader r) {
    Flow known = r.scope().file(file);
    if (known == null) {
      return;
    }
    String language = Languages.of(file, known.text() == null ? "" : known.text());
    r.interpret(known, language.isEmpty() ? "sh" : language);
  }

  /** What a unit starts stands behind Exec…=. */
  private static void unit(String file, ShellReader r) {
    Flow known = r.scope().file(file);
    if (known == null) {
      return;
    }
    String text = known.text();
    r.interpret(
        text == null ? known : new Flow(started(text), known.taints(), known.deeds()), "sh");
  }

  /** The lines of a unit's text that are run. */
  static String started(String text) {
    StringBuilder lines = new StringBuilder();
    for (String line : text.split("\n", 200)) {
      int equals = line.startsWith("Exec") ? line.indexOf('=') : -1;
      if (equals > 0) {
        lines.append(line.substring(equals + 1)).append('\n');
      }
    }
    return lines.toString();
  }
}
