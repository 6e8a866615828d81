/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a program's calls do, by name and arguments; what they return, as far as it is known. */
final class CodeCalls {
  private static final int MAX_DEPTH = 8;
  private static final Set<String> BARE =
      Names.of(
          """
          system exec unlink rmdir require eval popen spawn rmtree passthru shell_exec qx
          script rm_rf glob
          """);

  /** What only wraps an address. */
  private static final Set<String> ADDRESSES = Set.of("URI", "URL", "Uri", "parse");

  private static final Set<String> FILES =
      Names.of(
          """
          os shutil fs pathlib path File FileUtils Dir fs.promises fsp send2trash posix
          fs-extra rimraf Deno nt fse promises os.path fs/promises
          """);

  private static final Set<String> ASKS =
      Set.of("getattr", "hasattr", "isinstance", "print", "type", "callable", "patch", "repr");

  private static final Set<String> BY_NAME =
      Set.of("call_user_func", "call_user_func_array", "array_map", "array_walk", "array_filter");

  private static final Set<String> ACTS =
      Set.of(
          "eval",
          "rmtree",
          "unlink",
          "unlinkSync",
          "rmSync",
          "rmdir",
          "removedirs",
          "rm_rf",
          "assert");

  private final CodeReader reader;
  private final CodeFolds folds;
  private final CodeCommands commands;
  private int depth;

  CodeCalls(CodeReader reader) {
    this.reader = reader;
    this.folds = new CodeFolds();
    this.commands = new CodeCommands(reader);
  }

  /** Whether a function of this name does something to files or runs text. */
  static boolean isAct(String name) {
    return ACTS.contains(name);
  }

  /** Whether a text that is called is the name of a function that does something. */
  static boolean isFunction(String text) {
    return BARE.contains(text) || ACTS.contains(text) || text.equals("proc_open");
  }

  static boolean isBare(String name) {
    return BARE.contains(name);
  }

  /** A module's plain name. */
  static String module(String name) {
    return name.startsWith("node:") ? name.substring(5) : name;
  }

  static CodeValue environment(@Nullable String key) {
    String k = key == null ? "KEY" : Letters.upper(key);
    boolean secret =
        k.contains("KEY") || k.contains("TOKEN") || k.contains("SECRET") || k.contains("PASS");
    return CodeValue.tainted(secret ? Flow.SECRET | Flow.LOCAL : 0);
  }

  /** Reads one call. */
  CodeValue call(CodeValue callee, List<CodeValue> arguments, Map<String, CodeValue> named) {
    if (!reader.programs().mayCall()) {
      return CodeValue.UNKNOWN;
    }
    String member = callee.member();
    if (member.startsWith("format") && callee.self() != null) {
      return formatted(callee, arguments, named);
    }
    CodeValue reached = depth < MAX_DEPTH ? indirect(callee, arguments, named) : null;
    if (reached != null) {
      return reached;
    }
    CodeValue given = direct(callee, member, arguments, named);
    return isMade(callee, arguments, given) ? given.with(Flow.MADE) : given;
  }

  private @Nullable CodeValue indirect(
      CodeValue callee, List<CodeValue> arguments, Map<String, CodeValue> named) {
    depth++;
    CodeValue reached = new CodeIndirect(this).call(callee, arguments, named);
    depth--;
    return reached;
  }

  /** Whether a text that is written down went into a call of which nothing is known. */
  private static boolean isMade(CodeValue callee, List<CodeValue> arguments, CodeValue given) {
    if (given.text() != null || !given.name().isEmpty() || given.taints() != 0) {
      return false;
    }
    return given.items().isEmpty()
        && (callee.self() != null
            || isListed(callee)
            || arguments.stream().anyMatch(CodeCalls::isListed));
  }

  private static boolean isListed(CodeValue value) {
    return value.items().size() > 3 && value.items().stream().allMatch(i -> i.text() != null);
  }

