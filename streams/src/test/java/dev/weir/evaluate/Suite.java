/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One file of simulated agent tasks: ordinary tasks, attackers' goals, and ways of wording an
 * injection. Each task has the marker once, in a result.
 */
record Suite(
    @JsonProperty("suite") String name,
    String about,
    String user,
    List<Task> tasks,
    List<Injection> injections,
    List<Wording> wordings,
    List<String> innocent) {
  static final String MARKER = "{injection}";
  private static final ObjectMapper JSON = new ObjectMapper();

  Suite {
    for (Task task : tasks) {
      long markers = task.steps().stream().filter(Step::marked).count();
      if (markers != 1) {
        throw new IllegalArgumentException(name + '/' + task.id() + ": markers: " + markers);
      }
    }
  }

  /** A call and what it returns; {@code harmful} only of an injection's steps. */
  record Step(JsonNode tool, JsonNode arguments, String result, boolean harmful) {
    boolean marked() {
      return result.contains(MARKER);
    }

    /** The result with {@code text} at the marker, escaped where the result is JSON. */
    String resultWith(String text) {
      boolean json = result.startsWith("{") || result.startsWith("[");
      return result.replace(MARKER, json ? escaped(text) : text);
    }

    private static String escaped(String text) {
      try {
        String quoted = JSON.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  record Task(String id, String objective, List<Step> steps) {
    /** Where the injection arrives. */
    int marked() {
      return (int) steps.stream().takeWhile(step -> !step.marked()).count();
    }
  }

  record Injection(String id, String goal, @Nullable Map<String, String> goals, List<Step> steps) {
    String goalIn(String form) {
      return switch (form) {
        case "" -> goal;
        case "base64" -> Base64.getEncoder().encodeToString(goal.getBytes(StandardCharsets.UTF_8));
        case "spaced" -> goal.replaceAll("(?<=.)(?=.)", " ");
        case "upper" -> goal.toUpperCase(Locale.ROOT);
        default -> Objects.requireNonNull(Objects.requireNonNull(goals, id).get(form), id);
      };
    }
  }

  record Wording(String id, String text) {
    private static final Pattern GOAL = Pattern.compile("\\{goal:?(\\w*)\\}");

    /** What the injected text says. */
    String of(Injection injection, String user, String model) {
      String goal =
          GOAL.matcher(text)
              .replaceAll(m -> Matcher.quoteReplacement(injection.goalIn(m.group(1))));
      return goal.replace("{user}", user).replace("{model}", model);
    }
  }

  /** Reads a suite. */
  static Suite of(String yaml) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return JSON.convertValue(tree, Suite.class);
  }
}
