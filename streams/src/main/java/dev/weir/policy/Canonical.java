/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The canonical form of a policy: one line of JSON in UTF-8 with every key present and sorted,
 * defaults written out, sets sorted, rules and tiers in the document's order, numbers as {@code
 * Double.toString}, expressions as written but for white space at their ends.
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
    c.object(
        Map.ofEntries(
            Map.entry("weir", o -> o.number(PolicyLoader.LANGUAGE)),
            Map.entry("id", o -> o.string(d.id())),
            Map.entry("version", o -> o.string(d.version())),
            Map.entry("description", o -> o.string(d.description())),
            Map.entry("prior", o -> o.number(d.prior())),
            Map.entry("unscorable", o -> o.number(d.unscorable())),
            Map.entry("catastrophic", o -> o.number(d.catastrophic())),
            Map.entry("budget", o -> o.budget(d.budget())),
            Map.entry("tiers", o -> o.list(d.tiers(), o::tier)),
            Map.entry("sources", o -> o.sources(d)),
            Map.entry("domains", o -> o.list(new TreeSet<>(d.domains()), o::string)),
            Map.entry("classes", o -> o.classes(d)),
            Map.entry("rules", o -> o.list(d.rules(), o::rule))));
    return c.out.toString();
  }

  private void budget(Budget b) {
    object(
        Map.of(
            "tax", o -> o.number(b.tax()),
            "window_actions", o -> o.out.append(b.windowActions()),
            "starting_price", o -> o.number(b.startingPrice()),
            "price_ttl_ms", o -> o.out.append(b.priceTtlMs())));
  }

  private void tier(Tier t) {
    object(
        Map.of(
            "id", o -> o.string(t.id()),
            "cost", o -> o.number(t.cost()),
            "assurance", o -> o.number(t.assurance()),
            "deadline_ms", o -> o.out.append(t.deadlineMs())));
  }

  private void sources(Document d) {
    Map<String, Consumer<Canonical>> all = new TreeMap<>();
    d.sources().forEach((k, v) -> all.put(k, o -> o.list(names(v), o::string)));
    object(all);
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
            "because", o -> o.string(a.because())));
  }

  private void rule(Rule r) {
    Map<String, Consumer<Canonical>> adds = new TreeMap<>();
    r.adds()
        .forEach((k, v) -> adds.put(k.name().toLowerCase(Locale.ROOT), o -> o.string(v.text())));
    object(
        Map.of(
            "id", o -> o.string(r.id()),
            "tools", o -> o.list(new TreeSet<>(r.tools()), o::string),
            "views", o -> o.list(names(r.views()), o::string),
            "when", o -> o.string(r.when().text()),
            "class", o -> o.string(r.actionClass().orElse("")),
            "adds", o -> o.object(adds),
            "because", o -> o.string(r.because()),
            "route", o -> o.out.append(r.route())));
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
    out.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
