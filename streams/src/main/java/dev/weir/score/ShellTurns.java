/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.ShellCatalog.Program;
import java.util.Map;

/**
 * Programs that turn text into other text. Where what goes in is said and the turn is plain, what
 * comes out is known; where what goes in is said and the turn is not, it comes out as made up: who
 * writes a text down only to have it turned and run hides it. At most 8 KiB.
 */
final class ShellTurns {
  private static final int MAX_TEXT = 8 << 10;

  private ShellTurns() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellTurns::decode,
        "base64 base32 base58 base16 basenc openssl uudecode certutil ascii85 b64 qprint");
    programs.put("xxd", ShellTurns::hex);
    programs.put("rev", ShellTurns::reverse);
    programs.put("tr", ShellTurns::translate);
    programs.put("sed", ShellTurns::sed);
    programs.put("cut", ShellTurns::cut);
    ShellCatalog.all(programs, ShellTurns::part, "head tail");
    ShellCatalog.all(programs, ShellTurns::awk, "awk gawk mawk nawk");
    ShellCatalog.all(
        programs,
        ShellTurns::turn,
        """
          jq yq iconv uconv unidecode recode ascii2uni native2ascii zcat bzcat xzcat
          xz zstd uncompress lz4 od hexdump rot13 caesar m4 envsubst
          column fold paste join sort uniq tac nl fmt expand comm dc bc figlet xmllint
          xsltproc urlencode urldecode html2text w3m lynx pandoc dos2unix strings
          """);
  }

  /** Something unknown made of what goes in. */
  static Flow turn(ShellCommand c, ShellReader r) {
    return turned(ShellFilters.pass(c, r), r.input(), c);
  }

  /**
   * What comes out where no more is known.
   *
   * @param out what comes out as far as it is known
   * @param in what goes in
   */
  static Flow turned(Flow out, Flow in, ShellCommand c) {
    if (out.text() != null) {
      return out;
    }
    boolean fed = c.piped || c.input != null || !c.inputFile.isEmpty();
    String said = fed ? in.text() : "";
    boolean none = said == null || said.isBlank();
    boolean own =
        none
            && said != null
            && !c.piped
            && (out.taints() & ~Flow.LOCAL) == 0
            && c.operands(1).size() == 1;
    boolean says = own ? says(c) : !none;
    return says ? out.unknown().with(Flow.MADE) : out.unknown();
  }

  /** Whether some argument is a text by itself, no option, file or number. */
  private static boolean says(ShellCommand c) {
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i);
      if (word.length() > 3 && word.charAt(0) != '-' && (word.indexOf(' ') > 0 || quotes(word))) {
        return true;
      }
    }
    return false;
  }

  private static boolean quotes(String word) {
    return word.indexOf('"') >= 0 || word.indexOf('{') >= 0;
  }

  private static Flow decode(ShellCommand c, ShellReader r) {
    if (c.has("s_client")) {
      return ShellNetwork.socket(c, r);
    }
    boolean decodes =
        c.has("-d", "-D", "--decode", "-di", "-decode", "-decodehex", "-id")
            || c.name().endsWith("uudecode");
    if (!decodes) {
      return ShellFilters.pass(c, r).unknown();
    }
    Flow in =
        c.operands(1).isEmpty() || (r.input().text() != null && !r.input().text().isEmpty())
            ? r.input()
            : ShellFilters.pass(c, r);
    String text = in.text();
    if (text == null || text.isEmpty() || text.length() > MAX_TEXT || Flow.isUnknown(text)) {
      return in.unknown().with(Flow.DECODED);
    }
    String decoded =
        c.name().endsWith("32") || c.has("--base32")
            ? Decoder.base32(text)
            : c.name().endsWith("16") || c.has("--base16")
                ? Decoder.pairs(text)
                : Decoder.mime(text.replace('-', '+').replace('_', '/'));
    return decoded == null
        ? Flow.tainted(in.taints() | Flow.DECODED)
        : new Flow(decoded, in.taints() | Flow.DECODED);
  }

  private static Flow hex(ShellCommand c, ShellReader r) {
    String text = r.input().text();
    if (!c.hasLetter('r')) {
      return ShellFilters.pass(c, r).unknown();
    }
    if (text == null || text.length() > MAX_TEXT) {
      return r.input().unknown().with(Flow.DECODED);
    }
    return new Flow(Decoder.pairs(text), Flow.DECODED);
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
    if (c.hasLetter('c') || c.hasLetter('C') || c.has("--complement")) {
      return turn(c, r);
    }
    boolean deletes = c.hasLetter('d');
    String deleted = deletes ? range(c.operand(0)) : "";
    String from = deletes ? "" : range(c.operand(0));
    String to = deletes ? "" : range(c.operand(1));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char ch = text.charAt(i);
      int at = from.indexOf(ch);
      if (deleted.indexOf(ch) < 0) {
        out.append(at < 0 || to.isEmpty() ? ch : to.charAt(Math.min(at, to.length() - 1)));
      }
    }
    return new Flow(out.toString(), r.input().taints() | Flow.DECODED);
  }

  private static String range(String asSaid) {
    String set = asSaid.indexOf('\\') >= 0 ? ShellFilters.unescape(asSaid) : asSaid;
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

  private static Flow cut(ShellCommand c, ShellReader r) {
    String text = r.input().text();
    String range = c.option("-c", "--characters", "-b");
    for (int i = 1; i < c.size() && range.isEmpty(); i++) {
      String word = c.word(i);
      range = word.startsWith("-c") || word.startsWith("-b") ? word.substring(2) : "";
    }
    int dash = range.indexOf('-');
    boolean plain = dash >= 0 && ShellText.isNumber(range.replace("-", "")) && range.length() < 8;
    if (text == null || text.strip().indexOf('\n') >= 0 || !plain) {
      return turn(c, r);
    }
    int from = dash == 0 ? 0 : Integer.parseInt(range.substring(0, dash)) - 1;
    String rest = range.substring(dash + 1);
    int to = rest.isEmpty() ? text.length() : Integer.parseInt(rest);
    int start = Math.max(0, Math.min(from, text.length()));
    return new Flow(
        text.substring(start, Math.max(start, Math.min(to, text.length()))), r.input().taints());
  }

  private static Flow part(ShellCommand c, ShellReader r) {
    String text = r.input().text();
    boolean line = text != null && text.strip().indexOf('\n') < 0 && c.operands(1).isEmpty();
    return line && !c.hasLetter('c') ? r.input() : turn(c, r);
  }

  private static Flow sed(ShellCommand c, ShellReader r) {
    boolean inPlace =
        c.hasPrefix("-i") || c.hasPrefix("--in-place") || (c.hasLetter('i') && !c.has("--quiet"));
    if (inPlace) {
      java.util.List<String> targets = c.operands(1);
      String target = targets.isEmpty() ? "" : targets.get(targets.size() - 1);
      r.effects().appends(target, r.scope().folder());
      return Flow.EMPTY;
    }
    String named = c.option("-e", "--expression");
    String script = named.isEmpty() ? c.operand(0) : named;
    executes(script, r);
    String text = r.input().text();
    if (text == null || text.isEmpty() || text.length() > MAX_TEXT) {
      return ShellFilters.pass(c, r);
    }
    String done = c.operands(1).size() < 2 ? SedScript.run(script, text) : null;
    return done == null
        ? r.input().unknown().with(Flow.DECODED)
        : new Flow(done, r.input().taints());
  }

  /** GNU sed runs a command by {@code e}. */
  private static void executes(String script, ShellReader r) {
    String s = script.strip();
    int e = s.startsWith("1e ") ? 3 : s.startsWith("e ") ? 2 : s.startsWith("$e ") ? 3 : 0;
    if (e > 0) {
      r.line(s.substring(e));
    } else if (s.length() > 4 && s.charAt(0) == 's' && s.endsWith("/e")) {
      String[] parts = s.split("/", 4);
      r.line(parts.length > 2 ? parts[2] : "");
    }
  }

  private static Flow awk(ShellCommand c, ShellReader r) {
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i);
      if (word.contains("/inet/")) {
        ShellNetwork.inet(word, r);
      }
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
    return turned(ShellFilters.pass(c, r).unknown(), r.input(), c);
  }
}
