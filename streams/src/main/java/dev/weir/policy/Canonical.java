/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.policy.Document.Surroundings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The canonical form of a policy: one line of JSON in printable ASCII, with keys sorted, defaults
 * written out, those of requests and denials excepted, and what is absent left out; sets sorted;
 * rules, tiers and examples in the policy's order; numbers as {@code Double.toString}; durations in
 * milliseconds; expressions as written but for white space at their ends; the actions of examples
 * as written. It is a policy itself, and its canonical form is itself.
 */
final class Canonical {
  private final StringBuilder out = new StringBuilder(8192);

  private Canonical() {}

  static byte[] digest(Document d) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text(d).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  static String text(Document d) {
    Canonical c = new Canonical();
    Map<String, Consumer<Canonical>> all = new TreeMap<>();
    AuditSettings audit = d.audit();
    if (audit != null) {
      all.put("audit", o -> o.audit(audit));
    }
    if (d.mustPropose() < Double.POSITIVE_INFINITY) {
      all.put("must_propose", o -> o.number(d.mustPropose()));
    }
    if (d.agentRecord() > 0) {
      all.put("agent_record", o -> o.number(d.agentRecord()));
    }
    all.putAll(
        Map.ofEntries(
            Map.entry("weir", o -> o.out.append(PolicyLoader.LANGUAGE)),
            Map.entry("id", o -> o.string(d.id())),
            Map.entry("version", o -> o.string(d.version())),
            Map.entry("description", o -> o.string(d.description())),
            Map.entry("prior", o -> o.number(d.prior())),
            Map.entry("unscorable", o -> o.number(d.unscorable())),
            Map.entry("catastrophic", o -> o.number(d.catastrophic())),
            Map.entry("budget", o -> o.budget(d.budget())),
            Map.entry("lines", o -> o.lines(d.lines())),
            Map.entry("limits", o -> o.limits(d.limits())),
            Map.entry("tiers", o -> o.list(d.tiers(), o::tier)),
            Map.entry("sources", o -> o.sources(d.surroundings())),
            Map.entry("domains", o -> o.sorted(d.surroundings().domains())),
            Map.entry("servers", o -> o.sorted(d.surroundings().servers())),
            Map.entry("environments", o -> o.environments(d.surroundings())),
            Map.entry("scorers", o -> o.list(d.scorers(), o::scorer)),
            Map.entry("classes", o -> o.classes(d)),
            Map.entry("rules", o -> o.list(d.rules(), o::rule)),
            Map.entry("examples", o -> o.list(d.examples(), o::example))));
    c.object(all);
    return c.out.toString();
  }

  private void budget(Budget b) {
    object(
        Map.of(
            "tax", o -> o.number(b.tax()),
            "window_actions", o -> o.out.append(b.windowActions()),
            "starting_price", o -> o.number(b.startingPrice()),
            "price_ttl", o -> o.duration(b.priceTtlMs()),
            "shares", o -> o.shares(b.shares()),
            "ceilings", o -> o.ceilings(b.ceilings()),
            "cost_shares", o -> o.costShares(b.costShares()),
            "scorer_cost", o -> o.number(b.accounting().scorerCost()),
            "cost_unit_lu", o -> o.number(b.accounting().costUnitLu()),
            "viability",
                o -> o.object(Map.of("captured", v -> v.number(b.accounting().viableCapture())))));
  }

  private void ceilings(Ceilings c) {
    Map<String, Consumer<Canonical>> ceilings = new TreeMap<>();
    ceilings.put("route", o -> o.number(c.route()));
    ceilings.put("catastrophic", o -> o.number(c.catastrophic()));
    ceilings.put("id_conflict", o -> o.number(c.idConflict()));
    ceilings.put("bypass", o -> o.number(c.bypass()));
    ceilings.put("retry", o -> o.number(c.retry()));
    // they came later, and an earlier policy keeps its digest
    if (c.requested() != Ceilings.DEFAULT.requested()) {
      ceilings.put("requested", o -> o.number(c.requested()));
    }
    if (c.requester() != Ceilings.DEFAULT.requester()) {
      ceilings.put("requester", o -> o.number(c.requester()));
    }
    object(ceilings);
  }