  private CodeValue direct(
      CodeValue callee, String member, List<CodeValue> arguments, Map<String, CodeValue> named) {
    CodeValue first = arguments.isEmpty() ? CodeValue.UNKNOWN : arguments.get(0);
    if (hands(callee, member, arguments, named)) {
      return CodeValue.UNKNOWN;
    }
    CodeValue folded = folds.fold(callee, member, arguments, named);
    if (folded != null) {
      return folded;
    }
    if (ADDRESSES.contains(member) && arguments.size() == 1 && first.text() != null) {
      return first;
    }
    CodeValue loaded = load(callee, member, arguments);
    if (loaded != null) {
      return loaded;
    }
    if (commands.runs(callee, member)) {
      commands.execute(member, arguments, first);
      return CodeValue.UNKNOWN;
    }
    CodeValue moved = new CodeTransfers(reader).transfer(callee, member, arguments, named);
    return moved == null ? file(callee, member, arguments, named) : moved;
  }

  /** A function that does something is handed to another one, which calls it. */
  private boolean hands(
      CodeValue callee, String member, List<CodeValue> arguments, Map<String, CodeValue> named) {
    CodeValue target = named.get("target");
    if (target != null && isAct(target)) {
      call(target, named.getOrDefault("args", CodeValue.UNKNOWN).items(), Map.of());
      return true;
    }
    if (ASKS.contains(member)) {
      return false;
    }
    int last = lastAct(member, arguments, arguments.size());
    if (last < 0) {
      return false;
    }
    List<CodeValue> given = new ArrayList<>();
    for (CodeValue rest : arguments.subList(last + 1, arguments.size())) {
      given.addAll(rest.items().isEmpty() ? List.of(rest) : rest.items());
    }
    int before = lastAct(member, arguments, last);
    CodeValue by = before < 0 ? callee : handed(member, arguments, before);
    call(
        handed(member, arguments, last),
        given.isEmpty() ? List.of(CodeValue.tainted(by.taints())) : given,
        Map.of());
    return true;
  }

  /** The last argument before {@code end} that does something: it is what all before it call. */
  private int lastAct(String member, List<CodeValue> arguments, int end) {
    for (int i = end - 1; i >= 0; i--) {
      CodeValue handed = handed(member, arguments, i);
      if (handed.text() == null && isAct(handed)) {
        return i;
      }
    }
    return -1;
  }

  private static CodeValue handed(String member, List<CodeValue> arguments, int i) {
    CodeValue handed = arguments.get(i);
    return i == 0 && handed.text() != null && BY_NAME.contains(member)
        ? CodeValue.named(handed.text())
        : handed;
  }

  private boolean isAct(CodeValue value) {
    String name = value.name();
    return !name.isEmpty()
        && (ACTS.contains(value.member())
            || (name.equals("exec") || commands.runs(value, value.member())));
  }

  /** A pattern filled with what it is given, by place or by name. */
  private CodeValue formatted(
      CodeValue callee, List<CodeValue> arguments, Map<String, CodeValue> named) {
    String pattern = callee.self() == null ? "" : callee.self();
    StringBuilder text = new StringBuilder();
    int next = 0;
    int from = 0;
    int open = pattern.indexOf('{');
    while (open >= 0 && text.length() < 4_000) {
      int close = pattern.indexOf('}', open);
      if (close < 0) {
        break;
      }
      String hole = pattern.substring(open + 1, close);
      boolean place = hole.isEmpty() || (ShellText.isNumber(hole) && hole.length() < 3);
      int at = hole.isEmpty() ? next++ : place ? Integer.parseInt(hole) : 0;
      CodeValue value =
          place
              ? at < arguments.size() ? arguments.get(at) : CodeValue.UNKNOWN
              : named.getOrDefault(hole, reader.nameOrField(hole));
      text.append(pattern, from, open)
          .append(value.text() == null ? Flow.tainted(value.taints()).word() : value.text());
      from = close + 1;
      open = pattern.indexOf('{', from);
    }
    return CodeValue.text(text.append(pattern.substring(from)).toString(), callee.taints());
  }

