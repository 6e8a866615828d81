/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs for a machine's services, processes, accounts and what runs later. */
final class ShellMachine {
  private static final Set<String> PRELOADS =
      Set.of(
          "LD_PRELOAD",
          "DYLD_INSERT_LIBRARIES",
          "PROMPT_COMMAND",
          "BASH_ENV",
          "PYTHONSTARTUP",
          "LD_AUDIT");

  private ShellMachine() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellMachine::service,
        """
          systemctl service spsv initctl rc-service supervisorctl pm2 launchctl brew-services
          stop-service sc rc-update update-rc.d chkconfig
          """);
    ShellCatalog.all(
        programs, ShellMachine::kill, "kill killall pkill xkill skill fuser stop-process taskkill");
    ShellCatalog.all(
        programs,
        ShellMachine::halt,
        """
          shutdown reboot halt poweroff init telinit stop-computer restart-computer kexec
          """);
    ShellCatalog.all(
        programs,
        ShellMachine::account,
        """
          useradd adduser usermod userdel deluser passwd chpasswd visudo groupadd gpasswd
          groupmod groupdel chage dscl vipw newusers new-localuser add-localgroupmember
          faillock chsh
          """);
    ShellCatalog.all(programs, ShellMachine::crontab, "crontab");
    ShellCatalog.all(programs, ShellMachine::later, "at batch atd anacron");
    ShellCatalog.all(programs, ShellMachine::key, "ssh-copy-id");
    ShellCatalog.all(
        programs,
        ShellMachine::exhaust,
        """
          stress stress-ng xmrig minerd cpuminer ethminer t-rex nbminer lolminer ccminer
          bfgminer cgminer phoenixminer xmr-stak sysbench
          """);
    ShellCatalog.all(
        programs,
        ShellMachine::kernel,
        """
          insmod modprobe rmmod sysctl update-grub grub-install efibootmgr fw_setenv
          update-initramfs depmod kpatch swapoff
          """);
    ShellCatalog.all(
        programs,
        ShellMachine::network,
        """
          ip ifdown ifup route nmcli networksetup netsh resolvectl hostnamectl timedatectl
          date-set
          """);
    ShellCatalog.all(programs, ShellMachine::screen, "screen tmux byobu");
  }

  private static Flow service(ShellCommand c, ShellReader r) {
    Effects effects = r.effects();
    boolean stops =
        c.has("stop", "disable", "mask", "kill", "unload", "bootout", "remove", "delete")
            || c.has("off", "disabled", "Disabled", "start=disabled", "del")
            || c.name().regionMatches(true, 0, "stop-", 0, 5)
            || c.name().equals("spsv");
    boolean status =
        c.has(
            "status",
            "list-units",
            "show",
            "is-active",
            "list",
            "--status-all",
            "cat",
            "is-enabled",
            "query",
            "list-timers",
            "journal");
    if (stops && ShellOversight.isWatcher(c)) {
      effects.mark(SHELL_DISABLES_OVERSIGHT);
    }
    if (stops) {
      effects.mark(SHELL_STOPS);
    } else if (c.has("restart", "reload", "start", "try-restart")) {
      effects.mark(SHELL_RESTARTS);
    } else if (c.has(
        "enable", "load", "bootstrap", "create", "submit", "defaults", "edit", "link")) {
      effects.mark(SHELL_PERSISTS);
    } else if (c.has("poweroff", "reboot", "halt", "isolate", "rescue", "emergency")) {
      effects.mark(SHELL_STOPS_MACHINE);
    } else if (!status) {
      effects.runs();
    }
    return Flow.UNKNOWN;
  }

  private static Flow kill(ShellCommand c, ShellReader r) {
    boolean lists = c.has("-l", "-0", "-L");
    boolean everything =
        c.has("-1") && (c.size() > 2 || c.last().equals("-1")) && !c.last().matches("[0-9]+");
    if (everything || (c.last().equals("1") && !c.name().equals("pkill"))) {
      r.effects().mark(SHELL_STOPS_MACHINE);
    } else if (!lists) {
      r.effects().mark(SHELL_ENDS_PROCESSES);
    }
    if (!lists && ShellOversight.isWatcher(c)) {
      r.effects().mark(SHELL_DISABLES_OVERSIGHT);
    }
    return Flow.EMPTY;
  }

  private static Flow halt(ShellCommand c, ShellReader r) {
    if (!c.has("-c", "--help", "-k") && (!c.name().endsWith("init") || c.has("0", "6"))) {
      r.effects().mark(SHELL_STOPS_MACHINE);
    }
    return Flow.EMPTY;
  }

  private static Flow account(ShellCommand c, ShellReader r) {
    Effects effects = r.effects();
    effects.mark(SHELL_ACCOUNTS);
    boolean administrators =
        c.has(
                "sudo",
                "wheel",
                "root",
                "admin",
                "docker",
                "adm",
                "administrators",
                "Administrators",
                "0",
                "sudo,docker")
            || c.hasPrefix("sudo,")
            || c.hasPrefix("-aGsudo")
            || c.hasPrefix("wheel,");
    if (administrators && !c.name().endsWith("userdel")) {
      effects.mark(SHELL_GRANTS);
    }
    if (c.has("-u", "0") && c.has("-o")) {
      effects.mark(SHELL_GRANTS);
    }
    return Flow.EMPTY;
  }

  private static Flow crontab(ShellCommand c, ShellReader r) {
    boolean lists = c.has("-l");
    if (c.has("-r")) {
      r.effects().mark(SHELL_STOPS);
    } else if (!lists) {
      r.effects().mark(SHELL_PERSISTS);
      schedule(r);
    }
    return lists ? Flow.tainted(Flow.LOCAL) : Flow.EMPTY;
  }

  private static void schedule(ShellReader r) {
    String text = r.input().text();
    if (text != null && !text.isEmpty() && text.length() < 4_000) {
      String line = text.strip();
      String[] fields = line.split(" ", line.startsWith("@") ? 2 : 6);
      r.line(fields[fields.length - 1]);
    }
  }

  private static Flow later(ShellCommand c, ShellReader r) {
    if (!c.has("-l", "-c", "-V")) {
      r.effects().mark(SHELL_PERSISTS);
      r.interpret(r.input(), "sh");
    }
    return Flow.EMPTY;
  }

  private static Flow key(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_PERSISTS);
    r.effects().mark(SHELL_NETWORK);
    return Flow.EMPTY;
  }

  private static Flow exhaust(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_EXHAUSTS);
    return Flow.EMPTY;
  }

  private static Flow kernel(ShellCommand c, ShellReader r) {
    boolean reads =
        c.has("-a", "-n", "--list", "-l", "-D")
            && !c.has("-w")
            && c.operands(1).stream().noneMatch(w -> w.indexOf('=') > 0);
    if (!reads
        && !(c.name().endsWith("sysctl")
            && c.operands(1).stream().noneMatch(w -> w.indexOf('=') > 0)
            && !c.has("-w", "-p"))) {
      r.effects().mark(SHELL_WRITES_SYSTEM);
    }
    return Flow.EMPTY;
  }

  private static Flow network(ShellCommand c, ShellReader r) {
    boolean changes =
        c.has("add", "del", "set", "delete", "flush", "down", "off", "disable", "modify", "replace")
            || c.name().startsWith("if");
    if (c.name().endsWith("netsh") && c.has("advfirewall", "firewall")) {
      r.effects().mark(SHELL_DISABLES_OVERSIGHT);
    } else if (changes) {
      r.effects().mark(SHELL_WRITES_SYSTEM);
    }
    return Flow.UNKNOWN;
  }

  private static Flow screen(ShellCommand c, ShellReader r) {
    ShellHanded.read(c, r);
    r.effects().runs();
    String line = c.option("-c", "new-session", "send-keys", "-X");
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i);
      if (word.indexOf(' ') > 0) {
        r.line(word);
      } else if (i + 1 < c.size()
          && i > 1
          && (c.word(i - 1).endsWith("dmS") || c.word(i - 1).equals("-S"))) {
        return ShellStarters.again(c, c.words.subList(i + 1, c.size()), r);
      }
    }
    return line.isEmpty() ? Flow.UNKNOWN : Flow.EMPTY;
  }

  /** A variable is set that makes programs run something, or stops the recording of what is run. */
  static void variable(String name, String value, boolean exported, ShellReader r) {
    boolean lasts = exported || name.equals("PROMPT_COMMAND");
    if (lasts && PRELOADS.contains(name) && !value.isEmpty()) {
      r.effects().mark(SHELL_PERSISTS);
      if (name.equals("PROMPT_COMMAND")) {
        r.line(value);
      }
    }
    boolean history =
        name.equals("HISTFILE") || name.equals("HISTSIZE") || name.equals("HISTFILESIZE");
    if (history && (value.isEmpty() || value.equals("0") || value.equals("/dev/null"))) {
      r.effects().mark(SHELL_ERASES_TRACES);
    }
  }

  static void options(List<String> words, ShellReader r) {
    if (words.contains("+o") && words.contains("history")) {
      r.effects().mark(SHELL_ERASES_TRACES);
    }
  }
}
