/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.LowerCase;
import dev.weir.score.ShellCatalog.Program;
import java.util.Map;
import java.util.Set;

/** Git: what reaches others, what is thrown away, what settings make it run. */
final class ShellGit {
  private static final Set<String> VALUED =
      Set.of("-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path");
  private static final Set<String> READS =
      Names.of(
          """
          log show status diff blame grep ls-files ls-tree rev-parse describe shortlog
          cat-file rev-list show-ref whatchanged help version name-rev merge-base
          ls-remote reflog count-objects fsck check-ignore diff-tree for-each-ref
          --version symbolic-ref annotate range-diff cherry archive var difftool bisect
          notes fetch
          """);
  private static final String[] RUNNING =
      Names.array(
          """
          core.hookspath core.sshcommand core.fsmonitor core.pager core.editor
          core.gitproxy alias. credential.helper filter. diff.external sequence.editor
          gpg.program protocol.ext init.templatedir uploadpack. receive. url.
          """);

  /** The name under which what is to be committed is remembered. */
  private static final String STAGED = ".git:staged";

  /** The same, of a setting by which pushes overwrite. */
  private static final String FORCED = ".git:forced";

  private ShellGit() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellGit::git, "git hub");
    ShellCatalog.all(programs, ShellGit::rewrite, "bfg git-filter-repo");
    ShellCatalog.all(programs, ShellGit::other, "svn hg p4 jj fossil");
    ShellCatalog.all(programs, ShellGit::commit, "pre-commit husky git-lfs");
  }

  private static Flow git(ShellCommand c, ShellReader r) {
    int i = 1;
    while (i < c.size() && c.word(i).startsWith("-") && !c.word(i).equals("--version")) {
      if (c.word(i).equals("-c")) {
        setting(c.word(i + 1), r);
      }
      i += VALUED.contains(c.word(i)) ? 2 : 1;
    }
    String verb = c.word(i);
    String own = r.scope().function("git " + verb);
    if (own != null && !own.startsWith("!")) {
      return r.line("git " + own + " " + ShellNames.quoted(c.words, i + 1));
    }
    if (READS.contains(verb)) {
      read(c, verb, r);
      return Flow.UNKNOWN;
    }
    r.effects().runs();
    change(c, verb, i, r);
    return Flow.UNKNOWN;
  }

  private static void read(ShellCommand c, String verb, ShellReader r) {
    if (verb.equals("reflog") && c.has("expire", "delete")) {
      r.effects().mark(SHELL_DISCARDS);
      r.effects().mark(SHELL_IRREVERSIBLE);
    }
    if (verb.equals("bisect") && c.has("run")) {
      r.effects().runs();
    }
    if (verb.equals("fetch") && c.hasPrefix("--upload-pack")) {
      r.line(c.option("--upload-pack"));
    }
  }

  private static void change(ShellCommand c, String verb, int at, ShellReader r) {
    Effects effects = r.effects();
    switch (verb) {
      case "push" -> push(c, at, r);
      case "reset" -> discard(c.has("--hard", "--merge", "--keep"), effects);
      case "clean" -> {
        boolean does =
            (c.hasLetter('f') || c.has("--force")) && !c.hasLetter('n') && !c.has("--dry-run");
        discard(does, effects);
        for (String place : c.operands(at + 1)) {
          if (does && place.startsWith("/")) {
            effects.deletes(place, r.scope().folder(), true);
          }
        }
      }
      case "add", "stage" -> {
        effects.mark(SHELL_WRITES);
        if (c.operands(at + 1).stream().anyMatch(p -> r.effects().reads(p) || isSecret(p, r))) {
          r.scope().file(STAGED, Flow.tainted(Flow.SECRET | Flow.LOCAL));
        }
      }
      case "checkout", "restore" -> {
        effects.mark(SHELL_WRITES);
        discard(c.has("-f", "--force", "."), effects);
      }
      case "stash" -> discard(c.has("drop", "clear"), effects);
      case "branch", "tag" -> discard(c.has("-D", "--delete", "-d"), effects);
      case "filter-branch", "filter-repo", "replace" -> effects.mark(SHELL_REWRITES);
      case "rebase", "commit" -> effects.runs();
      case "update-ref", "gc", "prune" ->
          discard(c.has("-d", "--prune=now", "--aggressive") || verb.equals("prune"), effects);
      case "config" -> config(c, at, r);
      case "clone", "pull", "submodule" -> load(c, r);
      case "remote" -> remote(c, r);
      case "credential", "credential-store", "credential-cache" ->
          effects.mark(SHELL_READS_SECRETS);
      case "mv",
          "rm",
          "merge",
          "cherry-pick",
          "apply",
          "am",
          "init",
          "switch",
          "worktree",
          "revert" ->
          effects.mark(SHELL_WRITES);
      default -> effects.runs();
    }
  }

  private static void discard(boolean really, Effects effects) {
    if (really) {
      effects.mark(SHELL_DISCARDS);
    }
  }

  private static boolean isSecret(String path, ShellReader r) {
    Flow known = r.scope().file(path);
    return known != null && known.is(Flow.SECRET);
  }

  private static void push(ShellCommand c, int at, ShellReader r) {
    if (r.scope().file(FORCED) != null) {
      r.effects().mark(SHELL_REWRITES);
    }
    if (isSecret(STAGED, r)) {
      r.effects().uploads(Distance.EXTERNAL, Flow.SECRET);
    }
    Effects effects = r.effects();
    if (c.has("--dry-run", "-n")) {
      return;
    }
    effects.mark(SHELL_NETWORK);
    effects.mark(SHELL_PUSHES);
    boolean forced =
        c.has(
                "--force",
                "--force-with-lease",
                "--mirror",
                "--delete",
                "-d",
                "--prune",
                "--force-if-includes")
            || c.hasPrefix("--force-with-lease=")
            || c.hasLetter('f');
    for (int i = at + 1; i < c.size(); i++) {
      String word = c.word(i);
      forced |= word.length() > 1 && (word.charAt(0) == '+' || word.charAt(0) == ':');
      address(word, r);
    }
    if (forced) {
      effects.mark(SHELL_REWRITES);
    }
    if (c.has("--no-verify")) {
      effects.runs();
    }
  }

  /** A push to an address, not to a name that the repository knows, carries it elsewhere. */
  private static void address(String word, ShellReader r) {
    boolean url = word.contains("://") || (word.indexOf('@') > 0 && word.indexOf(':') > 0);
    if (url) {
      r.effects().uploads(r.effects().host(Distance.host(word)), 0);
    }
  }

  private static void config(ShellCommand c, int at, ShellReader r) {
    if (c.has("--list", "-l", "--get", "--get-all", "--get-regexp", "--unset")) {
      return;
    }
    String name = "";
    for (int i = at + 1; i < c.size(); i++) {
      if (c.word(i).indexOf('.') > 0 && !c.word(i).startsWith("-")) {
        name = c.word(i);
        setting(name + "=" + c.word(i + 1), r);
        break;
      }
    }
    if (c.has("http.sslVerify") && c.has("false")) {
      r.effects().mark(SHELL_PERMISSIONS);
    }
  }

  private static void setting(String setting, ShellReader r) {
    int equals = setting.indexOf('=');
    String key = LowerCase.of(equals < 0 ? setting : setting.substring(0, equals));
    String value = equals < 0 ? "" : setting.substring(equals + 1);
    boolean forces = key.endsWith(".push") && value.startsWith("+");
    if (forces || (key.endsWith(".mirror") && value.equals("true"))) {
      r.scope().file(FORCED, Flow.of(value));
    }
    for (String running : RUNNING) {
      if (key.startsWith(running)) {
        runs(key, value, r);
      }
    }
  }

  private static void runs(String key, String value, ShellReader r) {
    boolean alias = key.startsWith("alias.");
    if (alias && !key.equals("alias." + value)) {
      r.scope().function("git " + key.substring(6), value);
    }
    if (value.startsWith("!")) {
      r.line(value.substring(1));
      r.effects().mark(SHELL_PERSISTS);
    } else if (key.startsWith("core.pager") || key.startsWith("core.editor") || alias) {
      if (value.indexOf(' ') > 0 && !alias) {
        r.line(value);
      }
    } else if (key.startsWith("credential.helper")) {
      if (value.startsWith("store")) {
        r.effects().mark(SHELL_STORES_SECRETS);
      }
    } else if (!value.isEmpty()) {
      r.effects().mark(SHELL_PERSISTS);
      r.line(value);
    }
  }

  private static void load(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_NETWORK);
    r.effects().mark(SHELL_WRITES);
    for (int i = 2; i < c.size(); i++) {
      if (c.word(i).startsWith("ext::")) {
        r.line(c.word(i).substring(5));
      }
    }
  }

  private static void remote(ShellCommand c, ShellReader r) {
    if (c.has("add", "set-url")) {
      r.effects().mark(SHELL_WRITES);
    }
  }

  private static Flow rewrite(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_REWRITES);
    return Flow.UNKNOWN;
  }

  private static Flow other(ShellCommand c, ShellReader r) {
    boolean reads = c.has("log", "status", "diff", "info", "cat", "list", "blame", "st");
    if (c.has("commit", "ci", "push", "submit") && !reads) {
      r.effects().mark(SHELL_PUSHES);
    } else if (c.has("strip", "obliterate", "delete", "purge")) {
      r.effects().mark(SHELL_REWRITES);
    } else if (!reads) {
      r.effects().runs();
    }
    return Flow.UNKNOWN;
  }

  private static Flow commit(ShellCommand c, ShellReader r) {
    r.effects().runs();
    return Flow.UNKNOWN;
  }
}
