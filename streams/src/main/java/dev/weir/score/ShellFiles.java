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

/** Programs that delete, copy, change and overwrite files, rights on them and disks. */
final class ShellFiles {
  private ShellFiles() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellFiles::delete, "rm unlink rmdir del erase rd srm wipe trash");
    ShellCatalog.all(programs, ShellFiles::shred, "shred sdelete");
    programs.put("truncate", ShellFiles::truncate);
    ShellCatalog.all(programs, ShellFiles::move, "mv rename");
    ShellCatalog.all(programs, ShellFiles::copy, "cp install ln ditto");
    programs.put("tee", ShellFiles::tee);
    ShellCatalog.all(
        programs,
        ShellFiles::make,
        """
          mkdir touch mktemp mkfifo patch unzip gunzip bunzip2 unxz gzip 7z zip split
          """);
    programs.put("tar", ShellFiles::tar);
    programs.put("dd", ShellFiles::dd);
    ShellCatalog.all(
        programs,
        ShellFiles::disk,
        """
          mkfs fdisk sfdisk gdisk sgdisk wipefs parted blkdiscard mkswap hdparm cryptsetup
          lvremove vgremove pvremove zpool zfs diskutil mdadm btrfs nvme
          """);
    programs.put("chmod", ShellFiles::chmod);
    ShellCatalog.all(programs, ShellFiles::chown, "chown chgrp");
    ShellCatalog.all(programs, ShellFiles::acl, "setfacl setcap chattr icacls cacls takeown");
    ShellCatalog.all(programs, ShellFiles::edit, "vi vim nvim ex ed nano emacs");
  }

  private static Flow delete(ShellCommand c, ShellReader r) {
    boolean recursive =
        c.hasLetter('r')
            || c.hasLetter('R')
            || c.has("--recursive", "/s", "/S")
            || c.name().equals("rd");
    List<String> targets = c.operands(1);
    for (String target : targets) {
      if (!isSwitch(target, c)) {
        r.effects().deletes(target, r.scope().folder(), recursive);
      }
    }
    if (c.has("--no-preserve-root")) {
      r.effects().mark(SHELL_IRREVERSIBLE);
    }
    if (targets.isEmpty()) {
      r.effects().mark(SHELL_DELETES);
    }
    r.effects().runs();
    return Flow.EMPTY;
  }

  private static boolean isSwitch(String word, ShellCommand c) {
    boolean windows = c.name().startsWith("d") || c.name().equals("erase") || c.name().equals("rd");
    return windows && word.length() == 2 && word.charAt(0) == '/';
  }

  private static Flow shred(ShellCommand c, ShellReader r) {
    for (String target : c.operands(1)) {
      if (Effects.isDisk(target)) {
        r.effects().mark(SHELL_WIPES_DISK);
      } else if (!ShellText.isNumber(target)) {
        r.effects().deletes(target, r.scope().folder(), c.hasLetter('r'));
      }
    }
    r.effects().mark(SHELL_IRREVERSIBLE);
    return Flow.EMPTY;
  }

  private static Flow truncate(ShellCommand c, ShellReader r) {
    boolean size = false;
    for (String target : c.operands(1)) {
      size = target.length() < 6 && ShellText.isNumber(target);
      if (!size) {
        r.effects().deletes(target, r.scope().folder(), false);
      }
    }
    return Flow.EMPTY;
  }

  private static Flow move(ShellCommand c, ShellReader r) {
    List<String> targets = c.operands(1);
    String last = targets.isEmpty() ? "" : targets.get(targets.size() - 1);
    for (int i = 0; i < targets.size() - 1; i++) {
      String from = targets.get(i);
      boolean gone = last.equals("/dev/null");
      boolean vital = Region.of(from, r.scope().folder()).compareTo(Region.SYSTEM) >= 0;
      if (gone || vital || Landmarks.isTrace(from)) {
        r.effects().deletes(from, r.scope().folder(), true);
      }
      renamed(from, last, r);
    }
    return place(last, r);
  }

  /** A program that is copied, linked or moved goes by another name from then on. */
  private static void disguised(String from, String to, ShellReader r) {
    String name = from.substring(from.lastIndexOf('/') + 1);
    String other = to.substring(to.lastIndexOf('/') + 1);
    boolean program = from.indexOf("bin/") >= 0 && ShellCatalog.isKnown(name);
    if (program && !other.isEmpty() && !other.equals(name) && !other.equals(".")) {
      r.scope().alias(LowerCase.of(other), name);
    }
  }

  private static boolean isPublished(String path) {
    String p = LowerCase.of(path);
    return p.contains("/www/")
        || p.contains("/html/")
        || p.contains("public_html")
        || p.contains("/htdocs/")
        || p.contains("wwwroot");
  }

  private static void renamed(String from, String to, ShellReader r) {
    disguised(from, to, r);
    Flow known = r.scope().file(from);
    Flow content =
        known == null && (r.effects().reads(from) || Landmarks.isPersonal(from))
            ? Flow.tainted(Landmarks.taints(from))
            : known;
    if (content != null) {
      r.scope().file(to, content);
      r.scope().file(to + "/" + from, content);
      if (content.is(Flow.SECRET) && isPublished(to)) {
        r.effects().uploads(Distance.EXTERNAL, content.taints());
      }
    }
    if (Landmarks.isWeights(from)) {
      r.effects().mark(SHELL_COPIES_WEIGHTS);
    }
  }

  private static Flow place(String target, ShellReader r) {
    r.effects().runs();
    if (!target.isEmpty() && !target.equals("/dev/null")) {
      r.effects().appends(target, r.scope().folder());
    }
    return Flow.EMPTY;
  }

  private static Flow copy(ShellCommand c, ShellReader r) {
    List<String> targets = c.operands(1);
    String last = targets.isEmpty() ? "" : targets.get(targets.size() - 1);
    boolean empties = c.word(1).equals("/dev/null") && targets.size() == 2;
    if (empties) {
      r.effects().deletes(last, r.scope().folder(), false);
    }
    for (int i = 0; i < targets.size() - 1; i++) {
      renamed(targets.get(i), last, r);
    }
    String into = c.option("-t", "--target-directory");
    return place(into.isEmpty() ? last : into, r);
  }

  private static Flow tee(ShellCommand c, ShellReader r) {
    boolean adds = c.has("-a", "--append");
    for (String target : c.operands(1)) {
      if (adds) {
        r.effects().appends(target, r.scope().folder());
        r.scope().append(target, r.input());
      } else {
        r.effects().writes(target, r.scope().folder());
        r.scope().file(target, r.input());
      }
    }
    return r.input();
  }

  private static Flow make(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_WRITES);
    int taints = r.input().taints();
    for (String target : c.operands(1)) {
      taints |= Landmarks.taints(target);
      taints |= origin(target, r);
      if (Region.of(target, r.scope().folder()).compareTo(Region.SYSTEM) >= 0) {
        r.effects().mark(SHELL_WRITES_SYSTEM);
      }
    }
    boolean moves = (c.name().endsWith("zip") && c.hasLetter('m')) || c.has("-sdel", "--move");
    if (moves) {
      List<String> targets = c.operands(1);
      targets.stream().skip(1).forEach(t -> r.effects().deletes(t, r.scope().folder(), true));
    }
    packed(c, taints, r);
    String fed = r.input().text();
    boolean unpacks = c.hasLetter('d') || c.name().endsWith("gunzip") || c.name().startsWith("un");
    boolean passes = unpacks && c.operands(1).isEmpty() && fed != null && !fed.isEmpty();
    return passes ? r.input() : Flow.tainted(taints);
  }

  /** An archive, or the parts of a file, hold what they are made of. */
  private static void packed(ShellCommand c, int taints, ShellReader r) {
    List<String> targets = c.operands(1);
    if ((taints & ~Flow.LOCAL) == 0 || targets.isEmpty()) {
      return;
    }
    String first = targets.get(0);
    String last = c.last();
    switch (c.name().substring(c.name().lastIndexOf('/') + 1)) {
      case "zip", "patch" -> r.scope().file(first, Flow.tainted(taints));
      case "7z" -> r.scope().file(c.operand(1), Flow.tainted(taints));
      case "gzip" -> r.scope().file(last + ".gz", Flow.tainted(taints));
      case "gunzip", "bunzip2", "unxz" ->
          r.scope()
              .file(last.substring(0, Math.max(0, last.lastIndexOf('.'))), Flow.tainted(taints));
      case "split" -> {
        String stem = targets.size() > 1 && !last.equals(first) ? last : "x";
        for (String end : List.of("aa", "ab", "ac", "ad", "00", "01", "02")) {
          r.scope().file(stem + end, Flow.tainted(taints));
        }
      }
      default -> {}
    }
  }

  private static int origin(String path, ShellReader r) {
    Flow known = r.scope().file(path);
    return known == null ? 0 : known.taints();
  }

  private static Flow tar(ShellCommand c, ShellReader r) {
    String action = c.option("--checkpoint-action", "--to-command", "-I", "--use-compress-program");
    if (!action.isEmpty()) {
      r.line(action.startsWith("exec=") ? action.substring(5) : action);
    }
    int taints = r.input().taints() | Flow.LOCAL;
    for (String target : c.operands(1)) {
      taints |= Landmarks.taints(target);
      taints |= origin(target, r);
    }
    boolean lists = c.word(1).indexOf('t') >= 0 && c.word(1).length() < 6;
    if (!lists) {
      r.effects().mark(SHELL_WRITES);
    }
    if (c.has("--remove-files")) {
      r.effects().deletes(c.last(), r.scope().folder(), true);
    }
    archive(c, taints, r);
    return Flow.tainted(taints);
  }

  private static void archive(ShellCommand c, int taints, ShellReader r) {
    String named = c.option("-f", "--file");
    boolean grouped = named.isEmpty() && c.word(1).indexOf('f') >= 0;
    String archive = grouped ? c.word(2) : named;
    if (!archive.isEmpty() && !archive.equals("-")) {
      r.scope().file(archive, Flow.tainted(taints));
    }
  }

  private static Flow dd(ShellCommand c, ShellReader r) {
    String from = c.option("if");
    Flow content = from.isEmpty() ? r.input() : r.content(from);
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i);
      if (word.startsWith("of=")) {
        String target = word.substring(3);
        r.effects().writes(target, r.scope().folder());
        r.scope().file(target, content);
        if (c.has("if=/dev/zero", "if=/dev/urandom", "if=/dev/null")
            && r.effects().marked(SHELL_WRITES_SYSTEM)) {
          r.effects().deletes(target, r.scope().folder(), false);
        }
      }
    }
    return content;
  }

  private static Flow disk(ShellCommand c, ShellReader r) {
    boolean lists =
        c.has("-l", "--list", "list", "print", "info", "status", "-p", "get", "-I", "-i", "show");
    boolean onFile = c.operand(0).endsWith(".img");
    if (!lists && !onFile) {
      r.effects().mark(SHELL_WIPES_DISK);
    }
    return Flow.EMPTY;
  }

  private static Flow chmod(ShellCommand c, ShellReader r) {
    String mode =
        c.word(1).startsWith("-")
                && c.word(1).length() > 1
                && Character.isUpperCase(c.word(1).charAt(1))
            ? c.word(2)
            : c.word(1);
    boolean octal = ShellText.isNumber(mode) && mode.length() <= 5;
    boolean everybody =
        octal
            ? "2367".indexOf(mode.charAt(mode.length() - 1)) >= 0
            : (mode.startsWith("a+") && mode.indexOf('w') > 0)
                || (mode.startsWith("o+") && mode.indexOf('w') > 0)
                || (mode.contains("ugo+") && mode.indexOf('w') > 0);
    boolean elevates =
        octal
            ? mode.length() == 4 && "46".indexOf(mode.charAt(0)) >= 0
            : mode.indexOf('+') >= 0 && mode.indexOf('s') > mode.indexOf('+');
    boolean vital = Region.of(c.last(), r.scope().folder()).compareTo(Region.SYSTEM) >= 0;
    r.effects().runs();
    if (elevates) {
      r.effects().mark(SHELL_ELEVATES);
    }
    if (everybody || vital) {
      r.effects().mark(SHELL_PERMISSIONS);
    }
    if (vital) {
      r.effects().mark(SHELL_WRITES_SYSTEM);
    }
    if (everybody && Landmarks.isSecret(c.last())) {
      r.effects().mark(SHELL_READS_SECRETS);
    }
    return Flow.EMPTY;
  }

  private static Flow chown(ShellCommand c, ShellReader r) {
    r.effects().runs();
    if (Region.of(c.last(), r.scope().folder()).compareTo(Region.SYSTEM) >= 0) {
      r.effects().mark(SHELL_PERMISSIONS);
      r.effects().mark(SHELL_WRITES_SYSTEM);
    }
    return Flow.EMPTY;
  }

  private static Flow acl(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_PERMISSIONS);
    if (c.hasPrefix("cap_set") || c.hasPrefix("cap_sys") || c.hasPrefix("cap_dac")) {
      r.effects().mark(SHELL_ELEVATES);
    }
    return Flow.EMPTY;
  }

  private static Flow edit(ShellCommand c, ShellReader r) {
    for (int i = 1; i < c.size(); i++) {
      int bang = c.word(i).indexOf('!');
      if (bang >= 0 && bang < 3 && (c.word(i - 1).equals("-c") || c.word(i).startsWith("+"))) {
        r.line(c.word(i).substring(bang + 1));
      }
    }
    return place(c.last(), r);
  }
}
