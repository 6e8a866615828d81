/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Where a path of a command line lies, by what is lost if it is deleted. In the order of the loss:
 * what can be made again, a part of the work at hand, the whole of it, a part of the system or of
 * its data, the whole of a person's home or of the machine.
 */
enum Region {
  SCRATCH,
  FILE,
  FOLDER,
  TREE,
  SYSTEM,
  ROOT;

  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_SEGMENTS = 60;

  private static final Set<String> REBUILT =
      Names.of(
          """
          build dist target out node_modules __pycache__ .pytest_cache tmp temp
          .mypy_cache .tox .nox .venv venv .cache coverage htmlcov .coverage .gradle .next
          .nuxt .eggs .ruff_cache _build bin obj .parcel-cache .turbo .hypothesis debug
          release .terraform .ipynb_checkpoints
          """);
  private static final List<String> REBUILT_ENDS =
      List.of(".egg-info", ".pyc", ".pyo", ".o", ".tmp", ".class", ".swp", ".orig", ".rej", "~");
  private static final Set<String> SYSTEM_TOPS =
      Set.of(
          "etc",
          "usr",
          "var",
          "bin",
          "sbin",
          "lib",
          "lib64",
          "boot",
          "opt",
          "srv",
          "dev",
          "sys",
          "proc",
          "library",
          "system",
          "applications",
          "windows",
          "program files",
          "programdata");

  /** The others that a file system begins with: people's, data, and what comes and goes. */
  private static final Set<String> OTHER_TOPS =
      Set.of("home", "root", "users", "data", "mnt", "media", "run", "net");

  private static final Set<String> PERSONAL =
      Names.of(
          """
          documents desktop pictures downloads movies music .ssh .gnupg .config mail .aws
          .kube
          """);
  private static final Set<String> HOMES =
      Set.of(
          "~", "$home", "${home}", "%userprofile%", "$env:userprofile", "$env:home", "%homepath%");
  private static final Set<String> MACHINES =
      Set.of("%systemroot%", "%windir%", "$env:systemroot", "$env:windir", "%systemdrive%");

  /** The place of a path, seen from a working directory ("" if that is not known). */
  static Region of(String path, String from) {
    if (path.length() > MAX_LENGTH) {
      return FOLDER;
    }
    String p = LowerCase.of(path).replace('\\', '/');
    boolean relative = isRelative(p);
    if (relative && !from.isEmpty()) {
      p = LowerCase.of(from) + "/" + p;
      relative = isRelative(p);
    }
    return place(segments(p), relative, p.startsWith("/"));
  }

  static boolean isRelative(String path) {
    char first = path.isEmpty() ? '.' : path.charAt(0);
    boolean drive = path.length() > 1 && path.charAt(1) == ':' && Character.isLetter(first);
    int end = path.indexOf('/');
    String head = end < 0 ? path : path.substring(0, end);
    return first != '/'
        && first != '~'
        && !drive
        && !HOMES.contains(head)
        && !MACHINES.contains(head);
  }

  /** The parts of a path, with . and .. resolved as far as they can be; a glob for all is none. */
  private static String[] segments(String path) {
    String[] parts = new String[MAX_SEGMENTS];
    int n = 0;
    StringTokenizer tokens = new StringTokenizer(path, "/");
    while (tokens.hasMoreTokens() && n < MAX_SEGMENTS) {
      String part = tokens.nextToken();
      boolean all = part.equals("*") || part.equals(".*") || part.equals("*.*");
      if (part.equals("..") && n > 0 && !parts[n - 1].equals("..")) {
        n--;
      } else if (!part.equals(".") && !(all && !tokens.hasMoreTokens())) {
        parts[n++] = part;
      }
    }
    return java.util.Arrays.copyOf(parts, n);
  }

  private static Region place(String[] parts, boolean relative, boolean absolute) {
    if (relative) {
      return parts.length == 0 || parts[0].equals("..") || parts[0].equals(".git")
          ? TREE
          : rebuilt(parts, 0) ? SCRATCH : FOLDER;
    }
    if (parts.length == 0) {
      return ROOT;
    }
    String top = parts[0];
    if (HOMES.contains(top) || (top.startsWith("~") && !absolute)) {
      return home(parts, 1);
    }
    boolean drive = top.length() == 2 && top.charAt(1) == ':';
    if (drive || MACHINES.contains(top)) {
      return parts.length == 1
          ? ROOT
          : place(java.util.Arrays.copyOfRange(parts, 1, parts.length), false, true);
    }
    return absolute(parts, top);
  }

  private static Region absolute(String[] parts, String named) {
    String top = parts.length > 1 ? top(named) : named;
    if (top.equals("tmp")
        || (top.equals("run") && parts.length > 1)
        || (parts.length > 1 && isTemporary(top, parts[1]))) {
      return SCRATCH;
    }
    if (top.equals("root")) {
      return home(parts, 1);
    }
    if (top.equals("home") || top.equals("users")) {
      return home(parts, 2);
    }
    if (parts.length == 1) {
      boolean unknown = top.indexOf('$') >= 0 || top.indexOf('*') >= 0 || top.indexOf('?') >= 0;
      return SYSTEM_TOPS.contains(top) || OTHER_TOPS.contains(top) || unknown ? ROOT : TREE;
    }
    if (SYSTEM_TOPS.contains(top)) {
      return isCache(parts) ? SCRATCH : SYSTEM;
    }
    return rebuilt(parts, 1) ? SCRATCH : parts[parts.length - 1].equals(".git") ? TREE : FOLDER;
  }

  /** The first folder that a pattern may stand for. */
  private static String top(String name) {
    boolean glob = name.indexOf('?') >= 0 || name.indexOf('*') >= 0 || name.indexOf('[') >= 0;
    if (!glob) {
      return name;
    }
    for (String known : SYSTEM_TOPS) {
      if (ShellNames.matches(name, known)) {
        return "srv";
      }
    }
    return name;
  }

  private static boolean isTemporary(String top, String second) {
    return (top.equals("var") && (second.equals("tmp") || second.equals("cache")))
        || (top.equals("var") && (second.equals("run") || second.equals("lock")))
        || (top.equals("private") && second.equals("tmp"))
        || (top.equals("dev") && (second.equals("shm") || second.equals("null")))
        || (top.equals("windows") && second.equals("temp"));
  }

  private static boolean isCache(String[] parts) {
    return parts.length > 3
        && parts[1].equals("lib")
        && parts[2].equals("apt")
        && parts[3].equals("lists");
  }

  private static Region home(String[] parts, int own) {
    if (parts.length <= own) {
      return ROOT;
    }
    if (rebuilt(parts, own)) {
      return SCRATCH;
    }
    return parts.length == own + 1 && PERSONAL.contains(parts[own]) ? TREE : FOLDER;
  }

  private static boolean rebuilt(String[] parts, int from) {
    for (int i = from; i < parts.length; i++) {
      if (REBUILT.contains(parts[i])) {
        return true;
      }
    }
    String last = parts.length > from ? parts[parts.length - 1] : "";
    for (String end : REBUILT_ENDS) {
      if (last.endsWith(end)) {
        return true;
      }
    }
    return false;
  }
}
