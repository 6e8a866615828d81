/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Containers: what runs in them, and whether they keep it in. */
final class ShellContainers {
  private static final Set<String> VALUED =
      Names.of(
          """
          -v --volume --mount -e --env -p --publish --name -w --workdir -u --user
          --network --net --entrypoint --env-file -l --label --cap-add --device --pid
          --security-opt -m --memory --cpus --gpus -h --hostname --platform --restart
          --add-host --shm-size --ipc --userns -c --context -H --host
          """);
  private static final Set<String> READS =
      Names.of(
          """
          ps images logs inspect stats version info top search events port diff history ls
          list config --version
          """);

  private ShellContainers() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellContainers::docker,
        """
          docker podman nerdctl ctr crictl lxc docker-compose buildah skopeo singularity
          apptainer
          """);
    ShellCatalog.all(
        programs,
        ShellContainers::vagrant,
        """
          vagrant virsh vboxmanage multipass qm pct esxcli govc virt-install
          """);
  }

  private static Flow docker(ShellCommand c, ShellReader r) {
    int at = 1;
    while (at < c.size() && c.word(at).startsWith("-") && !c.word(at).equals("--version")) {
      at += VALUED.contains(c.word(at)) ? 2 : 1;
    }
    String verb = c.word(at);
    boolean group =
        Names.of(
                """
          container image volume network system compose builder service stack swarm node
          """)
            .contains(verb);
    String act = group ? c.word(at + 1) : verb;
    if (READS.contains(act)) {
      return Flow.UNKNOWN;
    }
    r.effects().runs();
    act(c, verb, act, at + (group ? 1 : 0), r);
    return Flow.UNKNOWN;
  }

  private static void act(ShellCommand c, String group, String act, int at, ShellReader r) {
    Effects effects = r.effects();
    switch (act) {
      case "run", "create", "exec" -> run(c, at, r);
      case "rm", "rmi", "prune", "remove", "down" -> {
        boolean data =
            group.equals("volume") || c.has("--volumes", "-v", "--rmi") || group.equals("stack");
        effects.mark(data ? SHELL_DESTROYS_INFRASTRUCTURE : SHELL_STOPS);
      }
      case "stop", "kill", "pause", "leave" -> effects.mark(SHELL_STOPS);
      case "push" -> {
        effects.mark(SHELL_PUBLISHES);
        effects.mark(SHELL_NETWORK);
      }
      case "pull", "build", "load", "import" -> effects.mark(SHELL_NETWORK);
      case "login" -> effects.mark(SHELL_STORES_SECRETS);
      case "cp" -> effects.mark(SHELL_WRITES);
      case "deploy", "update", "scale" -> effects.mark(SHELL_CHANGES_INFRASTRUCTURE);
      default -> effects.runs();
    }
  }

  private static void run(ShellCommand c, int at, ShellReader r) {
    int i = at + 1;
    String entry = "";
    while (i < c.size() && c.word(i).startsWith("-")) {
      String word = c.word(i);
      boolean valued = VALUED.contains(word);
      confinement(word, valued ? c.word(i + 1) : word.substring(word.indexOf('=') + 1), r);
      entry =
          word.equals("--entrypoint")
              ? c.word(i + 1)
              : word.startsWith("--entrypoint=") ? word.substring(13) : entry;
      i += valued ? 2 : 1;
    }
    List<String> rest = new ArrayList<>(c.words.subList(Math.min(i + 1, c.size()), c.size()));
    mounted(c, i, rest);
    if (!entry.isEmpty()) {
      r.line(entry + " " + ShellNames.quoted(rest, 0));
    } else {
      ShellStarters.again(c, rest, r);
    }
  }

  /** What lies in a container's mount lies on the host. */
  private static void mounted(ShellCommand c, int end, List<String> words) {
    for (int k = 1; k < end; k++) {
      boolean volume = c.word(k - 1).equals("-v") || c.word(k - 1).equals("--volume");
      String[] parts = volume ? c.word(k).split(":", 3) : new String[0];
      if (parts.length > 1 && parts[0].startsWith("/") && parts[1].length() > 1) {
        words.replaceAll(
            w ->
                w.equals(parts[1]) || w.startsWith(parts[1] + "/")
                    ? parts[0] + w.substring(parts[1].length())
                    : w);
      }
    }
  }

  private static void confinement(String option, String value, ShellReader r) {
    boolean mount =
        option.equals("-v") || option.startsWith("--volume") || option.startsWith("--mount");
    boolean host =
        mount
            && (value.startsWith("/:")
                || value.contains("docker.sock")
                || value.contains("source=/,")
                || value.contains("src=/,")
                || value.startsWith("/etc:")
                || value.startsWith("/root:")
                || value.contains("containerd.sock")
                || value.startsWith("/proc:")
                || value.startsWith("/var/run:")
                || value.startsWith("/dev:"));
    boolean shared =
        (option.startsWith("--pid") || option.startsWith("--ipc") || option.startsWith("--userns"))
            && value.equals("host");
    boolean able =
        option.startsWith("--cap-add")
            && (value.equals("ALL")
                || value.contains("SYS_ADMIN")
                || value.contains("SYS_PTRACE")
                || value.contains("SYS_MODULE"));
    boolean open = option.startsWith("--security-opt") && value.contains("unconfined");
    if (host
        || shared
        || able
        || open
        || (option.startsWith("--privileged") && !value.equals("false"))) {
      r.effects().mark(SHELL_ESCAPES);
    }
  }

  private static Flow vagrant(ShellCommand c, ShellReader r) {
    boolean reads =
        c.has("status", "list", "--list", "info", "dominfo", "snapshot-list", "showvminfo");
    r.effects().runs();
    if (c.has(
        "destroy",
        "undefine",
        "unregistervm",
        "delete",
        "--delete",
        "snapshot-delete",
        "vm.destroy")) {
      r.effects().mark(SHELL_DESTROYS_INFRASTRUCTURE);
    } else if (c.has("halt", "shutdown", "stop", "poweroff")) {
      r.effects().mark(SHELL_STOPS_MACHINE);
    } else if (!reads && !c.has("up", "ssh", "launch", "start")) {
      r.effects().mark(SHELL_CHANGES_INFRASTRUCTURE);
    }
    return Flow.UNKNOWN;
  }
}
