/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.LowerCase;
import dev.weir.score.ShellCatalog.Program;
import java.util.List;
import java.util.Map;

/** Programs that watch over a machine or guard it, and how they are switched off. */
final class ShellOversight {
  private static final String[] WATCHERS =
      Names.array(
          """
          audit syslog falco monitor firewall crowdstrike falcon-sensor datadog ossec
          wazuh clamav clamd fail2ban sysmon windefend defender sentinel osquery
          prometheus alertmanager newrelic splunk filebeat auditbeat fluent journald
          apparmor selinux ufw iptables nftables snort suricata tripwire aide carbonblack
          cbdaemon nessus qualys eventlog mpssvc telegraf zabbix nagios rsyslog vector
          otel watchdog guardduty sysdig tetragon kyverno gatekeeper opa
          """);

  private ShellOversight() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellOversight::audit, "auditctl auditd augenrules");
    ShellCatalog.all(
        programs,
        ShellOversight::enforce,
        """
          setenforce aa-teardown aa-disable aa-complain setsebool semanage spctl csrutil
          """);
    ShellCatalog.all(
        programs,
        ShellOversight::firewall,
        "ufw iptables ip6tables nft firewall-cmd pfctl ipset ebtables");
    ShellCatalog.all(programs, ShellOversight::restore, "iptables-restore ip6tables-restore");
    ShellCatalog.all(
        programs,
        ShellOversight::history,
        """
          history fc clear-history clear-eventlog remove-eventlog wevtutil fsutil
          """);
    ShellCatalog.all(programs, ShellOversight::journal, "journalctl logrotate ausearch aureport");
    ShellCatalog.all(
        programs,
        ShellOversight::preference,
        """
          set-mppreference add-mppreference uninstall-windowsfeature set-executionpolicy
          set-netfirewallprofile disable-windowsoptionalfeature
          """);
    ShellCatalog.all(
        programs, ShellOversight::shadow, "vssadmin wbadmin bcdedit wmic diskshadow tmutil");
  }

  /** Whether an argument names something that watches or guards. */
  static boolean isWatcher(ShellCommand c) {
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i).length() < 80 ? LowerCase.of(c.word(i)) : "";
      for (String watcher : WATCHERS) {
        if (word.contains(watcher)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whatever program it is: something that watches is named beside a word for stopping it. */
  static void stopped(ShellCommand c, ShellReader r) {
    boolean stops =
        c.has("stop", "off", "disable", "disabled", "unload", "kill", "remove", "uninstall", "del")
            || c.has("mask", "terminate", "bootout", "unregister", "-stop", "--stop", "--disable");
    String name = c.name().substring(c.name().lastIndexOf('/') + 1);
    boolean watcher = stops && (isWatcher(c) || isWatcher(c.with(List.of("", name))));
    if (watcher) {
      r.effects().mark(SHELL_DISABLES_OVERSIGHT);
    }
  }

  /** Rules that are loaded in place of those in force: none of them guards. */
  private static Flow restore(ShellCommand c, ShellReader r) {
    String text = r.input().text();
    boolean empty = text != null && !text.contains("-A ");
    r.effects().mark(empty ? SHELL_DISABLES_OVERSIGHT : SHELL_WRITES_SYSTEM);
    return Flow.EMPTY;
  }

  private static Flow audit(ShellCommand c, ShellReader r) {
    if (c.has("-D", "-d", "-W") || c.option("-e").equals("0") || c.has("-e0")) {
      r.effects().mark(SHELL_DISABLES_OVERSIGHT);
    } else if (!c.has("-l", "-s")) {
      r.effects().mark(SHELL_WRITES_SYSTEM);
    }
    return Flow.EMPTY;
  }

  private static Flow enforce(ShellCommand c, ShellReader r) {
    boolean on =
        c.has(
            "1", "Enforcing", "enforcing", "enable", "-l", "status", "--status", "--master-enable");
    r.effects().mark(on ? SHELL_PERMISSIONS : SHELL_DISABLES_OVERSIGHT);
    return Flow.EMPTY;
  }

  private static Flow firewall(ShellCommand c, ShellReader r) {
    boolean lists =
        c.has(
            "-L",
            "--list",
            "status",
            "list",
            "--list-all",
            "-S",
            "show",
            "--state",
            "-n",
            "--get-active-zones");
    boolean off =
        c.has("disable", "-F", "--flush", "flush", "-X", "reset", "-d", "--panic-off")
            || (c.has("-P") && c.has("ACCEPT"));
    if (off) {
      r.effects().mark(SHELL_DISABLES_OVERSIGHT);
    } else if (!lists) {
      r.effects().mark(SHELL_WRITES_SYSTEM);
      if (c.has("ACCEPT", "allow", "accept") || c.hasPrefix("--add-")) {
        r.effects().mark(SHELL_LISTENS);
      }
    }
    return Flow.EMPTY;
  }

  private static Flow history(ShellCommand c, ShellReader r) {
    if (c.has("-c", "-d", "-w", "-cw", "-p", "cl", "clear-log", "usn")
        || c.name().indexOf('-') > 0) {
      r.effects().mark(SHELL_ERASES_TRACES);
    }
    return Flow.tainted(Flow.LOCAL);
  }

  private static Flow journal(ShellCommand c, ShellReader r) {
    if (c.hasPrefix("--vacuum") || c.has("--rotate", "--relinquish-var")) {
      r.effects().mark(SHELL_ERASES_TRACES);
    }
    return Flow.tainted(Flow.LOCAL);
  }

  private static Flow preference(ShellCommand c, ShellReader r) {
    boolean policy = LowerCase.of(c.name()).startsWith("set-execution");
    r.effects().mark(policy ? SHELL_PERMISSIONS : SHELL_DISABLES_OVERSIGHT);
    return Flow.EMPTY;
  }

  private static Flow shadow(ShellCommand c, ShellReader r) {
    if (c.has("delete", "Delete", "resize", "deletelocalsnapshots")
        || c.has("recoveryenabled", "No")
        || c.has("disable")) {
      r.effects().mark(SHELL_DESTROYS_BACKUPS);
      r.effects().mark(SHELL_IRREVERSIBLE);
    }
    String said = LowerCase.of(c.rest(1));
    boolean stops =
        said.contains("stopservice") || said.contains("terminate") || said.contains("delete");
    if (stops && isWatcher(c)) {
      r.effects().mark(SHELL_DISABLES_OVERSIGHT);
    }
    r.effects().runs();
    return Flow.EMPTY;
  }
}