  private void costShares(CostShares s) {
    object(Map.of("agent", o -> o.number(s.agent()), "task", o -> o.number(s.task())));
  }

  private void shares(Shares s) {
    object(
        Map.of(
            "class", o -> o.number(s.actionClass()),
            "rule", o -> o.number(s.rule()),
            "agent", o -> o.number(s.agent()),
            "task", o -> o.number(s.task()),
            "newcomers", o -> o.number(s.newcomers())));
  }

  private void audit(AuditSettings a) {
    Map<String, Consumer<Canonical>> classes = new TreeMap<>();
    a.classes().forEach((id, least) -> classes.put(id, o -> o.number(least)));
    Map<String, Consumer<Canonical>> groups = new TreeMap<>();
    a.groups().forEach((name, starts) -> groups.put(name, o -> o.sorted(starts)));
    Map<String, Consumer<Canonical>> audit = new TreeMap<>();
    audit.put("least", o -> o.number(a.least()));
    audit.put("classes", o -> o.object(classes));
    audit.put("bands", o -> o.list(a.bands(), o::band));
    audit.put("screen", o -> o.string(a.screen()));
    audit.put("confirm", o -> o.string(a.confirm()));
    audit.put("negatives", o -> o.number(a.negatives()));
    audit.put("cap", o -> o.number(a.cap()));
    audit.put("level", o -> o.number(a.level()));
    audit.put("groups", o -> o.object(groups));
    // it came later, and an earlier policy keeps its digest
    if (a.denials() != AuditSettings.DENIALS) {
      audit.put("denials", o -> o.number(a.denials()));
    }
    object(audit);
  }

  private void band(AuditSettings.Band b) {
    object(Map.of("from", o -> o.number(b.from()), "least", o -> o.number(b.least())));
  }

  private void lines(Lines l) {
    object(
        Map.of(
            "task", o -> o.number(l.task()),
            "agent", o -> o.number(l.agent()),
            "ceiling", o -> o.number(l.ceiling())));
  }

  private void tier(Tier t) {
    Map<String, Consumer<Canonical>> tier = new TreeMap<>();
    tier.put("id", o -> o.string(t.id()));
    tier.put("cost", o -> o.number(t.cost()));
    tier.put("assurance", o -> o.number(t.assurance()));
    tier.put("deadline", o -> o.duration(t.deadlineMs()));
    if (t.limited()) {
      tier.put("capacity", o -> o.number(t.capacity()));
    }
    tier.put("quorum", o -> o.out.append(t.panel().quorum()));
    tier.put("independence", o -> o.string(lower(t.panel().independence())));
    object(tier);
  }

  private void sources(Surroundings d) {
    Map<String, Consumer<Canonical>> all = new TreeMap<>();
    d.sources()
        .forEach(
            (k, v) ->
                all.put(k, o -> o.object(Map.of("attests", a -> a.list(names(v), a::string)))));
    object(all);
  }

  private void sorted(Set<String> values) {
    list(new TreeSet<>(values), this::string);
  }

  private void environments(Surroundings d) {
    Map<String, Consumer<Canonical>> all = new TreeMap<>();
    d.environments().forEach((k, v) -> all.put(k.name(), o -> o.number(v)));
    object(all);
  }

  private void limits(GoLive l) {
    object(
        Map.of(
            "rule_share", o -> o.number(l.ruleShare()),
            "mandatory_rate", o -> o.number(l.mandatoryRate()),
            "price_factor", o -> o.number(l.priceFactor()),
            "trial_actions", o -> o.out.append(l.trialActions())));
  }

