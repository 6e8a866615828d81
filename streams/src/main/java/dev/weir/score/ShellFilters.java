/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/** Programs that read and print: what flows out of them, and what decoding makes of it. */
final class ShellFilters {
  private static final int MAX_TEXT = 8 << 10;

  private ShellFilters() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellFilters::pass,
        """
          cat grep egrep fgrep zgrep rg ag ack less more pv bat zless csvcut get-content gc
          type select-string out-string more
          """);
    ShellCatalog.all(
        programs,
        ShellFilters::nothing,
        """
          dir wc whereis stat du df tree diff cmp sdiff date whoami id
          uname test [ [[ true false basename dirname realpath readlink hostname tty pwd
          sleep wait exit return break continue fi done esac case in : shift local unset
          ps top htop free uptime w who last groups locale lscpu lsblk lsof netstat ss
          ifconfig md5sum sha1sum sha256sum cksum man help info clear reset seq expr
          let getopts ulimit umask jobs fg bg disown popd dirs locate nproc arch
          getent pdftotext tput stty readelf nm objdump ldd get-childitem
          get-process get-service get-item get-location test-path get-date get-command
          get-help write-host get-acl systeminfo tasklist ipconfig ver vmstat iostat dmesg
          lsmod lspci lsusb mount sar cloc yes look ncdu exa eza fd xclip
          """);
    ShellCatalog.all(programs, ShellFilters::list, "ls ll");
    programs.put("trap", ShellFilters::trap);
    ShellCatalog.all(programs, ShellFilters::where, "which where -v -V");
    ShellCatalog.all(programs, ShellFilters::dump, "env printenv");
    ShellCatalog.all(programs, ShellFilters::lines, "mapfile readarray");
    programs.put("file", ShellFilters::file);
    ShellCatalog.all(programs, ShellFilters::echo, "echo write-output");
    ShellCatalog.all(programs, ShellFilters::processes, "pidof pgrep");
    programs.put("printf", ShellFilters::printf);
    programs.put("read", ShellFilters::read);
    ShellCatalog.all(programs, ShellFilters::enter, "cd pushd set-location chdir");
    programs.put("alias", ShellFilters::alias);
    programs.put("hash", ShellFilters::hash);
  }

  /** What its files or its input hold. */
  static Flow pass(ShellCommand c, ShellReader r) {
    int taints = 0;
    Flow only = null;
    int sources = 0;
    for (int i = 1; i < c.size(); i++) {
      String word = c.words.get(i);
      boolean option = !word.isEmpty() && word.charAt(0) == '-';
      Flow known = option ? null : r.scope().file(word);
      if (known != null) {
        only = known;
        taints |= known.taints();
        sources++;
      } else if (!option && word.length() > 2) {
        taints |= Landmarks.taints(word);
      }
    }
    boolean narrows = c.size() > 1 && !c.name().endsWith("cat");
    if (sources == 1 && only != null && c.size() == 2) {
      return only;
    }
    if (sources > 1 && c.name().endsWith("cat")) {
      return all(c, r, taints);
    }
    if (sources > 0 || (taints != 0 && r.input().taints() == 0 && r.input().text() == null)) {
      return Flow.tainted(taints);
    }
    Flow in = r.input();
    return in.text() != null && !in.text().isEmpty() && !narrows
        ? in
        : in.unknown().with(taints | (c.size() > 1 ? in.taints() : 0));
  }

  /** What several files hold, one after the other. */
  private static Flow all(ShellCommand c, ShellReader r, int taints) {
    StringBuilder text = new StringBuilder();
    for (String path : c.operands(1)) {
      Flow known = path.equals("-") ? r.input() : r.scope().file(path);
      if (known == null || known.text() == null || text.length() > MAX_TEXT) {
        return Flow.tainted(taints);
      }
      text.append(known.text());
    }
    return new Flow(text.toString(), taints);
  }

  private static Flow nothing(ShellCommand c, ShellReader r) {
    return Flow.UNKNOWN;
  }

  /** Names as they are written, where a list says no more than that. */
  private static Flow list(ShellCommand c, ShellReader r) {
    List<String> paths = c.operands(1);
    boolean same = !paths.isEmpty() && (c.hasLetter('d') || c.rest(1).indexOf('*') >= 0);
    return same && c.rest(1).length() < 1_000
        ? Flow.of(String.join("\n", paths) + "\n").with(Flow.LOCAL)
        : Flow.UNKNOWN;
  }

  /** What is run when the shell ends or is told something. */
  private static Flow trap(ShellCommand c, ShellReader r) {
    String line = c.word(1);
    if (c.size() > 2 && line.length() > 2 && !line.startsWith("-")) {
      r.line(line);
    }
    return Flow.UNKNOWN;
  }

  /** Where a program lies: in a folder of programs. */
  private static Flow where(ShellCommand c, ShellReader r) {
    String name = c.last();
    return name.isEmpty() || Flow.isUnknown(name) || name.indexOf('/') >= 0
        ? Flow.ofWord(name)
        : Flow.of("/usr/bin/" + name + "\n");
  }

  /** Another language's word for deleting, or what a file is. */
  private static Flow file(ShellCommand c, ShellReader r) {
    if (c.word(1).equals("delete")) {
      for (String target : c.operands(2)) {
        r.effects().deletes(target, r.scope().folder(), true);
      }
    }
    return Flow.UNKNOWN;
  }

  private static Flow lines(ShellCommand c, ShellReader r) {
    String text = r.input().text();
    String name = c.size() > 1 && !c.last().startsWith("-") ? c.last() : "MAPFILE";
    if (ShellText.assignment(name + "=") > 0) {
      boolean known = text != null && text.length() < MAX_TEXT;
      r.scope()
          .assign(
              name,
              known && text != null
                  ? List.of(text.strip().split("\n", 200))
                  : List.of(Flow.tainted(r.input().taints()).word()));
    }
    return Flow.EMPTY;
  }

  /** Numbers of processes, by whose names they go on. */
  private static Flow processes(ShellCommand c, ShellReader r) {
    return Flow.of(c.last());
  }

  private static Flow dump(ShellCommand c, ShellReader r) {
    return Flow.tainted(c.size() > 1 ? 0 : Flow.SECRET | Flow.LOCAL);
  }

  private static Flow echo(ShellCommand c, ShellReader r) {
    int from = 1;
    boolean escapes = false;
    boolean bare = false;
    while (from < c.size()
        && c.word(from).length() > 1
        && c.word(from).charAt(0) == '-'
        && "neE".indexOf(c.word(from).charAt(1)) >= 0) {
      escapes |= c.word(from).indexOf('e') > 0;
      bare |= c.word(from).indexOf('n') > 0;
      from++;
    }
    String text = c.rest(from) + (bare ? "" : "\n");
    return Flow.ofWord(escapes && text.length() < MAX_TEXT ? unescape(text) : text);
  }

  static String unescape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i = ShellText.escape(text, i + 1, out);
      } else {
        out.append(c);
        i++;
      }
    }
    return out.toString();
  }

  private static Flow printf(ShellCommand c, ShellReader r) {
    boolean into = c.word(1).equals("-v");
    int first = into ? 3 : c.word(1).equals("--") ? 2 : 1;
    String format = c.word(first);
    if (format.length() > MAX_TEXT) {
      return Flow.UNKNOWN;
    }
    StringBuilder out = new StringBuilder();
    int next = first + 1;
    do {
      next = format(format, c, next, out);
    } while (next > first + 1
        && next < c.size()
        && format.indexOf('%') >= 0
        && out.length() < MAX_TEXT);
    if (into && ShellText.assignment(c.word(2) + "=") > 0) {
      r.scope().assign(c.word(2), List.of(out.toString()));
      return Flow.EMPTY;
    }
    return Flow.ofWord(out.toString());
  }

  private static int format(String format, ShellCommand c, int first, StringBuilder out) {
    int next = first;
    int i = 0;
    while (i < format.length()) {
      char ch = format.charAt(i);
      char kind = i + 1 < format.length() ? format.charAt(i + 1) : ' ';
      if (ch == '\\' && i + 1 < format.length()) {
        i = ShellText.escape(format, i + 1, out);
      } else if (ch == '%' && "oxX".indexOf(kind) >= 0) {
        String word = c.word(next++);
        boolean plain = ShellText.isNumber(word) && word.length() < 8;
        int number = plain ? Integer.parseInt(word) : 0;
        out.append(kind == 'o' ? Integer.toOctalString(number) : Integer.toHexString(number));
        i += 2;
      } else if (ch == '%' && "sbdciq".indexOf(kind) >= 0) {
        String word = c.word(next++);
        out.append(
            kind == 'b'
                ? unescape(word)
                : kind == 'c' && !word.isEmpty() ? word.substring(0, 1) : word);
        i += 2;
      } else {
        out.append(ch);
        i++;
      }
    }
    return next;
  }

  static Flow read(ShellCommand c, ShellReader r) {
    r.scope().reads(c);
    String text = r.input().text();
    List<String> names = c.operands(1);
    int taints = r.input().taints() & ~(Flow.LOCAL | Flow.PERSONAL);
    if (text == null && taints != 0) {
      String word = Flow.tainted(r.input().taints()).word();
      names.stream()
          .filter(name -> ShellText.assignment(name + "=") > 0)
          .forEach(name -> r.scope().assign(name, List.of(word)));
    }
    if (text == null || text.isEmpty() || names.isEmpty()) {
      return Flow.EMPTY;
    }
    List<String> set = r.scope().variable("IFS");
    String marks = " \t\n" + (set == null || set.isEmpty() ? "" : set.get(0));
    StringTokenizer parts = new StringTokenizer(text.strip(), marks);
    for (int i = 0; i < names.size(); i++) {
      boolean last = i == names.size() - 1;
      String value =
          !parts.hasMoreTokens() ? "" : last && i > 0 ? parts.nextToken("\n") : parts.nextToken();
      value = !value.isEmpty() && marks.indexOf(value.charAt(0)) >= 0 ? value.substring(1) : value;
      if (ShellText.assignment(names.get(i) + "=") > 0) {
        r.scope().assign(names.get(i), List.of(names.size() == 1 ? text.strip() : value.strip()));
      }
    }
    return Flow.EMPTY;
  }

  private static Flow enter(ShellCommand c, ShellReader r) {
    String target = c.operand(0);
    r.scope().enter(target.isEmpty() ? "~" : target);
    return Flow.EMPTY;
  }

  private static Flow hash(ShellCommand c, ShellReader r) {
    if (c.word(1).equals("-p") && c.size() > 3) {
      r.scope().alias(c.word(3), c.word(2));
    }
    return Flow.EMPTY;
  }

  private static Flow alias(ShellCommand c, ShellReader r) {
    for (int i = 1; i < c.size(); i++) {
      int equals = c.word(i).indexOf('=');
      if (equals > 0) {
        r.scope().alias(c.word(i).substring(0, equals), c.word(i).substring(equals + 1));
        r.effects().runs();
      }
    }
    return Flow.EMPTY;
  }
}
