/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Dimension;
import dev.weir.event.Environment;
import dev.weir.policy.Document.Places;
import dev.weir.policy.YamlMap.Range;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a policy's keys from its first file, then the files that it includes, and collects what is
 * wrong with them.
 */
final class DocumentReader {
  private static final Set<String> KEYS =
      Set.of(
          "weir",
          "id",
          "version",
          "description",
          "prior",
          "unscorable",
          "catastrophic",
          "must_propose",
          "agent_record",
          "budget",
          "audit",
          "lines",
          "limits",
          "tiers",
          "sources",
          "domains",
          "servers",
          "environments",
          "classes",
          "scorers",
          "include",
          "rules",
          "examples");
  private static final Range ODDS = Range.of(-12, 6);
  private static final Range MAGNITUDE = Range.of(0, 15);
  private static final Range RECORD = Range.of(0, 2);

  private static final int MAX_INCLUDES = 64;

  /** A file beside the policy: no folders, so no way out of the policy's own. */
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.ya?ml");

  private final YamlFile head;
  private final Problems problems;
  private final Includes includes;
  private final Places places = new Places(new HashMap<>(), new HashMap<>());
  private int bytes;

  DocumentReader(YamlFile head, Includes includes) {
    this.head = head;
    this.problems = head.problems();
    this.includes = includes;
    this.bytes = head.text().length();
  }

  Document read() {
    YamlMap map = new YamlMap(head.root(), problems, KEYS);
    Node language = map.required("weir");
    if (language != null && !map.scalar(language, "weir").equals("1")) {
      problems.add(language, "this reads language version 1 only; write weir: 1");
    }
    Map<String, ActionClass> classes = classes(map);
    PartReader parts = new PartReader(classes);
    parts.read(head, map);
    include(map, parts);
    parts.finish();
    Budget budget = budget(map);
    List<Tier> tiers = new TierReader(head, places.tiers()).read(map);
    return new Document(
        map.id("id"),
        map.text("version", 64, null),
        map.text("description", 2_000, ""),
        map.number("prior", ODDS, -3.0),
        map.number("unscorable", MAGNITUDE, 6.0),
        map.number("catastrophic", MAGNITUDE, 7.0),
        map.number("must_propose", MAGNITUDE, Double.POSITIVE_INFINITY),
        map.number("agent_record", RECORD, 0.0),
        budget,
        lines(map),
        new AuditReader(problems, budget, tiers).read(map, classes.keySet()),
        limits(map),
        tiers,
        new Document.Surroundings(sources(map), domains(map), servers(map), environments(map)),
        classes,
        new ScorerReader(problems).read(map),
        parts.rules(),
        parts.examples(),
        places);
  }

  private void include(YamlMap map, PartReader parts) {
    List<Node> items = map.list("include");
    Set<String> seen = new HashSet<>();
    for (Node item : items) {
      String name = map.scalar(item, "include");
      if (items.size() > MAX_INCLUDES) {
        problems.add(item, "more than " + MAX_INCLUDES + " files included; merge some");
        return;
      } else if (!FILE.matcher(name).matches()) {
        problems.add(item, "'" + name + "' is no file beside this one; " + instead(name));
      } else if (!seen.add(name)) {
        problems.add(item, "'" + name + "' is included twice; remove one of them");
      } else {
        include(item, name, parts);
      }
    }
  }

  private static String instead(String name) {
    return name.equals("default") || name.startsWith("default/")
        ? "the default pack cannot be included: copy its folder (POLICY.md says how)"
        : "write a name such as files.yaml";
  }

  private void include(Node item, String name, PartReader parts) {
    byte[] content;
    try {
      content = includes.read(name);
    } catch (IOException e) {
      problems.add(item, "cannot include '" + name + "': " + e.getMessage());
      return;
    }
    bytes += content.length;
    if (bytes > YamlFile.MAX_BYTES) {
      problems.add(
          item,
          "with this file the policy has more than " + YamlFile.MAX_BYTES + " bytes; shorten it");
      return;
    }
    String folder = head.name().substring(0, head.name().lastIndexOf('/') + 1);
    YamlFile file = YamlFile.compose(folder + name, content, problems);
    if (file != null) {
      parts.read(file, new YamlMap(file.root(), file.problems(), PartReader.KEYS));
    }
  }

