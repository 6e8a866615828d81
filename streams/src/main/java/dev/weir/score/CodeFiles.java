/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.LowerCase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a program's calls do to files and databases. */
record CodeFiles(CodeReader reader, Set<String> modules) {
  /** How a file that was opened for writing is called. */
  private static final String HANDLE = "file";

  private static final Set<String> DESTROYS =
      Set.of("delete", "terminate", "destroy", "purge", "drop");

  CodeValue call(
      CodeValue callee, String member, List<CodeValue> arguments, Map<String, CodeValue> named) {
    String owner = callee.owner();
    boolean module = modules.contains(owner) || owner.startsWith("fs") || owner.endsWith("Path");
    CodeValue first = arguments.isEmpty() ? CodeValue.UNKNOWN : arguments.get(0);
    String path = first.text() != null ? first.text() : arguments.isEmpty() ? callee.self() : null;
    switch (member) {
      case "remove",
          "rmdir",
          "delete",
          "rm",
          "rmSync",
          "rmdirSync",
          "truncate",
          "truncateSync",
          "removeSync",
          "deleteSync",
          "emptyDirSync" -> {
        if (module
            || callee.name().equals("rm")
            || member.endsWith("Sync")
            || (callee.self() != null && callee.name().startsWith("path."))) {
          delete(path, named.containsKey("recursive") || member.startsWith("empty"));
        } else {
          cloud(member);
        }
      }
      case "unlink", "unlinkSync", "removedirs" -> delete(path, member.equals("removedirs"));
      case "rmtree",
          "rm_rf",
          "rm_r",
          "rimraf",
          "remove_dir_all",
          "remove_entry_secure",
          "remove_tree",
          "remove_dir",
          "remove_entry",
          "RemoveAll",
          "removeAll",
          "remove_all",
          "deleteRecursively",
          "deltree",
          "emptyDir",
          "deleteDirectory" ->
          delete(path, true);
      case "open", "fopen", "FileWriter", "openSync" -> {
        return open(arguments, named, path);
      }
      case "write_text", "write_bytes" -> {
        if (first.text() != null && first.text().isEmpty()) {
          reader.facts().emptied();
        }
        write(callee.self(), first.flow());
      }
      case "write" -> {
        if (!owner.equals(HANDLE)) {
          return other(callee, member, arguments, named);
        }
        reader.scope().append(String.valueOf(callee.self()), first.flow());
      }
      case "writeFile",
          "writeFileSync",
          "appendFile",
          "appendFileSync",
          "file_put_contents",
          "createWriteStream",
          "writeTextFile" -> {
        Flow text = arguments.size() > 1 ? arguments.get(1).flow() : Flow.UNKNOWN;
        boolean adds = member.startsWith("append") && path != null;
        write(path, adds ? null : text);
        if (adds && path != null) {
          reader.scope().append(path, text);
        }
      }
      case "to_csv",
          "to_excel",
          "to_json",
          "to_parquet",
          "savefig",
          "dump",
          "save",
          "writelines",
          "save_pretrained" ->
          save(path, member);
      case "copy",
          "copyfile",
          "copy2",
          "copytree",
          "move",
          "rename",
          "replace",
          "renameSync",
          "copyFile",
          "copyFileSync",
          "symlink",
          "link",
          "cp",
          "cpSync" ->
          move(module, arguments);
      case "chmod", "chown", "chmodSync" -> reader.effects().runs();
      case "read", "readlines", "slurp", "binread", "open_file" -> {
        boolean file = owner.equals("File") || owner.equals("IO") || owner.endsWith("Path");
        return file ? content(path) : other(callee, member, arguments, named);
      }
      case "read_text",
          "file_get_contents",
          "readfile",
          "read_bytes",
          "readFile",
          "readFileSync",
          "readTextFile",
          "read_csv",
          "read_json" -> {
        return content(
            callee.self() != null && member.startsWith("read_") && arguments.isEmpty()
                ? callee.self()
                : path);
      }
      default -> {
        return other(callee, member, arguments, named);
      }
    }
    return CodeValue.UNKNOWN;
  }

  private void delete(@Nullable String path, boolean recursive) {
    reader.facts().mark(CODE_DELETES);
    Effects effects = reader.effects();
    if (path == null || Flow.isUnknown(path)) {
      effects.deletes(recursive ? Region.FOLDER : Region.FILE);
      reader.facts().deleteUnknown();
    } else {
      effects.deletes(path, reader.scope().folder(), recursive);
    }
  }

  private CodeValue open(
      List<CodeValue> arguments, Map<String, CodeValue> named, @Nullable String path) {
    CodeValue second =
        named.containsKey("mode")
            ? named.get("mode")
            : arguments.size() > 1 ? arguments.get(1) : CodeValue.text("r", 0);
    String mode = second == null || second.text() == null ? "r" : second.text();
    boolean writes =
        mode.indexOf('w') >= 0
            || mode.indexOf('a') >= 0
            || mode.indexOf('x') >= 0
            || mode.indexOf('+') >= 0
            || mode.startsWith(">");
    if (!writes) {
      return content(path);
    }
    write(path, null);
    if (path == null || path.length() > 300 || Flow.isUnknown(path)) {
      return CodeValue.UNKNOWN;
    }
    if (mode.indexOf('a') < 0) {
      reader.scope().file(path, Flow.EMPTY);
    }
    return new CodeValue(path, List.of(), HANDLE, 0, null);
  }

  private void write(@Nullable String path, @Nullable Flow content) {
    reader.facts().mark(CODE_WRITES);
    if (path != null && content != null && path.length() < 300) {
      reader.scope().file(path, content);
    }
    if (path != null && path.length() < 1_000 && path.indexOf('\n') < 0) {
      boolean vital = path.startsWith("/") || path.startsWith("~") || Landmarks.isStartup(path);
      if (vital) {
        reader.effects().writes(path, reader.scope().folder());
      }
    }
  }

