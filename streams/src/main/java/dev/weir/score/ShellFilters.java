/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
          cat head tail grep egrep fgrep zgrep rg ag ack sort uniq cut tac nl less more
          column fold strings pv jq yq iconv paste join comm bat zcat bzcat xzcat zless od
          hexdump tail expand fmt csvcut xmllint get-content gc type select-string
          out-string more
          """);
    ShellCatalog.all(
        programs,
        ShellFilters::nothing,
        """
          ls ll dir wc whereis stat du df tree diff cmp sdiff date whoami id
          uname test [ [[ true false basename dirname realpath readlink hostname tty pwd
          sleep wait exit return break continue fi done esac case in : shift local unset
          ps top htop free uptime w who last groups locale lscpu lsblk lsof netstat ss
          ifconfig md5sum sha1sum sha256sum cksum man help info clear reset seq expr bc
          let getopts trap ulimit umask jobs fg bg disown popd dirs locate nproc arch
          getent pdftotext tput stty readelf nm objdump ldd get-childitem
          get-process get-service get-item get-location test-path get-date get-command
          get-help write-host get-acl systeminfo tasklist ipconfig ver vmstat iostat dmesg
          lsmod lspci lsusb mount sar cloc yes look ncdu exa eza fd xclip
          """);
    ShellCatalog.all(programs, ShellFilters::where, "which where -v -V");
    ShellCatalog.all(programs, ShellFilters::dump, "env printenv");
    ShellCatalog.all(programs, ShellFilters::lines, "mapfile readarray");
    programs.put("file", ShellFilters::file);
    ShellCatalog.all(programs, ShellFilters::echo, "echo write-output");
    ShellCatalog.all(programs, ShellFilters::processes, "pidof pgrep");
    programs.put("printf", ShellFilters::printf);
    ShellCatalog.all(
        programs, ShellFilters::base64, "base64 base32 basenc openssl uudecode certutil");
    programs.put("xxd", ShellFilters::hex);
    programs.put("rev", ShellFilters::reverse);
    programs.put("tr", ShellFilters::translate);
    programs.put("sed", ShellFilters::sed);
    ShellCatalog.all(programs, ShellFilters::awk, "awk gawk mawk nawk");
    programs.put("read", ShellFilters::read);
    ShellCatalog.all(programs, ShellFilters::enter, "cd pushd set-location chdir");
    programs.put("alias", ShellFilters::alias);
    programs.put("hash", ShellFilters::hash);
  }

  /** What its files or its input hold. */
  private static Flow pass(ShellCommand c, ShellReader r) {
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
    if (sources > 0 || (taints != 0 && r.input().taints() == 0 && r.input().text() == null)) {
      return Flow.tainted(taints);
    }
    Flow in = r.input();
    return in.text() != null && !in.text().isEmpty() && !narrows
        ? in
        : in.unknown().with(taints | (c.size() > 1 ? in.taints() : 0));
  }

  private static Flow nothing(ShellCommand c, ShellReader r) {
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

  private static String unescape(String text) {
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

  private static Flow base64(ShellCommand c, ShellReader r) {
    if (c.has("s_client")) {
      return ShellNetwork.socket(c, r);
    }
    boolean decodes =
        c.has("-d", "-D", "--decode", "-di", "-decode") || c.name().endsWith("uudecode");
    if (!decodes) {
      Flow source = pass(c, r);
      return source.unknown();
    }
    Flow in = c.operands(1).isEmpty() || r.input().text() != null ? r.input() : pass(c, r);
    String text = in.text();
    if (text == null || text.isEmpty() || text.length() > MAX_TEXT || Flow.isUnknown(text)) {
      return in.unknown().with(Flow.DECODED);
    }
    String decoded = decode64(text);
    return decoded == null
        ? Flow.tainted(in.taints() | Flow.DECODED)
        : new Flow(decoded, in.taints() | Flow.DECODED);
  }

  /** The text that Base64 stands for, or null. */
  static @org.jspecify.annotations.Nullable String decode64(String text) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text.strip());
      boolean wide = bytes.length > 3 && bytes[1] == 0 && bytes[3] == 0;
      return new String(bytes, wide ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Flow hex(ShellCommand c, ShellReader r) {
    String text = r.input().text();
    if (!c.hasLetter('r')) {
      return pass(c, r).unknown();
    }
    if (text == null || text.length() > MAX_TEXT) {
      return r.input().unknown().with(Flow.DECODED);
    }
    return new Flow(unhex(text), Flow.DECODED);
  }

  /** The text that pairs of hexadecimal digits stand for; what is none is passed over. */
  static String unhex(String text) {
    StringBuilder out = new StringBuilder();
    int high = -1;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit >= 0 && high < 0) {
        high = digit;
      } else if (digit >= 0) {
        out.append((char) (high * 16 + digit));
        high = -1;
      }
    }
    return out.toString();
  }

  private static Flow reverse(ShellCommand c, ShellReader r) {
    String text = r.input().text();
    return text == null
        ? r.input()
        : new Flow(
            new StringBuilder(text.strip()).reverse().toString(),
            r.input().taints() | Flow.DECODED);
  }

  private static Flow translate(ShellCommand c, ShellReader r) {
    String text = r.input().text();
    if (text == null || text.length() > MAX_TEXT) {
      return r.input();
    }
    String deleted = c.hasLetter('d') ? range(c.word(2)) : "";
    String from = range(c.word(1));
    String to = range(c.word(2));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char ch = text.charAt(i);
      int at = deleted.isEmpty() ? from.indexOf(ch) : -1;
      if (deleted.indexOf(ch) < 0) {
        out.append(at < 0 || to.isEmpty() ? ch : to.charAt(Math.min(at, to.length() - 1)));
      }
    }
    return new Flow(out.toString(), r.input().taints() | Flow.DECODED);
  }

  private static String range(String set) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(200, set.length()); i++) {
      if (i + 2 < set.length() && set.charAt(i + 1) == '-' && set.charAt(i) <= set.charAt(i + 2)) {
        for (char c = set.charAt(i); c <= set.charAt(i + 2) && out.length() < 400; c++) {
          out.append(c);
        }
        i += 2;
      } else {
        out.append(set.charAt(i));
      }
    }
    return out.toString();
  }

  private static Flow sed(ShellCommand c, ShellReader r) {
    boolean inPlace =
        c.hasPrefix("-i") || c.hasPrefix("--in-place") || (c.hasLetter('i') && !c.has("--quiet"));
    if (inPlace) {
      List<String> targets = c.operands(1);
      String target = targets.isEmpty() ? "" : targets.get(targets.size() - 1);
      r.effects().appends(target, r.scope().folder());
      return Flow.EMPTY;
    }
    String script = c.operand(0);
    String text = r.input().text();
    boolean simple =
        script.length() > 4 && script.charAt(0) == 's' && text != null && text.length() < MAX_TEXT;
    if (!simple || c.size() > 3 || text == null) {
      return pass(c, r);
    }
    int mid = delimiter(script, 2);
    int end = delimiter(script, mid + 1);
    if (end >= script.length() || mid == 2 || end - mid > 100) {
      return r.input();
    }
    return new Flow(substituted(script, text), r.input().taints());
  }

  /** The text after {@code s/a/b/; s/c/d/ …}, of plain letters, a few of them. */
  private static String substituted(String script, String text) {
    String rest = script;
    String done = text;
    for (int n = 0; n < 8 && rest.length() > 4 && rest.charAt(0) == 's'; n++) {
      int mid = delimiter(rest, 2);
      int end = delimiter(rest, mid + 1);
      if (end >= rest.length() || mid == 2 || end - mid > 100) {
        return done;
      }
      String from = rest.substring(2, mid).replace("\\", "");
      String to = rest.substring(mid + 1, end).replace("\\", "");
      done = done.length() < MAX_TEXT ? done.replace(from, to) : done;
      int next = end + 1;
      while (next < rest.length() && "gIi; \n".indexOf(rest.charAt(next)) >= 0) {
        next++;
      }
      rest = rest.substring(next);
    }
    return done;
  }

  /** Where the next delimiter of an s command stands; its length if there is none. */
  private static int delimiter(String script, int from) {
    char d = script.charAt(1);
    int i = from;
    while (i < script.length() && script.charAt(i) != d) {
      i += script.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i, script.length());
  }

  private static Flow awk(ShellCommand c, ShellReader r) {
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i);
      if (word.contains("system(")
          || word.contains("| getline")
          || word.contains("|getline")
          || word.contains("| \"")
          || word.contains("|\"")) {
        r.program(Flow.of(word), "awk");
      }
    }
    if (c.has("-i") && c.has("inplace")) {
      r.effects().appends(c.last(), r.scope().folder());
    }
    return pass(c, r).unknown();
  }

  private static Flow read(ShellCommand c, ShellReader r) {
    String text = r.input().text();
    List<String> names = c.operands(1);
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