  private Budget budget(YamlMap map) {
    Node node = map.required("budget");
    if (node == null) {
      return new Budget(0, 1, 1, 1);
    }
    YamlMap b =
        new YamlMap(
            node,
            problems,
            Set.of(
                "tax",
                "window_actions",
                "starting_price",
                "price_ttl",
                "shares",
                "ceilings",
                "cost_shares",
                "scorer_cost",
                "cost_unit_lu",
                "viability"));
    return new Budget(
        b.number("tax", Range.of(0, 10), null),
        Math.round(b.number("window_actions", Range.of(100, 1e9), 100_000.0)),
        b.number("starting_price", Range.above(0, 1e15), 1.0),
        b.durationMs("price_ttl", 300_000L),
        shares(b),
        ceilings(b),
        costShares(b),
        accounting(b));
  }

  private Ceilings ceilings(YamlMap budget) {
    Node node = budget.value("ceilings");
    Ceilings d = Ceilings.DEFAULT;
    if (node == null) {
      return d;
    }
    YamlMap c =
        new YamlMap(
            node,
            problems,
            Set.of(
                "route",
                "catastrophic",
                "id_conflict",
                "bypass",
                "retry",
                "requested",
                "requester"));
    return new Ceilings(
        c.number("route", Range.above(0, 1), d.route()),
        c.number("catastrophic", Range.above(0, 1), d.catastrophic()),
        c.number("id_conflict", Range.above(0, 1), d.idConflict()),
        c.number("bypass", Range.above(0, 1), d.bypass()),
        c.number("retry", Range.above(0, 1), d.retry()),
        c.number("requested", Range.above(0, 1), d.requested()),
        c.number("requester", Range.above(0, 1), d.requester()));
  }

  private CostShares costShares(YamlMap budget) {
    Node node = budget.value("cost_shares");
    CostShares d = CostShares.DEFAULT;
    if (node == null) {
      return d;
    }
    YamlMap s = new YamlMap(node, problems, Set.of("agent", "task"));
    return new CostShares(
        s.number("agent", Range.above(0, 1), d.agent()),
        s.number("task", Range.above(0, 1), d.task()));
  }

  private Accounting accounting(YamlMap budget) {
    Accounting d = Accounting.DEFAULT;
    Node node = budget.value("viability");
    return new Accounting(
        budget.number("scorer_cost", Range.of(0, 1e6), d.scorerCost()),
        budget.number("cost_unit_lu", Range.of(0, 1e9), d.costUnitLu()),
        node == null
            ? d.viableCapture()
            : new YamlMap(node, problems, Set.of("captured"))
                .number("captured", Range.above(0, 1), d.viableCapture()));
  }

  private Shares shares(YamlMap budget) {
    Node node = budget.value("shares");
    Shares d = Shares.DEFAULT;
    if (node == null) {
      return d;
    }
    YamlMap s = new YamlMap(node, problems, Set.of("class", "rule", "agent", "task", "newcomers"));
    return new Shares(
        s.number("class", Range.above(0, 1), d.actionClass()),
        s.number("rule", Range.above(0, 1), d.rule()),
        s.number("agent", Range.above(0, 1), d.agent()),
        s.number("task", Range.above(0, 1), d.task()),
        s.number("newcomers", Range.above(0, 1), d.newcomers()));
  }

  private Lines lines(YamlMap map) {
    Node node = map.value("lines");
    Lines d = Lines.DEFAULT;
    if (node == null) {
      return d;
    }
    YamlMap l = new YamlMap(node, problems, Set.of("task", "agent", "ceiling"));
    return new Lines(
        l.number("task", MAGNITUDE, d.task()),
        l.number("agent", MAGNITUDE, d.agent()),
        l.number("ceiling", Range.above(0, 1), d.ceiling()));
  }