  private void scorer(ScorerPart s) {
    object(
        Map.of(
            "id", o -> o.string(s.scorer().id()),
            "version", o -> o.string(s.scorer().version()),
            "combine", o -> o.string(lower(s.combine())),
            "dimension", o -> o.string(lower(s.dimension())),
            "weight", o -> o.number(s.weight())));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void classes(Document d) {
    Map<String, Consumer<Canonical>> all = new TreeMap<>();
    d.classes().forEach((k, v) -> all.put(k, o -> o.actionClass(v)));
    object(all);
  }

  private void actionClass(ActionClass a) {
    object(
        Map.of(
            "prior", o -> o.number(a.prior()),
            "needs_arguments", o -> o.out.append(a.needsArguments()),
            "reserved", o -> o.out.append(a.reserved()),
            "because", o -> o.string(a.because())));
  }

  private void rule(Rule r) {
    Map<String, Consumer<Canonical>> adds = new TreeMap<>();
    r.adds()
        .forEach((k, v) -> adds.put(k.name().toLowerCase(Locale.ROOT), o -> o.string(v.text())));
    Map<String, Consumer<Canonical>> rule = new TreeMap<>();
    rule.put("id", o -> o.string(r.id()));
    put(rule, "tools", r.tools());
    put(rule, "verbs", r.verbs());
    put(rule, "objects", r.objects());
    put(rule, "views", names(r.views()));
    put(rule, "maps", r.maps());
    rule.put("when", o -> o.string(r.when().text()));
    r.actionClass().ifPresent(id -> rule.put("class", o -> o.string(id)));
    rule.put("adds", o -> o.object(adds));
    rule.put("because", o -> o.string(r.because()));
    if (r.route()) {
      Map<String, Consumer<Canonical>> route = new TreeMap<>();
      route.put("always", o -> o.out.append(true));
      r.ceiling().ifPresent(share -> route.put("ceiling", o -> o.number(share)));
      rule.put("route", o -> o.object(route));
    }
    if (!r.examples().isEmpty()) {
      rule.put("examples", o -> o.list(r.examples(), e -> o.object(o.exampleOf(r, e))));
    }
    object(rule);
  }

  private static void put(
      Map<String, Consumer<Canonical>> fields, String key, Collection<String> values) {
    if (!values.isEmpty()) {
      fields.put(key, o -> o.list(new TreeSet<>(values), o::string));
    }
  }

  private Map<String, Consumer<Canonical>> exampleOf(Rule r, Example e) {
    Map<String, Consumer<Canonical>> fields = expectations(e);
    fields.put(e.fires().contains(r.id()) ? "fires" : "spares", o -> o.out.append(e.text()));
    return fields;
  }

  private void example(Example e) {
    Map<String, Consumer<Canonical>> fields = expectations(e);
    fields.put("action", o -> o.out.append(e.text()));
    put(fields, "fires", e.fires());
    put(fields, "spares", e.spares());
    object(fields);
  }

  private static Map<String, Consumer<Canonical>> expectations(Example e) {
    Map<String, Consumer<Canonical>> fields = new TreeMap<>();
    fields.put("source", o -> o.string(e.source()));
    if (!e.before().isEmpty()) {
      fields.put("before", o -> o.list(e.before(), b -> o.out.append(b.text())));
    }
    interval(fields, "magnitude", e.magnitude());
    interval(fields, "risk", e.risk());
    e.actionClass().ifPresent(id -> fields.put("class", o -> o.string(id)));
    return fields;
  }

  private static void interval(
      Map<String, Consumer<Canonical>> fields, String key, Interval interval) {
    if (!interval.equals(Interval.ANY)) {
      fields.put(key, o -> o.list(List.of(interval.min(), interval.max()), o::number));
    }
  }

  private void duration(long ms) {
    string(ms + "ms");
  }

  private static Set<String> names(Collection<? extends Enum<?>> values) {
    TreeSet<String> names = new TreeSet<>();
    values.forEach(v -> names.add(v.name().toLowerCase(Locale.ROOT)));
    return names;
  }

  private void object(Map<String, Consumer<Canonical>> fields) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, Consumer<Canonical>> e : new TreeMap<>(fields).entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      string(e.getKey());
      out.append(':');
      e.getValue().accept(this);
    }
    out.append('}');
  }

  private <T> void list(Collection<T> values, Consumer<T> each) {
    out.append('[');
    boolean first = true;
    for (T value : values) {
      if (!first) {
        out.append(',');
      }
      first = false;
      each.accept(value);
    }
    out.append(']');
  }

  private void number(double value) {
    out.append(value == 0 ? 0.0 : value);
  }

  private void string(String s) {
    out.append(Json.string(s));
  }
}
