/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.LowerCase;
import dev.weir.score.ShellCatalog.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Windows: cmd's and PowerShell's own commands where they do what no Unix name does. */
final class ShellWindows {
  private ShellWindows() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellWindows::cmd, "cmd command.com start call forfiles");
    ShellCatalog.all(programs, ShellWindows::powershell, "powershell pwsh");
    ShellCatalog.all(programs, ShellWindows::invoke, "iex invoke-expression invoke-command icm");
    ShellCatalog.all(
        programs,
        ShellWindows::remove,
        "remove-item ri clear-content clear-item remove-itemproperty");
    ShellCatalog.all(
        programs,
        ShellWindows::write,
        """
          set-content add-content out-file new-item copy-item move-item ni sc-content
          rename-item copy xcopy move ren mklink md export-csv tee-object expand-archive
          compress-archive attrib
          """);
    ShellCatalog.all(programs, ShellWindows::alias, "set-alias new-alias sal nal");
    ShellCatalog.all(programs, ShellWindows::robocopy, "robocopy");
    ShellCatalog.all(
        programs, ShellWindows::registry, "reg regedit set-itemproperty new-itemproperty");
    ShellCatalog.all(
        programs,
        ShellWindows::schedule,
        """
          schtasks register-scheduledtask new-service new-scheduledtask set-service wmi
          """);
    ShellCatalog.all(programs, ShellWindows::net, "net net1");
    ShellCatalog.all(
        programs,
        ShellWindows::format,
        """
          format format-volume clear-disk diskpart cipher remove-partition initialize-disk
          """);
    ShellCatalog.all(
        programs,
        ShellWindows::proxy,
        """
          mshta regsvr32 rundll32 wscript cscript installutil msbuild hh
          """);
    ShellCatalog.all(programs, ShellWindows::wait, "start-process saps runas");
    ShellCatalog.all(
        programs,
        ShellWindows::object,
        """
          new-object foreach-object where-object % ? select-object sort-object
          measure-object format-table convertto-json convertfrom-json import-module
          get-adcomputer get-aduser get-wmiobject get-ciminstance
          """);
    ShellCatalog.all(
        programs,
        ShellWindows::directory,
        """
          remove-aduser remove-mailbox set-adaccountpassword add-adgroupmember
          disable-adaccount new-aduser remove-adgroup set-mailbox new-inboxrule
          add-mailboxpermission
          """);
  }

  private static Flow cmd(ShellCommand c, ShellReader r) {
    for (int i = 1; i < c.size(); i++) {
      String word = LowerCase.of(c.word(i));
      if (word.equals("/c") || word.equals("/k") || word.equals("/r")) {
        return r.line(CmdFolds.of(c.rest(i + 1), r.scope()::text));
      }
    }
    r.effects().runs();
    return ShellStarters.again(
        c, c.operands(1).stream().filter(w -> !w.startsWith("/") && !w.isEmpty()).toList(), r);
  }

  private static Flow powershell(ShellCommand c, ShellReader r) {
    r.effects().runs();
    for (int i = 1; i < c.size(); i++) {
      String word = LowerCase.of(c.word(i));
      if (word.startsWith("-e") && !word.startsWith("-ex") && i + 1 < c.size()) {
        return encoded(c.word(i + 1), r);
      }
      if (word.equals("-c") || word.equals("-command") || word.equals("/c")) {
        return r.line(PowerFolds.of(c.rest(i + 1), r.scope()::text));
      }
      if (word.equals("-file") || word.equals("-f")) {
        r.interpret(r.content(c.word(i + 1)), "powershell");
        return Flow.UNKNOWN;
      }
      if (!word.startsWith("-") && !c.word(i - 1).startsWith("-")) {
        return r.line(PowerFolds.of(c.rest(i), r.scope()::text));
      }
    }
    r.interpret(r.input(), "powershell");
    return Flow.UNKNOWN;
  }

  private static Flow encoded(String text, ShellReader r) {
    r.effects().mark(SHELL_DECODE_RUN);
    String line = text.length() > 16_000 ? null : Decoder.mime(text);
    if (line == null) {
      r.effects().mark(SHELL_OPAQUE);
      return Flow.UNKNOWN;
    }
    return r.line(PowerFolds.of(line, r.scope()::text));
  }

  private static Flow invoke(ShellCommand c, ShellReader r) {
    r.effects().runs();
    String block = c.option("-ScriptBlock", "-Command");
    boolean remote = c.hasPrefix("-ComputerName");
    if (remote) {
      r.effects().mark(SHELL_REMOTE);
    }
    String line = block.isEmpty() ? c.rest(1) : block;
    if (line.isBlank()) {
      r.interpretInput("powershell");
      return Flow.UNKNOWN;
    }
    r.interpret(Flow.ofWord(line).with(made(line, block.isEmpty())), "powershell");
    return Flow.UNKNOWN;
  }

  /** Where a text comes from that is put together where it is run. */
  private static int made(String line, boolean expression) {
    if (line.length() > 16_000) {
      return 0;
    }
    String lower = LowerCase.of(line);
    if (any(lower, "downloadstring", "invoke-webrequest", "invoke-restmethod", "iwr ", "irm ")) {
      return Flow.DOWNLOADED;
    }
    if (!expression) {
      return 0;
    }
    boolean decodes =
        any(
            lower,
            "frombase64",
            "getstring",
            "-bxor",
            "[char]",
            "reverse",
            "tochararray",
            "decode");
    boolean made = any(lower, "]::", "-join", "-replace", "-f ", "$(", "-split");
    return decodes ? Flow.DECODED : made ? Flow.MADE : 0;
  }

  private static boolean any(String text, String... parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static Flow remove(ShellCommand c, ShellReader r) {
    boolean recursive = false;
    List<String> targets = new ArrayList<>();
    for (int i = 1; i < c.size(); i++) {
      String word = LowerCase.of(c.word(i));
      recursive |= word.startsWith("-rec") || word.equals("-r");
      if (!word.startsWith("-")) {
        targets.add(c.word(i));
      }
    }
    for (String target : targets) {
      r.effects().deletes(target, r.scope().folder(), recursive);
    }
    r.effects().mark(SHELL_DELETES);
    return Flow.EMPTY;
  }

  private static Flow write(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_WRITES);
    List<String> given = c.operands(1);
    boolean says = c.name().endsWith("content") || c.name().endsWith("file");
    if (says && !given.isEmpty()) {
      String value = c.option("-Value", "-value");
      boolean own = value.isEmpty() && given.size() < 2;
      String text = value.isEmpty() && given.size() > 1 ? given.get(1) : value;
      r.scope().file(given.get(0), own ? r.input() : Flow.ofWord(text));
    }
    for (String target : c.operands(1)) {
      if (target.indexOf('\\') > 0 || target.indexOf('/') > 0) {
        r.effects().appends(target, r.scope().folder());
      }
    }
    return Flow.EMPTY;
  }

  private static Flow alias(ShellCommand c, ShellReader r) {
    List<String> plain = new ArrayList<>();
    for (int i = 1; i < c.size(); i++) {
      if (!c.word(i).startsWith("-")) {
        plain.add(c.word(i));
      }
    }
    if (plain.size() > 1) {
      r.scope().alias(LowerCase.of(plain.get(0)), plain.get(1));
    }
    r.effects().runs();
    return Flow.EMPTY;
  }

  private static Flow robocopy(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_WRITES);
    if (c.has("/MIR", "/mir", "/PURGE", "/purge")) {
      r.effects().deletes(c.word(2), r.scope().folder(), true);
    }
    return Flow.EMPTY;
  }

  private static Flow registry(ShellCommand c, ShellReader r) {
    String rest = LowerCase.of(c.rest(1));
    boolean reads =
        rest.startsWith("query") || rest.startsWith("export") || rest.startsWith("compare");
    if (rest.length() > 4_000 || reads) {
      r.effects().runs();
      if (rest.contains("\\sam") || rest.startsWith("save")) {
        r.effects().mark(SHELL_READS_SECRETS);
      }
      return Flow.UNKNOWN;
    }
    if (rest.startsWith("save")
        && (rest.contains("sam") || rest.contains("system") || rest.contains("security"))) {
      r.effects().mark(SHELL_READS_SECRETS);
    }
    r.effects()
        .mark(
            rest.contains("\\run")
                    || rest.contains("winlogon")
                    || rest.contains("image file execution")
                ? SHELL_PERSISTS
                : SHELL_WRITES_SYSTEM);
    if (rest.contains("defender") || rest.contains("enablelua") || rest.contains("eventlog")) {
      r.effects().mark(SHELL_DISABLES_OVERSIGHT);
    }
    return Flow.EMPTY;
  }

  private static Flow schedule(ShellCommand c, ShellReader r) {
    if (c.has("/query", "/Query", "/QUERY")) {
      return Flow.UNKNOWN;
    }
    r.effects().mark(c.has("/delete", "/Delete", "/end") ? SHELL_STOPS : SHELL_PERSISTS);
    if (ShellOversight.isWatcher(c) && c.has("/delete", "/disable", "Disabled", "-StartupType")) {
      r.effects().mark(SHELL_DISABLES_OVERSIGHT);
    }
    String line = c.option("/tr", "/TR");
    return line.isEmpty() ? Flow.EMPTY : r.line(line);
  }

  private static Flow net(ShellCommand c, ShellReader r) {
    String what = LowerCase.of(c.word(1));
    boolean changes =
        c.has("/add", "/ADD", "/delete", "/DELETE", "/active:yes", "/active:no")
            || (what.equals("user") && c.size() > 3);
    if ((what.equals("user") || what.equals("localgroup") || what.equals("group")) && changes) {
      r.effects().mark(SHELL_ACCOUNTS);
      if (LowerCase.of(c.rest(2)).contains("admin")) {
        r.effects().mark(SHELL_GRANTS);
      }
    } else if (what.equals("stop")) {
      r.effects().mark(ShellOversight.isWatcher(c) ? SHELL_DISABLES_OVERSIGHT : SHELL_STOPS);
    } else if (what.equals("share") && c.size() > 2) {
      r.effects().mark(SHELL_LISTENS);
    } else {
      r.effects().runs();
    }
    return Flow.UNKNOWN;
  }

  private static Flow format(ShellCommand c, ShellReader r) {
    boolean cipher = c.name().endsWith("cipher") && !c.hasPrefix("/w");
    boolean drive =
        !c.name().equals("format") || (c.word(1).length() == 2 && c.word(1).endsWith(":"));
    if (!cipher && drive) {
      r.effects().mark(SHELL_WIPES_DISK);
    }
    return Flow.EMPTY;
  }

  private static Flow proxy(ShellCommand c, ShellReader r) {
    r.effects().runs();
    if (c.rest(1).contains("://")) {
      r.effects().mark(SHELL_DOWNLOAD_RUN);
    }
    return Flow.UNKNOWN;
  }

  private static Flow wait(ShellCommand c, ShellReader r) {
    r.effects().runs();
    if (c.has("RunAs", "-Verb") || c.name().endsWith("runas")) {
      r.effects().mark(SHELL_SUDO);
    }
    String list = c.option("-ArgumentList", "-Args", "-args");
    String file = c.option("-FilePath");
    List<String> words = new ArrayList<>();
    words.add(file.isEmpty() ? c.operand(0) : file);
    if (list.isEmpty()) {
      return ShellStarters.again(c, c.operands(1), r);
    }
    words.addAll(List.of(list.split(",", 20)));
    return ShellStarters.again(c, words, r);
  }

  private static Flow object(ShellCommand c, ShellReader r) {
    boolean web = LowerCase.of(c.rest(1)).contains("webclient") || c.rest(1).contains("TcpClient");
    r.effects().runs();
    if (web) {
      r.effects().mark(SHELL_NETWORK);
    }
    return web ? Flow.tainted(Flow.DOWNLOADED) : r.input();
  }

  private static Flow directory(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_ACCOUNTS);
    return Flow.UNKNOWN;
  }
}
