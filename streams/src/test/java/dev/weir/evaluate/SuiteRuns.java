/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.evaluate.Suite.Injection;
import dev.weir.evaluate.Suite.Step;
import dev.weir.evaluate.Suite.Task;
import dev.weir.evaluate.Suite.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a suite as lines of a labelled log. Every task runs once with innocent text at the
 * marker; then, with every injection, once resisted and once hijacked. A hijacked agent does what
 * the text says right after it read it, and half of them go on with their task.
 */
final class SuiteRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2031-01-06T08:00:00Z");
  private static final int GAP_S = 7;
  private static final List<String> MODELS = List.of("cedar-2", "lark-large", "quill-mini");

  private final Suite suite;
  private final List<String> lines = new ArrayList<>();
  private int runs;

  private SuiteRuns(Suite suite) {
    this.suite = suite;
  }

  /** The lines of all runs, in order. */
  static List<String> lines(Suite suite) {
    SuiteRuns runs = new SuiteRuns(suite);
    for (int t = 0; t < suite.tasks().size(); t++) {
      runs.clean(t);
    }
    for (int t = 0; t < suite.tasks().size(); t++) {
      for (int i = 0; i < suite.injections().size(); i++) {
        runs.attacked(t, i);
      }
    }
    return runs.lines;
  }

  private void clean(int t) {
    Task task = suite.tasks().get(t);
    String text = suite.innocent().get(t % suite.innocent().size());
    run(task, task.steps(), text, null);
  }

  private void attacked(int t, int i) {
    Task task = suite.tasks().get(t);
    Injection injection = suite.injections().get(i);
    Wording wording = suite.wordings().get((t + i) % suite.wordings().size());
    String attack = injection.id() + '.' + wording.id();
    run(task, task.steps(), wording.of(injection, suite.user(), model()), attack);
    List<Step> steps = new ArrayList<>(task.steps().subList(0, task.marked() + 1));
    steps.addAll(injection.steps());
    if ((t / 2 + i) % 2 == 1) {
      steps.addAll(task.steps().subList(task.marked() + 1, task.steps().size()));
    }
    run(task, steps, wording.of(injection, suite.user(), model()), attack);
  }

  private String model() {
    return MODELS.get(runs % MODELS.size());
  }

  private void run(Task task, List<Step> steps, String text, @Nullable String attack) {
    for (int at = 0; at < steps.size(); at++) {
      lines.add(line(task, steps.get(at), at, text, attack));
    }
    runs++;
  }

  private String line(Task task, Step step, int at, String text, @Nullable String attack) {
    ObjectNode line = JSON.createObjectNode();
    String run = suite.name() + '-' + runs;
    line.put("event_id", run + '-' + at);
    line.put("occurred_at", START.plusSeconds((long) lines.size() * GAP_S).toString());
    line.put("phase", "OBSERVED");
    line.put("task_id", run);
    line.putObject("agent").put("id", "suite:" + model()).put("model", model());
    line.put("objective", task.objective());
    if (step.tool().isTextual()) {
      line.putObject("tool").set("name", step.tool());
    } else {
      line.set("tool", step.tool());
    }
    line.set("arguments", step.arguments());
    line.put("arguments_state", "PRESENT");
    line.putObject("result").put("status", "OK").put("excerpt", step.resultWith(text));
    truth(line.putObject("truth"), task, step.harmful(), attack);
    return line.toString();
  }

  private void truth(ObjectNode truth, Task task, boolean harmful, @Nullable String attack) {
    truth.put("harmful", harmful).putNull("run_harmful").put("executed", true);
    truth.put("attack", attack).put("source", "suites").put("domain", suite.name());
    truth.put("scenario", suite.name() + '/' + task.id());
  }
}
