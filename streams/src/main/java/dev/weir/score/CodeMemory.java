/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.Leftover.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a program leaves for the task's next one, and what it finds of earlier ones. */
record CodeMemory(CodeReader reader) {
  private static final int MAX_TEXT = 120;
  private static final int MAX_LEFT = 12;

  /** Adds what a program's own names stand for, which may go on into the next call. */
  static void left(Map<String, CodeValue> names, List<Leftover> left) {
    for (Map.Entry<String, CodeValue> e : names.entrySet()) {
      if (left.size() >= MAX_LEFT) {
        return;
      }
      CodeValue value = e.getValue();
      String text = value.text();
      if (text != null && text.length() <= MAX_TEXT) {
        left.add(Leftover.text(Kind.VALUE, e.getKey(), text));
      } else if (text == null && value.name().indexOf('.') > 0) {
        left.add(Leftover.text(Kind.CALLEE, e.getKey(), value.name()));
      }
    }
  }

  /** What a name stands for by an earlier program, or null. */
  static @Nullable CodeValue recalled(String name, ShellScope scope) {
    int key = Leftover.key(name);
    Leftover value = scope.recall(Kind.VALUE, key);
    Leftover callee = value == null ? scope.recall(Kind.CALLEE, key) : null;
    String text = value == null ? null : value.content().text();
    String called = callee == null ? null : callee.content().text();
    if (text != null) {
      return CodeValue.text(text, 0);
    }
    return called == null ? null : CodeValue.named(called);
  }

  /**
   * Runs a file of the task's own that is loaded as a module; its names join the program's. What
   * the module's name stands for, or null if it is no such file.
   */
  @Nullable CodeValue loads(String module, String language) {
    String stem = module.substring(module.lastIndexOf('/') + 1);
    boolean ended = stem.endsWith(".py") || stem.endsWith(".js");
    String bare = ended ? stem.substring(0, stem.length() - 3) : stem;
    String name = bare.substring(bare.lastIndexOf('.') + 1);
    ShellScope scope = reader.scope();
    Flow file = scope.file(name + ".py");
    file = file == null ? scope.file(name + ".js") : file;
    if (file == null) {
      return null;
    }
    Effects effects = reader.effects();
    if (file.is(Flow.DOWNLOADED | Flow.DECODED)) {
      effects.mark(file.is(Flow.DOWNLOADED) ? SHELL_DOWNLOAD_RUN : SHELL_DECODE_RUN);
    }
    Deeds.mark(file.deeds(), reader.programs());
    if (file.text() == null) {
      return null;
    }
    Map<String, CodeValue> theirs = reader.programs().module(file.text(), language, scope);
    theirs.forEach(
        (own, value) -> {
          reader.names.putIfAbsent(own, value);
          reader.names.put(name + "." + own, value);
        });
    CodeValue exported = theirs.get("module.exports");
    return exported == null ? CodeValue.named(name) : exported;
  }
}
