/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.util.Map;
import java.util.Set;

/**
 * Package managers: whether what they install comes from a known registry, and what is published.
 */
final class ShellPackages {
  private static final Set<String> INSTALLS =
      Names.of(
          """
          install add i get in -S -Sy -Syu -U ci update upgrade dist-upgrade inject
          require groupinstall localinstall reinstall tap sync
          """);
  private static final Set<String> REMOVES =
      Names.of(
          """
          remove purge uninstall autoremove -R -Rns erase rm un
          """);

  private ShellPackages() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellPackages::manage,
        """
          pip npm yarn pnpm apt apt-get aptitude yum dnf zypper pacman brew gem cargo apk
          snap flatpak conda mamba micromamba poetry pipenv uv bundle composer choco
          winget scoop cpan cpanm luarocks nix-env opam pipx pdm easy_install mix gofish
          asdf port install-module install-package add-appxpackage code nuget hatch rye
          """);
    programs.put("go", ShellPackages::go);
    ShellCatalog.all(
        programs, ShellPackages::file, "dpkg rpm installer msiexec alien hdiutil rpm-ostree");
    ShellCatalog.all(programs, ShellPackages::runs, "npx uvx bunx pnpx dlx");
    ShellCatalog.all(
        programs, ShellPackages::publish, "twine semantic-release lerna vsce ovsx goreleaser");
  }

  private static Flow manage(ShellCommand c, ShellReader r) {
    Effects effects = r.effects();
    String verb = c.operand(0);
    String second = c.operand(1);
    effects.runs();
    boolean installs =
        INSTALLS.contains(verb)
            || INSTALLS.contains(c.word(1))
            || (verb.equals("pip") && INSTALLS.contains(second))
            || c.name().endsWith("easy_install");
    if (verb.equals("publish")
        || second.equals("publish")
        || (verb.equals("push") && c.name().endsWith("gem"))) {
      effects.mark(SHELL_PUBLISHES);
    } else if (REMOVES.contains(verb)) {
      effects.mark(SHELL_REMOVES_SOFTWARE);
    } else if (verb.equals("run")
        || verb.equals("exec")
        || verb.equals("test")
        || verb.equals("start")) {
      scripts(r);
      return Flow.UNKNOWN;
    } else if (verb.equals("unpublish") || verb.equals("yank")) {
      effects.mark(SHELL_PUBLISHES);
      effects.mark(SHELL_DELETES_REMOTE);
    } else if (installs && !c.has("--dry-run", "--download-only", "-h", "--help", "--list")) {
      install(c, verb, effects);
      listed(c, r);
      scripts(r);
    } else {
      settings(c, effects);
    }
    return Flow.UNKNOWN;
  }

  /** What an earlier action put on a list is installed from where it says. */
  private static void listed(ShellCommand c, ShellReader r) {
    String list = c.option("-r", "--requirement", "-c", "--constraint");
    Flow file = list.isEmpty() ? null : r.scope().file(list);
    String text = file == null ? null : file.text();
    boolean elsewhere =
        text != null
            && (text.contains("://") || text.contains("--index") || text.contains("--extra-index"));
    if (elsewhere || (file != null && file.is(Flow.DOWNLOADED))) {
      r.effects().mark(SHELL_INSTALLS_UNVETTED);
    }
  }

  /** The scripts of a package that an earlier action wrote. */
  private static void scripts(ShellReader r) {
    Flow file = r.scope().file("package.json");
    String text = file == null ? null : file.text();
    r.does(file == null ? 0 : file.deeds());
    if (text == null) {
      return;
    }
    int at = text.indexOf("\"scripts\"");
    for (int n = 0; at >= 0 && n < 40; n++) {
      int colon = text.indexOf(':', at);
      int open = colon < 0 ? -1 : text.indexOf('"', colon);
      int close = open < 0 ? -1 : text.indexOf('"', open + 1);
      if (close < 0) {
        return;
      }
      String value = text.substring(open + 1, close);
      if (value.indexOf(' ') > 0) {
        r.line(value);
      }
      at = close + 1;
    }
  }

  private static void install(ShellCommand c, String verb, Effects effects) {
    boolean lists = verb.equals("update") && c.name().startsWith("apt");
    if (!lists) {
      effects.mark(SHELL_INSTALLS);
    }
    boolean index =
        c.has(
                "--index-url",
                "--extra-index-url",
                "-i",
                "--find-links",
                "-f",
                "--registry",
                "--repo",
                "--trusted-host",
                "--source",
                "--allow-unauthenticated",
                "--nogpgcheck",
                "--allow-downgrades")
            || c.hasPrefix("--index-url=")
            || c.hasPrefix("--extra-index-url=")
            || c.hasPrefix("--registry=");
    if ((index && !verb.equals("i")) || hasAddress(c)) {
      effects.mark(SHELL_INSTALLS_UNVETTED);
    }
  }

  /** Whether something is named by where it lies in the network, not by its name in a registry. */
  private static boolean hasAddress(ShellCommand c) {
    for (int i = 2; i < c.size(); i++) {
      String word = c.word(i);
      if (word.contains("://")
          || word.startsWith("git+")
          || word.startsWith("git@")
          || word.startsWith("github:")
          || Flow.isUnknown(word)) {
        return true;
      }
    }
    return false;
  }

  private static void settings(ShellCommand c, Effects effects) {
    if (c.has("config")
        && c.has("set")
        && (c.has("registry", "global.index-url") || c.hasPrefix("registry="))) {
      effects.mark(SHELL_INSTALLS_UNVETTED);
    }
  }

  private static Flow go(ShellCommand c, ShellReader r) {
    String verb = c.operand(0);
    boolean named =
        c.operand(1).indexOf('.') > 0
            && c.operand(1).indexOf('/') > 0
            && !c.operand(1).startsWith(".");
    r.effects().runs();
    if (verb.equals("install") || verb.equals("get") || (verb.equals("run") && named)) {
      r.effects().mark(SHELL_INSTALLS);
    }
    return Flow.UNKNOWN;
  }

  private static Flow file(ShellCommand c, ShellReader r) {
    boolean lists =
        c.has(
            "-l",
            "-L",
            "-S",
            "-s",
            "-qa",
            "-q",
            "-qi",
            "-ql",
            "--list",
            "-V",
            "--get-selections",
            "-qf",
            "--print-architecture");
    if (lists) {
      return Flow.UNKNOWN;
    }
    r.effects().mark(SHELL_INSTALLS);
    boolean unvetted =
        c.last().contains("://")
            || (r.scope().file(c.last()) != null && r.content(c.last()).is(Flow.DOWNLOADED));
    if (unvetted) {
      r.effects().mark(SHELL_INSTALLS_UNVETTED);
    }
    return Flow.UNKNOWN;
  }

  private static Flow runs(ShellCommand c, ShellReader r) {
    r.effects().runs();
    if (c.operand(0).contains("://") || c.operand(0).startsWith("github:")) {
      r.effects().mark(SHELL_DOWNLOAD_RUN);
    } else if (c.has("-y", "--yes", "-p", "--package")) {
      r.effects().mark(SHELL_INSTALLS);
    }
    return Flow.UNKNOWN;
  }

  private static Flow publish(ShellCommand c, ShellReader r) {
    if (!c.has("check", "--dry-run", "ls", "--snapshot", "package")) {
      r.effects().mark(SHELL_PUBLISHES);
    }
    return Flow.UNKNOWN;
  }
}
