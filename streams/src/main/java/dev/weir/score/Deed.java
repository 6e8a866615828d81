/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import dev.weir.score.Arguments.Leaf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one call of a tool does, to what: by the tool's name and, where that says too little, by the
 * operation, HTTP method and path, GraphQL field or procedure that its arguments name. Arguments
 * add to what the name says; they replace it only where the name says nothing ("manage", "http").
 *
 * @param operation the first argument that names an operation, lower case, or ""
 * @param verbs categories of verbs, as in the lexicon
 * @param objects categories of things, as in the lexicon
 */
record Deed(String operation, List<String> verbs, List<String> objects) {
  private static final int MAX_NAME = 64;
  private static final int MAX_PATH = 300;
  private static final int MAX_NAMES = 16;

  /** What an argument's name makes of its value. */
  private enum Part {
    OPERATION,
    PROCEDURE,
    KIND,
    SETTING,
    METHOD,
    PLACE,
    GRAPH
  }

  private static final Map<String, Part> PARTS =
      Map.ofEntries(
          Map.entry("action", Part.OPERATION),
          Map.entry("operation", Part.OPERATION),
          Map.entry("op", Part.OPERATION),
          Map.entry("command", Part.OPERATION),
          Map.entry("method", Part.METHOD),
          Map.entry("http_method", Part.METHOD),
          Map.entry("httpmethod", Part.METHOD),
          Map.entry("verb", Part.METHOD),
          Map.entry("action_type", Part.OPERATION),
          Map.entry("operation_type", Part.OPERATION),
          Map.entry("request_type", Part.OPERATION),
          Map.entry("subcommand", Part.OPERATION),
          Map.entry("decision", Part.OPERATION),
          Map.entry("disposition", Part.OPERATION),
          Map.entry("operation_id", Part.PROCEDURE),
          Map.entry("function", Part.PROCEDURE),
          Map.entry("function_name", Part.PROCEDURE),
          Map.entry("tool", Part.PROCEDURE),
          Map.entry("tool_name", Part.PROCEDURE),
          Map.entry("rpc", Part.PROCEDURE),
          Map.entry("procedure", Part.PROCEDURE),
          Map.entry("api", Part.PROCEDURE),
          Map.entry("api_name", Part.PROCEDURE),
          Map.entry("action_name", Part.PROCEDURE),
          Map.entry("name", Part.PROCEDURE),
          Map.entry("resource", Part.KIND),
          Map.entry("resource_type", Part.KIND),
          Map.entry("kind", Part.KIND),
          Map.entry("object_type", Part.KIND),
          Map.entry("entity", Part.KIND),
          Map.entry("entity_type", Part.KIND),
          Map.entry("device_type", Part.KIND),
          Map.entry("setting", Part.SETTING),
          Map.entry("feature", Part.SETTING),
          Map.entry("flag", Part.SETTING),
          Map.entry("property", Part.SETTING),
          Map.entry("key", Part.SETTING),
          Map.entry("option", Part.SETTING),
          Map.entry("url", Part.PLACE),
          Map.entry("uri", Part.PLACE),
          Map.entry("endpoint", Part.PLACE),
          Map.entry("path", Part.PLACE),
          Map.entry("route", Part.PLACE),
          Map.entry("query", Part.GRAPH),
          Map.entry("mutation", Part.GRAPH),
          Map.entry("document", Part.GRAPH),
          Map.entry("graphql", Part.GRAPH));

  private static final Map<String, String> METHODS =
      Map.of(
          "get", "read", "head", "read", "options", "read", "trace", "read", "post", "create",
          "put", "update", "patch", "update", "delete", "delete");
  private static final Set<String> WEB_WORDS =
      Set.of("http", "https", "rest", "api", "request", "fetch", "curl", "webhook", "web", "url");
  private static final Set<String> WATCHED = Set.of("monitoring", "safeguard", "secondfactor");
  private static final Set<String> OFF =
      Set.of(
          "off",
          "false",
          "disabled",
          "none",
          "no",
          "0",
          "disable",
          "inactive",
          "paused",
          "evaluate");
  private static final Set<String> KEPT =
      Set.of("keep", "retain", "retention", "days", "copies", "hours", "versions", "min", "ttl");
  private static final Set<String> KEEPERS = Set.of("backup", "monitoring", "dataset", "storage");
  private static final Set<String> STATES =
      Set.of("value", "enabled", "state", "enforcement", "status", "mode", "active", "enforced");
  private static final Set<String> SETS = Set.of("update", "disable", "enable", "deploy");

