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

/** Programs that are seldom met and do what others do: calls over a bus, tools for disks, bots. */
final class ShellRare {
  private ShellRare() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellRare::bus, "busctl dbus-send gdbus qdbus loginctl");
    ShellCatalog.all(programs, ShellRare::wipe, "badblocks nwipe scrub sfill bleachbit blkzone");
    ShellCatalog.all(
        programs, ShellRare::post, "telegram-send slackcat twilio ntfy notify-send curlie xh");
    ShellCatalog.all(programs, ShellRare::sponge, "sponge");
    ShellCatalog.all(programs, ShellRare::cpio, "cpio");
    ShellCatalog.all(programs, ShellRare::queue, "rabbitmqctl kafka-topics kafka-topics.sh");
  }

  /** The method that is called says what is done: {@code …Manager StopUnit auditd.service}. */
  private static Flow bus(ShellCommand c, ShellReader r) {
    r.effects().runs();
    for (int i = 1; i < Math.min(c.size(), 16); i++) {
      String word = c.word(i);
      String last = word.substring(word.lastIndexOf('.') + 1);
      List<String> verbs = last.length() > 60 ? List.of() : Naming.of(last).verbs();
      if (verbs.contains("stop") || verbs.contains("disable")) {
        boolean watcher = ShellOversight.isWatcher(c);
        r.effects().mark(watcher ? SHELL_DISABLES_OVERSIGHT : SHELL_STOPS);
      } else if (verbs.contains("delete")) {
        r.effects().mark(last.contains("User") ? SHELL_ACCOUNTS : SHELL_DELETES_REMOTE);
      }
      switch (LowerCase.of(last)) {
        case "poweroff", "reboot", "halt", "terminatesession" ->
            r.effects().mark(SHELL_STOPS_MACHINE);
        case "createuser", "setpassword", "setaccounttype" -> r.effects().mark(SHELL_ACCOUNTS);
        case "starttransientunit" -> ShellHanded.read(c, r);
        default -> {}
      }
    }
    return Flow.UNKNOWN;
  }

  private static Flow wipe(ShellCommand c, ShellReader r) {
    boolean reads = c.name().endsWith("badblocks") && !c.hasLetter('w');
    r.effects().runs();
    for (String target : c.operands(1)) {
      if (!reads && Effects.isDisk(target)) {
        r.effects().mark(SHELL_WIPES_DISK);
      } else if (!reads && target.indexOf('/') >= 0) {
        r.effects().deletes(target, r.scope().folder(), true);
      }
    }
    return Flow.UNKNOWN;
  }

  private static Flow post(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_NETWORK);
    r.effects().mark(SHELL_POSTS);
    int taints = r.input().taints() | Flow.taints(c.rest(1));
    boolean file = c.has("-f", "--file", "-i", "--image", "--filename");
    if (file || (taints & (Flow.LOCAL | Flow.SECRET)) != 0) {
      r.effects().uploads(Distance.EXTERNAL, taints);
    }
    return Flow.UNKNOWN;
  }

  private static Flow sponge(ShellCommand c, ShellReader r) {
    String target = c.last();
    r.effects().writes(target, r.scope().folder());
    r.scope().file(target, r.input());
    return Flow.EMPTY;
  }

  private static Flow cpio(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_WRITES);
    return Flow.tainted(r.input().taints());
  }

  private static Flow queue(ShellCommand c, ShellReader r) {
    r.effects().runs();
    if (c.has("delete_queue", "purge_queue", "reset", "force_reset", "delete_vhost", "--delete")) {
      r.effects().mark(SHELL_DESTROYS_INFRASTRUCTURE);
    }
    return Flow.UNKNOWN;
  }
}
