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

/** Programs that start others: shells, interpreters, xargs, find, ssh, su, at, make. */
final class ShellStarters {
  private static final Set<String> EXECS = Set.of("-exec", "-execdir", "-ok", "-okdir");

  private ShellStarters() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs, ShellStarters::shell, "sh bash zsh dash ksh ash fish mksh rbash csh tcsh");
    ShellCatalog.all(
        programs,
        ShellStarters::interpreter,
        """
          python pypy ipython perl ruby node nodejs php deno bun lua rscript r julia
          osascript groovy jshell tsx ts-node irb raku elixir crystal guile racket bb scala
          jruby jython octave gjs qjs
          """);
    programs.put("eval", ShellStarters::eval);
    ShellCatalog.all(programs, ShellStarters::source, "source .");
    ShellCatalog.all(programs, ShellStarters::xargs, "xargs parallel");
    programs.put("find", ShellStarters::find);
    ShellCatalog.all(
        programs, ShellStarters::remote, "ssh mosh autossh sshpass pdsh clush parallel-ssh pssh");
    ShellCatalog.all(programs, ShellStarters::substitute, "su runuser script nsenter newgrp");
    ShellCatalog.all(
        programs,
        ShellStarters::ansible,
        """
          ansible salt ansible-playbook knife fab puppet chef-client cap
          """);
  }

  private static Flow shell(ShellCommand c, ShellReader r) {
    r.effects().runs();
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i);
      if (word.startsWith("-") && !word.startsWith("--") && word.indexOf('c') > 0) {
        return commandLine(c, i + 1, r);
      }
      if (!word.startsWith("-") && !word.startsWith("+")) {
        return script(c, i, "sh", r);
      }
      i += word.equals("-o") || word.equals("--rcfile") || word.equals("--init-file") ? 1 : 0;
    }
    interactive(c, r);
    r.interpretInput("sh");
    return Flow.UNKNOWN;
  }

  private static Flow commandLine(ShellCommand c, int at, ShellReader r) {
    String line = c.word(at);
    int taints = Flow.taints(line);
    if ((taints & (Flow.DOWNLOADED | Flow.DECODED | Flow.MADE)) != 0) {
      r.judgeOrigin(Flow.tainted(taints));
    } else if (!line.isEmpty() && Flow.isMark(line.charAt(0))) {
      r.effects().mark(SHELL_DYNAMIC);
    }
    for (int i = at + 2; i < Math.min(c.size(), at + 11); i++) {
      r.scope().assign(Integer.toString(i - at - 1), List.of(c.word(i)));
    }
    if (at + 1 < c.size()) {
      r.scope().assign("0", List.of(c.word(at + 1)));
    }
    if (at + 2 < c.size()) {
      r.scope().assign("@", c.words.subList(at + 2, c.size()));
    }
    return r.line(line);
  }

  private static void interactive(ShellCommand c, ShellReader r) {
    boolean connected =
        c.inputFile.startsWith("/dev/tcp/")
            || (ShellText.isNumber(c.inputFile)
                && (r.scope().connected() || r.effects().marked(SHELL_NETWORK)))
            || c.writes.stream().anyMatch(w -> w.startsWith("/dev/tcp/"));
    if (connected || (c.hasLetter('i') && r.effects().marked(SHELL_LISTENS))) {
      r.effects().mark(SHELL_REMOTE_SHELL);
    }
  }

  private static Flow script(ShellCommand c, int at, String language, ShellReader r) {
    String path = c.word(at);
    int taints = Flow.taints(path);
    Flow known =
        path.startsWith("http://") || path.startsWith("https://")
            ? Flow.tainted(Flow.DOWNLOADED)
            : r.content(path);
    for (int i = at + 1; i < Math.min(c.size(), at + 10); i++) {
      r.scope().assign(Integer.toString(i - at), List.of(c.word(i)));
    }
    r.interpret(known.with(taints & Flow.DOWNLOADED), language);
    return Flow.tainted(r.input().taints() & Flow.SECRET);
  }

  private static Flow interpreter(ShellCommand c, ShellReader r) {
    r.effects().runs();
    String language = ShellNames.of(c, r);
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i);
      boolean library = word.startsWith("-M") || word.startsWith("-I") || word.length() > 12;
      boolean inline =
          !library
              && word.startsWith("-")
              && !word.startsWith("--")
              && (word.endsWith("c")
                  || word.endsWith("e")
                  || word.endsWith("E")
                  || (word.endsWith("r") && language.startsWith("php"))
                  || (word.equals("-p") && language.startsWith("node")));
      if ((inline && i + 1 < c.size()) || word.equals("--eval") || word.equals("eval")) {
        String fed = r.input().text();
        String line = fed == null || fed.length() > 4_000 ? "" : fed.strip();
        if (word.indexOf('n') > 0 || word.indexOf('p') > 0) {
          r.scope().assign("_", List.of(line));
        }
        Flow printed = r.program(Flow.ofWord(c.word(i + 1)), language);
        if (!line.isEmpty() && r.runsInput()) {
          r.interpret(Flow.of(line), "sh");
          r.interpret(Flow.of(line), language);
        }
        return printed.with(r.input().taints());
      }
      if (word.equals("-m")) {
        return module(c, i + 1, r);
      }
      if (!word.startsWith("-") && !word.equals("run")) {
        return script(c, i, language, r);
      }
    }
    r.interpretInput(language);
    return Flow.UNKNOWN;
  }

  private static Flow module(ShellCommand c, int at, ShellReader r) {
    String module = c.word(at);
    List<String> rest = c.words.subList(Math.min(at, c.size()), c.size());
    switch (module) {
      case "pip", "ensurepip", "pip3", "conda", "uv" -> r.run(c.with(rest));
      case "http.server", "SimpleHTTPServer" -> {
        String root = c.option("-d", "--directory");
        if (Set.of("/", "/etc", "/root", "~", "/home").contains(root)) {
          r.effects().uploads(Distance.EXTERNAL, Flow.SECRET);
        }
        for (String folder : c.operands(at + 1)) {
          if (r.effects().reads(folder)) {
            r.effects().uploads(Distance.EXTERNAL, Flow.SECRET);
          }
        }
        if (!c.hasPrefix("127.") && !c.has("localhost")) {
          r.effects().mark(SHELL_LISTENS);
        }
      }
      case "base64" -> {
        return r.run(c.with(rest));
      }
      case "twine", "build" -> r.run(c.with(rest));
      default -> {}
    }
    return Flow.UNKNOWN;
  }

  /** Which language a text is written in, by its first line. */
  static String language(Flow text) {
    String t = text.text();
    if (t == null || !t.startsWith("#!")) {
      return "sh";
    }
    String first = t.substring(0, Math.min(80, t.indexOf('\n') < 0 ? t.length() : t.indexOf('\n')));
    for (String name : List.of("python", "node", "perl", "ruby", "php")) {
      if (first.contains(name)) {
        return name;
      }
    }
    return "sh";
  }

  private static Flow eval(ShellCommand c, ShellReader r) {
    r.effects().runs();
    String line = c.rest(1);
    Flow flow = Flow.ofWord(line);
    if (flow.is(Flow.DOWNLOADED | Flow.DECODED | Flow.MADE)) {
      r.judgeOrigin(flow);
    } else if (line.startsWith("$") && line.indexOf(' ') < 0) {
      r.effects().mark(SHELL_OPAQUE);
    }
    return r.line(line);
  }

  private static Flow source(ShellCommand c, ShellReader r) {
    Flow content = r.content(c.word(1));
    r.effects().runs();
    r.interpret(content, "sh");
    return Flow.UNKNOWN;
  }

  private static Flow xargs(ShellCommand c, ShellReader r) {
    int i = 1;
    String place = "";
    while (i < c.size() && c.word(i).startsWith("-")) {
      String option = c.word(i);
      boolean valued = option.length() == 2 && "IiLnPsEadj".indexOf(option.charAt(1)) >= 0;
      place =
          option.startsWith("-I") || option.startsWith("-i")
              ? (valued ? c.word(i + 1) : option.substring(2))
              : place;
      i += valued && !option.equals("-i") ? 2 : 1;
    }
    List<String> words = new ArrayList<>(c.words.subList(Math.min(i, c.size()), c.size()));
    String list = c.option("-a", "--arg-file");
    String text = list.isEmpty() ? r.input().text() : r.content(list).text();
    String more = text == null ? Flow.tainted(r.input().taints()).word() : text.strip();
    if (words.isEmpty() && text != null && text.length() < 2_000) {
      ShellHanded.begins(ShellText.words(more, 50), c, r);
      return r.input();
    }
    if (words.isEmpty()) {
      return r.input();
    }
    if (!place.isEmpty() && more.length() < 2_000) {
      String from = place;
      words.replaceAll(w -> w.length() < 1_000 && w.contains(from) ? w.replace(from, more) : w);
    } else {
      words.addAll(more.length() > 4_000 ? List.of(more) : ShellText.words(more, 50));
    }
    boolean deleted = r.effects().marked(SHELL_DELETES);
    Flow printed = again(c, words, r);
    if (!deleted && r.effects().marked(SHELL_DELETES)) {
      ShellHanded.listed(text, r);
    }
    return printed;
  }

  /** Reads words as a command of its own, wrappers and all. */
  static Flow again(ShellCommand c, List<String> words, ShellReader r) {
    return words.isEmpty() ? Flow.UNKNOWN : r.again(c.with(words));
  }

  private static Flow find(ShellCommand c, ShellReader r) {
    String start = c.word(1).startsWith("-") || c.size() < 2 ? "." : c.word(1);
    String pattern = c.option("-name", "-iname", "-path");
    boolean all = pattern.isEmpty() || pattern.equals("*");
    String found = all ? start : start + (start.endsWith("/") ? "any/" : "/any/") + pattern;
    for (int i = 1; i < c.size(); i++) {
      if (c.word(i).equals("-delete")) {
        r.effects().deletes(found, r.scope().folder(), true);
      } else if (EXECS.contains(c.word(i))) {
        i = exec(c, i + 1, found, r);
      } else if (c.word(i).startsWith("-fprint")) {
        r.effects().writes(c.word(i + 1), r.scope().folder());
      }
    }
    return Flow.of(found + "\n").with(Flow.LOCAL);
  }

  private static int exec(ShellCommand c, int from, String found, ShellReader r) {
    int end = from;
    List<String> words = new ArrayList<>();
    while (end < c.size() && !c.word(end).equals(";") && !c.word(end).equals("+")) {
      words.add(c.word(end).equals("{}") ? found : c.word(end));
      end++;
    }
    boolean wasReading = r.effects().marked(SHELL_DELETES);
    again(c, words, r);
    if (!wasReading && r.effects().marked(SHELL_DELETES)) {
      r.effects().deletes(found, r.scope().folder(), true);
    }
    return end;
  }

  private static Flow remote(ShellCommand c, ShellReader r) {
    r.effects().runs();
    r.effects().mark(SHELL_NETWORK);
    int i = 1;
    while (i < c.size() && c.word(i).startsWith("-")) {
      tunnel(c.word(i), r);
      i +=
          c.word(i).length() == 2 && "bcDEeFIiJLlmOopQRSWwp".indexOf(c.word(i).charAt(1)) >= 0
              ? 2
              : 1;
    }
    if (c.name().endsWith("sshpass")) {
      return again(c, c.words.subList(Math.min(i, c.size()), c.size()), r);
    }
    Distance distance = r.effects().host(Distance.host(c.word(i)));
    if (r.input().is(Flow.LOCAL | Flow.SECRET)) {
      r.effects().uploads(distance, r.input().taints());
    }
    String fed = r.input().text();
    String line = i + 1 < c.size() ? c.rest(i + 1) : fed == null ? "" : fed;
    if (!line.isEmpty()) {
      r.effects().mark(SHELL_REMOTE);
      return r.line(line).with(Flow.DOWNLOADED);
    }
    return Flow.tainted(Flow.DOWNLOADED);
  }

  private static void tunnel(String option, ShellReader r) {
    if (option.startsWith("-R")) {
      r.effects().mark(SHELL_REMOTE_SHELL);
    } else if (option.startsWith("-D") || option.startsWith("-L")) {
      r.effects().mark(SHELL_LISTENS);
    }
  }

  private static Flow substitute(ShellCommand c, ShellReader r) {
    r.effects().runs();
    String name = c.name();
    if (!name.endsWith("script")) {
      r.effects().mark(SHELL_SUDO);
    }
    if (name.endsWith("nsenter")
        && (c.has("1") || c.hasPrefix("--target=1") || c.hasPrefix("-t1"))) {
      r.effects().mark(SHELL_ESCAPES);
    }
    String line = c.option("-c", "--command", "-qc", "-lc");
    if (!line.isEmpty()) {
      return r.line(line);
    }
    int dashes = c.words.indexOf("--");
    if (dashes > 0) {
      return again(c, c.words.subList(dashes + 1, c.size()), r);
    }
    r.interpret(r.input(), "sh");
    return Flow.UNKNOWN;
  }

  private static Flow ansible(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_REMOTE);
    if (!c.has("--check", "--syntax-check", "--list-hosts")) {
      r.effects().mark(SHELL_CHANGES_INFRASTRUCTURE);
    }
    if (c.has("all", "*") || c.has("'*'")) {
      r.effects().mark(SHELL_EVERYTHING);
    }
    String line = c.option("-a", "--args", "cmd.run");
    if (line.contains("state=absent")) {
      for (String word : ShellText.words(line, 10)) {
        boolean path = word.startsWith("path=") || word.startsWith("dest=");
        if (path || word.startsWith("name=")) {
          r.effects().deletes(word.substring(5), r.scope().folder(), true);
        }
      }
    }
    return line.isEmpty() ? Flow.UNKNOWN : r.line(line);
  }
}