  static Deed of(Naming tool, Arguments arguments) {
    return new Reader(tool, arguments).read();
  }

  boolean changes() {
    return Lexicon.changes(verbs);
  }

  boolean reads() {
    return Lexicon.reads(verbs);
  }

  /** Collects what the arguments of one action add to its tool's name. */
  private static final class Reader {
    private final Naming tool;
    private final Arguments arguments;
    private final Set<String> verbs = new LinkedHashSet<>();
    private final Set<String> objects = new LinkedHashSet<>();
    private final List<String> places = new ArrayList<>(2);
    private String operation = "";
    private String method = "";
    private boolean switchedOff;
    private boolean saysOff;
    private boolean watchedName;
    private int names;

    Reader(Naming tool, Arguments arguments) {
      this.tool = tool;
      this.arguments = arguments;
    }

    Deed read() {
      for (Leaf leaf : arguments.leaves()) {
        Part part = PARTS.get(leaf.key());
        if (part != null) {
          take(part, leaf);
        } else {
          setting(leaf);
        }
      }
      web();
      boolean off = switchedOff || (saysOff && watchedName);
      if (verbs.isEmpty() && objects.isEmpty() && !off) {
        return new Deed(operation, tool.verbs(), tool.objects());
      }
      return merged(off);
    }

    private Deed merged(boolean off) {
      Set<String> allVerbs = new LinkedHashSet<>();
      if (!tool.general() || verbs.isEmpty()) {
        allVerbs.addAll(tool.verbs());
      }
      boolean said = !allVerbs.isEmpty() && !tool.general();
      for (String verb : verbs) {
        if (!said || !Lexicon.HARMLESS.contains(verb)) {
          allVerbs.add(verb);
        }
      }
      Set<String> allObjects = new LinkedHashSet<>(tool.objects());
      allObjects.addAll(objects);
      if (off && allVerbs.stream().anyMatch(SETS::contains)) {
        allVerbs.add("disable");
      }
      Senses.settle(allVerbs, allObjects);
      return new Deed(operation, List.copyOf(allVerbs), List.copyOf(allObjects));
    }

    private void take(Part part, Leaf leaf) {
      String text = leaf.text();
      if (part == Part.PLACE) {
        if (text.length() <= MAX_PATH && places.size() < 2) {
          places.add(text);
        }
      } else if (part == Part.GRAPH) {
        graph(text);
      } else if (!text.isEmpty() && text.length() <= MAX_NAME && names < MAX_NAMES) {
        names++;
        named(part, text);
      }
    }

    private void named(Part part, String text) {
      switch (part) {
        case OPERATION -> operation(text);
        case METHOD -> {
          String found = LowerCase.of(Lookalikes.plain(text));
          if (METHODS.containsKey(found)) {
            method = found;
            operation = operation.isEmpty() ? found : operation;
          } else {
            operation(text);
          }
        }
        case PROCEDURE -> {
          if (tool.general()) {
            add(Naming.of(text));
          }
        }
        case KIND -> objects.addAll(Naming.of(text).objects());
        default -> setting(Naming.of(text).objects());
      }
    }

    private void operation(String text) {
      operation = operation.isEmpty() ? LowerCase.of(text) : operation;
      if (text.indexOf(' ') < 0) {
        add(Naming.of(text));
      }
    }

    private void add(Naming naming) {
      verbs.addAll(naming.verbs());
      objects.addAll(naming.objects());
    }

    private void setting(List<String> things) {
      for (String thing : things) {
        if (WATCHED.contains(thing)) {
          watchedName = true;
          objects.add(thing);
        }
      }
    }

