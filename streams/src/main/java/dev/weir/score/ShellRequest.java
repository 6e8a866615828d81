/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.Set;

/** What the options of a client of the web say of one request, word by word. */
final class ShellRequest {
  private static final Set<String> DATA =
      Names.of(
          """
          -d --data --data-raw --data-ascii --data-binary --data-urlencode --json
          --post-data --body-data -Body
          """);

  private static final Set<String> FILES =
      Set.of("-T", "--upload-file", "--post-file", "--body-file", "-InFile");

  private static final Set<String> FORMS = Set.of("-F", "--form", "--form-string");

  private static final Set<String> OUTPUTS =
      Set.of("-o", "--output", "-O", "--output-document", "-OutFile");

  String method = "";
  String output = "";
  String url = "";
  String said = "";
  boolean body;
  boolean file;
  int taints;
  Distance distance = Distance.LOOPBACK;

  void read(ShellCommand c, int i, ShellReader r) {
    String word = c.word(i);
    String before = c.word(i - 1);
    taints |= Flow.taints(word);
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String option = equals > 0 ? word.substring(0, equals) : last(before);
    String value = equals > 0 ? word.substring(equals + 1) : word;
    if (option.equals("-X")
        || option.equals("--request")
        || option.equals("--method")
        || option.equals("-Method")) {
      method = Letters.upper(value);
    } else if (word.startsWith("-X") && word.length() > 3) {
      method = Letters.upper(word.substring(2));
    } else if (OUTPUTS.contains(option) && !(before.equals("-O") && c.name().endsWith("curl"))) {
      output = value;
    } else {
      data(option, value, c, r);
    }
  }

  /** The last of a group of one-letter options: it is the one that takes a value. */
  private static String last(String option) {
    boolean group = option.length() > 2 && option.charAt(0) == '-' && option.charAt(1) != '-';
    boolean lower = group && "doTFX".indexOf(option.charAt(option.length() - 1)) >= 0;
    return lower && option.length() < 8 ? "-" + option.charAt(option.length() - 1) : option;
  }

  private void data(String option, String value, ShellCommand c, ShellReader r) {
    boolean attached =
        value.length() > 2
            && (value.startsWith("-d") || value.startsWith("-T") || value.startsWith("-F"))
            && c.name().endsWith("curl");
    String name = attached ? value.substring(0, 2) : option;
    String text = attached ? value.substring(2) : value;
    int file = value.indexOf('@');
    boolean part = file == 0 || (file > 0 && value.charAt(file - 1) == '=');
    boolean pie = c.name().endsWith("http") || c.name().endsWith("https");
    if (pie && (part || (file > 0 && value.startsWith("/", file + 1)))) {
      body = true;
      upload(value.substring(file + 1), r);
    } else if (DATA.contains(name)) {
      body = true;
      said = said.length() + text.length() < 2_000 ? said + " " + text : said;
      upload(text.startsWith("@") ? text.substring(1) : "", r);
    } else if (FILES.contains(name)) {
      body = true;
      upload(text, r);
    } else if (FORMS.contains(name)) {
      body = true;
      int at = text.indexOf("=@") < 0 ? text.indexOf("=<") : text.indexOf("=@");
      upload(at < 0 ? "" : text.substring(at + 2), r);
    } else {
      address(value, option, r);
    }
  }

  private void upload(String path, ShellReader r) {
    if (path.isEmpty()) {
      return;
    }
    String plain = path.indexOf(';') > 0 ? path.substring(0, path.indexOf(';')) : path;
    Flow content = r.content(plain);
    boolean literal = content.text() != null && !content.is(Flow.LOCAL);
    file |= !literal && !plain.equals("-") && !plain.equals("/dev/stdin");
    taints |= content.taints();
  }

  private void address(String word, String option, ShellReader r) {
    boolean header =
        option.equals("-H")
            || option.equals("--header")
            || option.equals("-A")
            || option.equals("-e")
            || option.equals("-u")
            || option.equals("-b")
            || option.equals("-w");
    if (header || word.startsWith("-") || word.isEmpty()) {
      return;
    }
    String host = Distance.host(word);
    boolean plausible =
        word.indexOf("://") > 0
            || host.indexOf('.') > 0
            || host.equals("localhost")
            || word.startsWith("$");
    if (plausible && url.isEmpty() && word.indexOf(' ') < 0) {
      url = word;
      distance = r.effects().host(host);
    }
  }
}
