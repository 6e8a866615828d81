/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.SHELL_DELETES_REMOTE;
import static dev.weir.policy.Fact.SHELL_STOPS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The programs that are known by name, each with what reads its words. A name that is not known is
 * run like any script: what it does is not seen.
 */
final class ShellCatalog {
  /** Reads what one program does from its words; tells what it prints. */
  interface Program {
    Flow read(ShellCommand command, ShellReader reader);
  }

  private static final Set<String> SHELLS =
      Names.of(
          """
          sh bash zsh dash ksh ash fish mksh rbash csh tcsh cmd powershell pwsh source .
          eval iex invoke-expression
          """);

  /** Programs that do not look into the files that they are given. */
  private static final Set<String> BLIND =
      Names.of(
          """
          ls stat chmod chown chgrp touch rm test [ [[ ssh openssl git ssh-keygen ssh-add
          keytool echo printf file mkdir find du cd export certbot realpath basename
          dirname readlink shred unlink ln which docker kubectl terraform pytest
          ssh-keyscan alias dig type tree dir mkcert ansible-playbook mosh autossh sshfs
          ssh-copy-id
          """);

  private static final Map<String, Program> PROGRAMS = new HashMap<>(1024);
  private static final List<String> BY_LOSS = new ArrayList<>();

  static {
    ShellFiles.register(PROGRAMS);
    ShellFilters.register(PROGRAMS);
    ShellTurns.register(PROGRAMS);
    ShellStarters.register(PROGRAMS);
    ShellBuilds.register(PROGRAMS);
    ShellNetwork.register(PROGRAMS);
    ShellMachine.register(PROGRAMS);
    ShellOversight.register(PROGRAMS);
    ShellPackages.register(PROGRAMS);
    ShellGit.register(PROGRAMS);
    ShellHosting.register(PROGRAMS);
    ShellContainers.register(PROGRAMS);
    ShellCluster.register(PROGRAMS);
    ShellCloud.register(PROGRAMS);
    ShellBuckets.register(PROGRAMS);
    ShellInfrastructure.register(PROGRAMS);
    ShellVaults.register(PROGRAMS);
    ShellDatabases.register(PROGRAMS);
    ShellWindows.register(PROGRAMS);
    ShellModels.register(PROGRAMS);
    ShellRare.register(PROGRAMS);
    BY_LOSS.addAll(
        List.of(
            "rm", "dd", "mkfs", "shred", "curl", "wget", "nc", "bash", "sh", "python", "perl",
            "chmod", "chown", "scp", "ssh", "cat", "base64"));
    PROGRAMS.keySet().stream().sorted().forEach(BY_LOSS::add);
  }

  private ShellCatalog() {}

  static Flow read(String name, ShellCommand command, ShellReader reader) {
    Program program = PROGRAMS.get(name);
    if (program == null) {
      program = PROGRAMS.get(stem(name));
    }
    return program == null ? unknown(command, reader) : program.read(command, reader);
  }

  /** {@code python3.11} is python, {@code mkfs.ext4} mkfs, {@code pip3} pip. */
  private static String stem(String name) {
    int end = name.length();
    int dot = name.indexOf('.');
    if (dot > 2
        && dot + 1 < end
        && Character.isLetter(name.charAt(dot + 1))
        && name.startsWith("mkfs")) {
      return name.substring(0, dot);
    }
    while (end > 1
        && (Character.isDigit(name.charAt(end - 1))
            || name.charAt(end - 1) == '.'
            || name.charAt(end - 1) == '-')) {
      end--;
    }
    return name.substring(0, end);
  }

  /** Whether a program of this name is known. */
  static boolean isKnown(String name) {
    return PROGRAMS.containsKey(name) || PROGRAMS.containsKey(stem(name));
  }

  private static Flow unknown(ShellCommand command, ShellReader reader) {
    reader.effects().runs();
    String name = command.name();
    if (name.length() > 1 && name.charAt(0) == '.' && Character.isLetter(name.charAt(1))) {
      return reader.output();
    }
    said(command, reader);
    ShellHanded.read(command, reader);
    ShellOversight.stopped(command, reader);
    Flow written = reader.scope().file(command.name());
    boolean placed = command.name().indexOf('/') >= 0 || command.name().startsWith(".\\");
    if (written != null && (placed || written.is(Flow.DOWNLOADED))) {
      reader.interpret(written, ShellStarters.language(written));
    } else if (written == null && command.name().indexOf('/') >= 0) {
      reader.does(reader.scope().lost());
    }
    return ShellTurns.turned(Flow.tainted(reader.input().taints()), reader.input(), command);
  }

  /** What a client's first words say that it does with what lies elsewhere: {@code x delete y}. */
  private static void said(ShellCommand command, ShellReader reader) {
    for (int i = 1; i < command.size() && i <= 2; i++) {
      String word = command.word(i);
      if (word.isEmpty() || word.charAt(0) == '-' || word.indexOf('/') >= 0) {
        continue;
      }
      List<String> verbs = Naming.of(word).verbs();
      if (verbs.contains("delete") || verbs.contains("cancel")) {
        reader.effects().mark(SHELL_DELETES_REMOTE);
      } else if (verbs.contains("stop") || verbs.contains("disable")) {
        reader.effects().mark(SHELL_STOPS);
      }
    }
  }

  static boolean isShell(String name) {
    return SHELLS.contains(name);
  }

  static boolean readsContents(String name) {
    return !BLIND.contains(name);
  }

  /** The known names, those first that do most. */
  static List<String> byLoss() {
    return BY_LOSS;
  }

  /** Enters one reader under several names, parted by blanks. */
  static void all(Map<String, Program> programs, Program program, String names) {
    for (String name : Names.array(names)) {
      programs.put(name, program);
    }
  }
}
