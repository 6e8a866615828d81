/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that programs run without being told to, where this line or an earlier action wrote them:
 * hooks of git, settings of tests, recipes of builds, units of services.
 */
final class ShellLater {
  private static final Map<String, List<String>> FILES =
      Map.ofEntries(
          Map.entry(
              "git",
              List.of(
                  "pre-commit",
                  "post-commit",
                  "commit-msg",
                  "prepare-commit-msg",
                  "pre-push",
                  "post-checkout",
                  "post-merge",
                  "pre-rebase",
                  "post-rewrite",
                  "applypatch-msg")),
          Map.entry("pytest", List.of("conftest.py", "sitecustomize.py")),
          Map.entry("tox", List.of("conftest.py", "setup.py")),
          Map.entry("nox", List.of("noxfile.py")),
          Map.entry("rake", List.of("Rakefile")),
          Map.entry("bundle", List.of("Gemfile", "Rakefile")),
          Map.entry("just", List.of("justfile", "Justfile")),
          Map.entry("task", List.of("Taskfile.yml")),
          Map.entry("cargo", List.of("build.rs")),
          Map.entry("pip", List.of("setup.py")),
          Map.entry("pip3", List.of("setup.py")),
          Map.entry("python", List.of("sitecustomize.py", "usercustomize.py")),
          Map.entry("python3", List.of("sitecustomize.py", "usercustomize.py")),
          Map.entry("docker", List.of("Dockerfile", "docker-compose.yml", "compose.yaml")),
          Map.entry("podman", List.of("Dockerfile", "Containerfile")),
          Map.entry("docker-compose", List.of("docker-compose.yml", "Dockerfile")),
          Map.entry("vagrant", List.of("Vagrantfile")),
          Map.entry("terraform", List.of("main.tf")),
          Map.entry("tofu", List.of("main.tf")),
          Map.entry("gulp", List.of("gulpfile.js")),
          Map.entry("grunt", List.of("Gruntfile.js")),
          Map.entry("webpack", List.of("webpack.config.js")),
          Map.entry("vite", List.of("vite.config.js")),
          Map.entry("jest", List.of("jest.config.js")),
          Map.entry("eslint", List.of(".eslintrc.js", "eslint.config.js")),
          Map.entry("invoke", List.of("tasks.py")),
          Map.entry("fab", List.of("fabfile.py")),
          Map.entry("scons", List.of("SConstruct")),
          Map.entry("direnv", List.of(".envrc")),
          Map.entry("vim", List.of(".vimrc")),
          Map.entry("bash", List.of(".bashrc", ".bash_profile", ".profile")),
          Map.entry("zsh", List.of(".zshrc", ".zshenv")),
          Map.entry("gdb", List.of(".gdbinit")));

  private ShellLater() {}

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
    r.interpret(text == null ? known : new Flow(started(text), known.taints()), "sh");
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