  private GoLive limits(YamlMap map) {
    Node node = map.value("limits");
    if (node == null) {
      return GoLive.DEFAULT;
    }
    YamlMap l =
        new YamlMap(
            node,
            problems,
            Set.of("rule_share", "mandatory_rate", "price_factor", "trial_actions"));
    GoLive d = GoLive.DEFAULT;
    return new GoLive(
        l.number("rule_share", Range.above(0, 1), d.ruleShare()),
        l.number("mandatory_rate", Range.of(0, 1), d.mandatoryRate()),
        l.number("price_factor", Range.above(1, 1e9), d.priceFactor()),
        Math.round(l.number("trial_actions", Range.of(100, 1e6), (double) d.trialActions())));
  }

  private Map<String, Set<Attestable>> sources(YamlMap map) {
    Node node = map.value("sources");
    if (node == null) {
      return Map.of();
    }
    Map<String, Set<Attestable>> sources = new LinkedHashMap<>();
    YamlMap topics = new YamlMap(node, problems);
    for (String topic : topics.keys()) {
      Node value = topics.required(topic);
      if (value == null) {
        continue;
      }
      YamlMap source = new YamlMap(value, problems, Set.of("attests"));
      Set<Attestable> attests = EnumSet.noneOf(Attestable.class);
      for (Node item : source.list("attests")) {
        Attestable what = source.constant(Attestable.class, item, source.scalar(item, "attests"));
        if (what != null) {
          attests.add(what);
        }
      }
      sources.put(topic, Collections.unmodifiableSet(attests));
    }
    return Collections.unmodifiableMap(sources);
  }

  private static Set<String> domains(YamlMap map) {
    Set<String> domains = new LinkedHashSet<>();
    for (String domain : map.texts("domains")) {
      domains.add(domain.toLowerCase(Locale.ROOT));
    }
    return Collections.unmodifiableSet(domains);
  }

  private static Set<String> servers(YamlMap map) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(map.texts("servers")));
  }

  private Map<Environment, Double> environments(YamlMap map) {
    Map<Environment, Double> decades = new EnumMap<>(Environment.class);
    Node node = map.value("environments");
    if (node != null) {
      YamlMap all = new YamlMap(node, problems, Set.of("STAGING", "DEVELOPMENT", "TEST"));
      for (Environment e :
          List.of(Environment.STAGING, Environment.DEVELOPMENT, Environment.TEST)) {
        if (all.value(e.name()) != null) {
          decades.put(e, all.number(e.name(), Range.of(-6, 0), 0.0));
        }
      }
    }
    return Collections.unmodifiableMap(decades);
  }

  private Map<String, ActionClass> classes(YamlMap map) {
    Node node = map.value("classes");
    if (node == null) {
      return Map.of();
    }
    Map<String, ActionClass> classes = new LinkedHashMap<>();
    YamlMap all = new YamlMap(node, problems);
    for (String id : all.keys()) {
      if (!YamlMap.ID.matcher(id).matches()) {
        problems.add(
            all.at(id), "a class must be named in lower-case letters, digits, '-', '_' or '.'");
      }
      Node value = all.required(id);
      if (value != null) {
        places.classes().put(id, head.place(all.at(id)));
        YamlMap c =
            new YamlMap(value, problems, Set.of("prior", "needs_arguments", "reserved", "because"));
        classes.put(
            id,
            new ActionClass(
                id,
                c.number("prior", ODDS, null),
                c.flag("needs_arguments"),
                c.flag("reserved"),
                c.text("because", 300, null)));
      }
    }
    return Collections.unmodifiableMap(classes);
  }

  static Set<String> lossAndEvidence() {
    Set<String> names = new LinkedHashSet<>();
    for (Dimension d : Dimension.values()) {
      if (d != Dimension.PRIOR && d != Dimension.OTHER && d != Dimension.ENVIRONMENT) {
        names.add(d.name().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