  private void save(@Nullable String path, String member) {
    reader.facts().mark(CODE_WRITES);
    if (path != null && path.startsWith("/")) {
      write(path, null);
    }
    if (member.equals("save_pretrained") || (path != null && Landmarks.isWeights(path))) {
      reader.facts().mark(CODE_WRITES);
    }
  }

  private void move(boolean module, List<CodeValue> arguments) {
    if (module && arguments.size() > 1) {
      reader.facts().mark(CODE_WRITES);
      String to = arguments.get(1).text();
      String from = arguments.get(0).text();
      write(to, null);
      CodeValue held = to == null ? CodeValue.UNKNOWN : content(from);
      if (to != null && (held.text() != null || (held.taints() & ~Flow.LOCAL) != 0)) {
        reader.scope().file(to, held.flow());
      }
      if (from != null && Landmarks.isWeights(from)) {
        reader.effects().mark(SHELL_COPIES_WEIGHTS);
      }
      if (from != null) {
        reader.programs().effects.reads(from);
      }
    }
  }

  private CodeValue content(@Nullable String path) {
    if (path == null) {
      return CodeValue.tainted(Flow.LOCAL);
    }
    Flow known = reader.scope().file(path);
    if (known != null) {
      return known.text() == null
          ? CodeValue.tainted(known.taints())
          : CodeValue.text(known.text(), known.taints());
    }
    boolean secret = Landmarks.isSecret(path);
    if (secret) {
      reader.effects().reads(path);
      reader.effects().path(path);
    }
    return CodeValue.tainted(secret ? Flow.LOCAL | Flow.SECRET : Flow.LOCAL);
  }

  private CodeValue other(
      CodeValue callee, String member, List<CodeValue> arguments, Map<String, CodeValue> named) {
    String first = arguments.isEmpty() ? null : arguments.get(0).text();
    switch (member) {
      case "execute", "executescript", "executemany", "query", "raw", "read_sql" -> {
        if (first != null && SqlBeginnings.looksLike(first)) {
          reader.effects().statement(first);
        }
      }
      case "dup2" -> {
        if (reader.facts().marked(CODE_NETWORK)) {
          reader.effects().mark(SHELL_REMOTE_SHELL);
        }
      }
      case "Path",
          "PurePath",
          "PosixPath",
          "expanduser",
          "expandvars",
          "resolve",
          "abspath",
          "normpath" -> {
        String path = first == null ? callee.self() : first;
        return path == null
            ? CodeValue.named("path")
            : new CodeValue(path, List.of(), "path", 0, path);
      }
      case "mkdtemp", "gettempdir", "mkstemp", "TemporaryDirectory", "tmpdir", "mktmpdir" -> {
        return CodeValue.text("/tmp/x", 0);
      }
      case "join" -> {
        return joined(arguments);
      }
      case "getenv" -> {
        return CodeCalls.environment(first);
      }
      case "train", "fit" -> train(callee);
      case "run", "listen", "serve_forever", "run_simple" -> listen(arguments, named);
      default -> cloud(member);
    }
    int taints = CodeValue.list(arguments).taints() | callee.taints();
    for (CodeValue value : named.values()) {
      taints |= value.taints() & (Flow.LOCAL | Flow.SECRET);
    }
    return CodeValue.tainted(taints);
  }

  private static CodeValue joined(List<CodeValue> arguments) {
    StringBuilder path = new StringBuilder();
    for (CodeValue part : arguments) {
      if (part.text() == null) {
        return CodeValue.tainted(CodeValue.list(arguments).taints());
      }
      path.append(path.isEmpty() ? "" : "/").append(part.text());
    }
    return CodeValue.text(path.toString(), 0);
  }

  private void train(CodeValue callee) {
    boolean trainer = LowerCase.of(callee.owner()).endsWith("trainer");
    if (trainer) {
      reader.effects().mark(SHELL_TRAINS);
    }
  }

  private void listen(List<CodeValue> arguments, Map<String, CodeValue> named) {
    CodeValue host = named.getOrDefault("host", CodeValue.UNKNOWN);
    if ("0.0.0.0".equals(host.text())
        || arguments.stream().anyMatch(a -> "0.0.0.0".equals(a.text()))) {
      reader.effects().mark(SHELL_LISTENS);
    }
  }

  /** The cloud's own libraries name their calls as its command line names its verbs. */
  private void cloud(String member) {
    boolean aws = reader.facts().imports("boto3");
    if (aws && (member.indexOf('_') > 0 || member.equals("delete") || member.equals("terminate"))) {
      reader.effects();
      String verb = member.indexOf('_') > 0 ? member.replace('_', '-') : member + "-resource";
      reader.programs().line("aws api " + verb + " x", reader.scope());
    }
    if (member.indexOf('_') > 0 && reader.facts().imports("kubernetes")) {
      reader.effects();
      String said = member.replace("namespaced_", "").replace('_', ' ');
      reader.programs().line("kubectl " + said + " x", reader.scope());
    }
    if (reader.facts().importsCloud() && member.length() < 60) {
      List<String> words = Words.ofName(member);
      boolean begins = !words.isEmpty() && words.get(0).equals("begin");
      String verb = words.isEmpty() ? "" : words.get(begins && words.size() > 1 ? 1 : 0);
      if (DESTROYS.contains(verb)) {
        reader.effects();
        reader
            .programs()
            .line("aws api " + verb + "-" + String.join("-", words) + " x", reader.scope());
      }
    }
  }
}