    /** A switch that is off, under the name of what watches or as the value of a named setting. */
    private void setting(Leaf leaf) {
      Object value = leaf.value();
      forwards(leaf);
      nothing(leaf);
      boolean off =
          Boolean.FALSE.equals(value)
              || (value instanceof String s
                  && s.length() <= 8
                  && OFF.contains(LowerCase.of(Lookalikes.plain(s))));
      if (!off) {
        return;
      }
      if (STATES.contains(leaf.key())) {
        saysOff = true;
        watchedName |= Words.any(tool.objects(), WATCHED);
        return;
      }
      for (String thing : Naming.of(leaf.key()).objects()) {
        if (WATCHED.contains(thing)) {
          switchedOff = true;
          objects.add(thing);
        }
      }
    }

    /** Something is sent on by itself to whom an argument names. */
    private void forwards(Leaf leaf) {
      if (leaf.text().length() > 2 && leaf.text().length() < 300) {
        for (String word : leaf.words()) {
          if (word.equals("forward") || word.equals("redirect") || word.equals("autoforward")) {
            objects.add("forwarding");
          }
        }
      }
    }

    /** Of what is kept, none is kept any more. */
    private void nothing(Leaf leaf) {
      boolean none = leaf.value() instanceof Number n && n.doubleValue() == 0 && leaf.isNamed(KEPT);
      if (none && Words.any(tool.objects(), KEEPERS)) {
        verbs.add("delete");
        objects.add("bulk");
      }
    }

    /** The fields that a GraphQL document asks for first. */
    private void graph(String text) {
      String start = uncommented(text.substring(0, Math.min(text.length(), 2_000)));
      int other = start.startsWith("mutation") ? 0 : start.indexOf("\nmutation");
      start = other > 0 ? start.substring(other + 1) : start;
      boolean changes = start.startsWith("mutation");
      int brace = start.indexOf('{');
      if (brace < 0 || brace > 200 || !(changes || start.startsWith("query") || brace == 0)) {
        return;
      }
      int from = brace + 1;
      while (from < start.length() && start.charAt(from) <= ' ') {
        from++;
      }
      int to = nameEnd(start, from);
      int colon = to;
      while (colon < start.length() && start.charAt(colon) <= ' ') {
        colon++;
      }
      if (colon < start.length() && start.charAt(colon) == ':') {
        from = colon + 1;
        while (from < start.length() && start.charAt(from) <= ' ') {
          from++;
        }
        to = nameEnd(start, from);
      }
      Naming field = Naming.of(start.substring(from, to));
      objects.addAll(field.objects());
      verbs.addAll(changes ? field.verbs() : List.of("read"));
      if (changes && !Lexicon.changes(field.verbs())) {
        verbs.add("update");
      }
    }

    private static int nameEnd(String text, int from) {
      int to = from;
      while (to < text.length() && to - from < MAX_NAME && isName(text.charAt(to))) {
        to++;
      }
      return to;
    }

    /** A document without its comments, which run from a # to the line's end. */
    private static String uncommented(String text) {
      if (text.indexOf('#') < 0) {
        return text.stripLeading();
      }
      StringBuilder kept = new StringBuilder();
      for (String line : text.split("\n", -1)) {
        int hash = line.indexOf('#');
        kept.append(hash < 0 ? line : line.substring(0, hash)).append('\n');
      }
      return kept.toString().stripLeading();
    }

    private static boolean isName(char c) {
      return Character.isLetterOrDigit(c) || c == '_';
    }

    /** A request over the web: what its method does, to what its path names. */
    private void web() {
      if (places.isEmpty() || (method.isEmpty() && !isWebTool())) {
        return;
      }
      boolean reads = method.isEmpty() || "read".equals(METHODS.get(method));
      for (String place : places) {
        Naming path = Naming.of(pathOf(place));
        objects.addAll(path.objects());
        if (!reads) {
          path.verbs().stream().filter(v -> !Lexicon.HARMLESS.contains(v)).forEach(verbs::add);
        }
      }
      if (!method.isEmpty()) {
        verbs.add(METHODS.getOrDefault(method, "update"));
      }
    }

    private boolean isWebTool() {
      return Words.any(tool.words(), WEB_WORDS);
    }

    private static String pathOf(String url) {
      int scheme = url.indexOf("://");
      int start = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
      int query = url.indexOf('?');
      int end = query < 0 ? url.length() : query;
      String path = start < 0 || start >= end ? "" : url.substring(start, end);
      for (int n = 0; n < 2 && path.indexOf('%') >= 0; n++) {
        path = Decoder.unescaped(path);
      }
      return path;
    }
  }
}
