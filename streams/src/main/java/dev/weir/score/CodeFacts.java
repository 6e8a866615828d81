/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers the facts of the code view. */
final class CodeFacts {
  private static final Set<String> ALONE =
      Set.of(
          "delete",
          "terminate",
          "destroy",
          "refund",
          "deploy",
          "transfer",
          "revoke",
          "purge",
          "train");
  private static final List<String> CLOUDS =
      List.of(
          "google.cloud",
          "googleapiclient",
          "azure.",
          "@azure/",
          "@aws-sdk/",
          "aws-sdk",
          "@google-cloud/",
          "oci",
          "digitalocean",
          "hcloud",
          "pulumi",
          "openstack",
          "libcloud",
          "@kubernetes/");
  private static final int MAX_NAMES = 200;
  private static final int MAX_HANDED = 20;

  private final Map<Fact, Object> facts = new EnumMap<>(Fact.class);
  private final Set<String> calls = new LinkedHashSet<>();
  private final Set<String> does = new LinkedHashSet<>(4);
  private final Set<String> imports = new LinkedHashSet<>();
  private final Set<String> defined = new LinkedHashSet<>(0);
  private final List<String> handed = new ArrayList<>(0);
  private boolean runsUnknown;
  private boolean deletesUnknown;
  private boolean read;
  private boolean walks;
  private boolean shell;
  private boolean unlinks;
  private boolean removesFolders;
  private boolean acts;

  void mark(Fact fact) {
    facts.put(fact, true);
  }

  boolean marked(Fact fact) {
    return facts.containsKey(fact);
  }

  /** Files whose names are not known are emptied. */
  void emptied() {
    unlinks = true;
  }

  /** A shell by itself is started, for whoever speaks to it. */
  void startsShell() {
    shell = true;
  }

  boolean shellStarted() {
    return shell;
  }

  /** It walks through a folder and removes its files one by one. */
  boolean empties() {
    return walks && unlinks;
  }

  /** It removes the folders too. */
  boolean emptiesFolders() {
    return removesFolders;
  }

  void call(String name) {
    walks |= name.startsWith("readdir") || name.equals("scandir");
    walks |= name.equals("listdir") || name.equals("walk") || name.equals("iterdir");
    walks |= name.equals("rglob") || name.equals("glob") || name.equals("iglob");
    unlinks |= name.startsWith("unlink") || name.equals("remove") || name.startsWith("rmSync");
    removesFolders |= name.startsWith("rmdir") || name.equals("rglob") || name.equals("walk");
    if (calls.size() < MAX_NAMES && calls.add(Words.normal(name)) && saysMuch(name)) {
      does.addAll(Naming.of(name).verbs());
    }
  }

  /** A name of two words or more, or one that no plain list or file has: no {@code remove}. */
  private static boolean saysMuch(String name) {
    if (ALONE.contains(name)) {
      return true;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' || (c >= 'A' && c <= 'Z')) {
        return true;
      }
    }
    return false;
  }

  /** The program says what this name of its own does. */
  void defines(String name) {
    if (defined.size() < MAX_NAMES) {
      defined.add(name);
    }
  }

  /** A function of the program's own is given these. */
  void hands(String name, List<CodeValue> arguments) {
    if (defined.contains(name) && handed.size() < MAX_HANDED) {
      for (CodeValue argument : arguments) {
        String text = argument.text();
        if (text != null && text.length() < 2_000) {
          handed.add(text);
        }
      }
    }
  }

  List<String> handed() {
    return handed;
  }

  /** It runs a command that is not known where it stands. */
  void runUnknown() {
    runsUnknown = true;
  }

  boolean runsUnknown() {
    return runsUnknown;
  }

  /** It deletes a folder that is not known where it stands. */
  void deleteUnknown() {
    deletesUnknown = true;
  }

  boolean deletesUnknown() {
    return deletesUnknown;
  }

  void imported(String module) {
    if (imports.size() < MAX_NAMES && module.length() < 100) {
      imports.add(module);
    }
  }

  /** Some cloud's own library is loaded. */
  boolean importsCloud() {
    for (String module : imports) {
      for (String cloud : CLOUDS) {
        if (module.startsWith(cloud)) {
          return true;
        }
      }
    }
    return false;
  }

  boolean imports(String module) {
    return imports.contains(module);
  }

  /** Program text was found. */
  void present() {
    read = true;
  }

  /** The program does what a command line could do, so that the shell view tells of it. */
  void act() {
    acts = true;
  }

  boolean acts() {
    return acts;
  }

  Map<Fact, Object> facts(boolean nested) {
    if (!read) {
      return Map.of();
    }
    facts.put(CODE_PRESENT, true);
    facts.put(CODE_CALLS, List.copyOf(calls));
    facts.put(CODE_DOES, List.copyOf(does));
    facts.put(CODE_IMPORTS, List.copyOf(imports));
    return facts;
  }
}