  private @Nullable CodeValue load(CodeValue callee, String member, List<CodeValue> arguments) {
    String text = arguments.isEmpty() ? null : arguments.get(0).text();
    switch (member) {
      case "require", "__import__", "import_module", "import" -> {
        String module = text == null ? "" : module(text);
        if (text == null) {
          reader.facts().mark(CODE_OPAQUE);
        }
        reader.facts().imported(module);
        CodeValue loaded = reader.loads(module);
        return loaded == null ? CodeValue.named(module) : loaded;
      }
      case "getattr" -> {
        String name = arguments.size() > 1 ? arguments.get(1).text() : null;
        if (name == null) {
          reader.facts().mark(CODE_OPAQUE);
          return CodeValue.UNKNOWN;
        }
        return arguments.get(0).member(name);
      }
      case "spec_from_file_location",
          "run_path",
          "run_module",
          "load_source",
          "SourceFileLoader" -> {
        for (CodeValue argument : arguments) {
          if (argument.text() != null) {
            reader.loads(argument.text());
          }
        }
        return null;
      }
      case "vars", "globals" -> {
        return arguments.isEmpty() ? CodeValue.named("globals") : arguments.get(0);
      }
      case "constructor",
          "setTimeout",
          "setInterval",
          "setImmediate",
          "timeit",
          "Timer",
          "runsource",
          "runcode",
          "runctx",
          "run_cell" -> {
        boolean code = text != null && text.indexOf('(') > 0;
        return code ? evaluate(arguments.subList(0, 1)) : null;
      }
      case "exec" -> {
        return reader.execsCommands() ? null : evaluated(callee, member, arguments);
      }
      case "eval",
          "compile",
          "Function",
          "execfile",
          "runInNewContext",
          "runInThisContext",
          "instance_eval" -> {
        return evaluated(callee, member, arguments);
      }
      case "loads", "load" -> {
        boolean pickle =
            callee.owner().endsWith("pickle")
                || callee.owner().equals("marshal")
                || callee.owner().equals("dill");
        boolean loads =
            (callee.name().equals("load") || callee.name().equals("loadstring"))
                && (CodeValue.list(arguments).taints() & Flow.DOWNLOADED) != 0;
        if (pickle && text != null) {
          commands.judge(CodeValue.tainted(Flow.MADE));
        }
        return pickle || loads ? evaluate(arguments) : null;
      }
      default -> {
        return null;
      }
    }
  }

  /** Where the text stands that is run: names of parameters may stand before it. */
  private static int codeAt(List<CodeValue> arguments) {
    int last = arguments.size() - 1;
    String text = arguments.get(0).text();
    boolean parameter = text != null && text.length() < 40 && text.indexOf('(') < 0;
    return last > 0 && (text == null || (parameter && arguments.get(last).text() != null))
        ? last
        : 0;
  }

  private @Nullable CodeValue evaluated(
      CodeValue callee, String member, List<CodeValue> arguments) {
    return callee.name().equals(member)
            || member.startsWith("run")
            || callee.owner().equals("builtins")
            || callee.owner().equals("globals")
            || callee.owner().equals("vm")
        ? evaluate(arguments)
        : null;
  }

  private CodeValue evaluate(List<CodeValue> arguments) {
    CodeValue code = arguments.isEmpty() ? CodeValue.UNKNOWN : arguments.get(codeAt(arguments));
    int taints = CodeValue.list(arguments).taints();
    if ((taints & (Flow.DOWNLOADED | Flow.DECODED | Flow.MADE)) != 0) {
      commands.judge(CodeValue.tainted(taints));
    }
    if (code.text() == null && taints == Flow.LOCAL) {
      reader.facts().mark(CODE_EXECUTES); // a script that lies here
    } else if (code.text() == null) {
      reader.facts().mark(CODE_OPAQUE);
    } else {
      reader.programs().program(code.text(), CodeReader.ANY, reader.scope());
    }
    return CodeValue.tainted(taints);
  }

  private CodeValue file(
      CodeValue callee, String member, List<CodeValue> arguments, Map<String, CodeValue> named) {
    return new CodeFiles(reader, FILES).call(callee, member, arguments, named);
  }
}
