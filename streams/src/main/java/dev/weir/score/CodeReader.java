/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that program text calls, outside its strings and comments: enough to tell what a script
 * can do, in Python and its like. Linear in the text.
 */
final class CodeReader {
  private static final int MAX_CALLS = 200;
  private static final Set<String> DELETES =
      Set.of(
          "remove",
          "unlink",
          "rmtree",
          "rmdir",
          "removedirs",
          "truncate",
          "drop",
          "drop_all",
          "delete");
  private static final Set<String> WRITES =
      Set.of(
          "open",
          "write",
          "writelines",
          "to_csv",
          "to_excel",
          "save",
          "dump",
          "copy",
          "move",
          "rename",
          "write_text",
          "writefile",
          "writefilesync");
  private static final Set<String> NETWORK =
      Set.of(
          "requests",
          "urllib",
          "urlopen",
          "socket",
          "httpx",
          "aiohttp",
          "paramiko",
          "smtplib",
          "ftplib",
          "fetch",
          "axios");
  private static final Set<String> UPLOADS =
      Set.of("post", "put", "patch", "sendmail", "send_message", "storbinary", "upload", "sendall");
  private static final Set<String> EXECUTES =
      Set.of(
          "system",
          "popen",
          "subprocess",
          "check_output",
          "check_call",
          "spawn",
          "execsync",
          "run_line_magic");
  private static final Set<String> OPAQUE =
      Set.of("eval", "exec", "compile", "__import__", "b64decode", "unhexlify", "loads_marshal");

  private CodeReader() {}

  static Map<Fact, Object> read(String code) {
    Set<String> calls = new LinkedHashSet<>();
    boolean network = false;
    int i = 0;
    while (i < code.length() && calls.size() < MAX_CALLS) {
      char c = code.charAt(i);
      if (c == '#') {
        i = end(code, "\n", i);
      } else if (c == '"' || c == '\'') {
        i = string(code, i);
      } else if (Character.isLetter(c) || c == '_') {
        int start = i;
        while (i < code.length()
            && (Character.isLetterOrDigit(code.charAt(i)) || code.charAt(i) == '_')) {
          i++;
        }
        String name = Words.normal(code.substring(start, Math.min(i, start + 60)));
        network |= NETWORK.contains(name);
        if (i < code.length() && (code.charAt(i) == '(' || code.charAt(i) == '.')) {
          calls.add(name);
        }
      } else {
        i++;
      }
    }
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    facts.put(CODE_PRESENT, true);
    facts.put(CODE_CALLS, List.copyOf(calls));
    mark(facts, CODE_DELETES, calls, DELETES);
    mark(facts, CODE_WRITES, calls, WRITES);
    mark(facts, CODE_EXECUTES, calls, EXECUTES);
    mark(facts, CODE_OPAQUE, calls, OPAQUE);
    if (network) {
      facts.put(CODE_NETWORK, true);
      mark(facts, CODE_UPLOADS, calls, UPLOADS);
    }
    return facts;
  }

  private static void mark(Map<Fact, Object> facts, Fact fact, Set<String> calls, Set<String> any) {
    if (calls.stream().anyMatch(any::contains)) {
      facts.put(fact, true);
    }
  }

  private static int string(String code, int at) {
    String quote = code.substring(at, at + 1);
    if (code.startsWith(quote + quote + quote, at)) {
      return end(code, quote + quote + quote, at + 3);
    }
    int i = at + 1;
    while (i < code.length() && code.charAt(i) != quote.charAt(0) && code.charAt(i) != '\n') {
      i += code.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private static int end(String code, String mark, int from) {
    int at = code.indexOf(mark, from);
    return at < 0 ? code.length() : at + mark.length();
  }
}
