/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.event.Bounded;
import dev.weir.event.Confirmed;
import dev.weir.event.ConfirmedGroup;
import dev.weir.event.ProbeTally;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reviews, audits and probes confirm, to Prometheus.
 *
 * <p>Invariant: a figure of all actions that is not known is NaN; classes and groups are shown as
 * far as they are known. Labels are constants, classes, groups and tiers of the policy.
 */
final class ConfirmedMetrics {
  private final Gauge figures;
  private final Gauge needed;
  private final Gauge probes;

  ConfirmedMetrics(CollectorRegistry registry) {
    figures =
        Gauge.build(
                MetricNames.CONFIRMED,
                "By reviewers' answers, corrected for their errors, with bounds that hold at every look at the policy's confidence: harmful actions and harm in LU missed per action that passed, the shares of harmful actions and of harm that were escalated, and the share of proposals denied by reviewers that second opinions would have let go.")
            .labelNames("of", "by", "name", "bound")
            .register(registry);
    needed =
        Gauge.build(
                MetricNames.AUDITS_NEEDED,
                "Audits that are needed, about, before the share of harmful actions that were escalated can be told; 0 where it can.")
            .register(registry);
    probes =
        Gauge.build(
                MetricNames.PROBES,
                "Planted actions that a tier has answered, by what they are and what it found.")
            .labelNames("tier", "truth", "found")
            .register(registry);
    set(null);
  }

  void set(@Nullable Confirmed seen) {
    figures.clear();
    probes.clear();
    needed.set(seen == null ? Double.NaN : (double) seen.getTotal().getAuditsNeeded());
    set("harm_rate", "all", "", seen == null ? null : seen.getTotal().getHarmRate());
    set("missed_mass", "all", "", seen == null ? null : seen.getTotal().getMissedMass());
    set("recall", "all", "", seen == null ? null : seen.getTotal().getRecall());
    set("captured_share", "all", "", seen == null ? null : seen.getTotal().getCapturedShare());
    set("denied_in_vain", "all", "", seen == null ? null : seen.getTotal().getDeniedInVain());
    if (seen == null) {
      return;
    }
    set("class", seen.getClasses());
    set("group", seen.getGroups());
    for (ProbeTally tally : seen.getProbes()) {
      set(tally.getTier(), "harmful", tally.getRecognised(), tally.getHarmful());
      set(tally.getTier(), "harmless", tally.getAccused(), tally.getHarmless());
    }
  }

  private void set(String by, List<ConfirmedGroup> groups) {
    for (ConfirmedGroup group : groups) {
      known("harm_rate", by, group.getName(), group.getHarmRate());
      known("missed_mass", by, group.getName(), group.getMissedMass());
      known("recall", by, group.getName(), group.getRecall());
      known("captured_share", by, group.getName(), group.getCapturedShare());
      known("denied_in_vain", by, group.getName(), group.getDeniedInVain());
    }
  }

  private void known(String of, String by, String name, @Nullable Bounded figure) {
    if (figure != null) {
      set(of, by, name, figure);
    }
  }

  private void set(String of, String by, String name, @Nullable Bounded figure) {
    figures.labels(of, by, name, "value").set(figure == null ? Double.NaN : figure.getValue());
    figures.labels(of, by, name, "low").set(figure == null ? Double.NaN : figure.getLow());
    figures.labels(of, by, name, "high").set(figure == null ? Double.NaN : figure.getHigh());
  }

  private void set(String tier, String truth, long foundHarmful, long all) {
    probes.labels(tier, truth, "harmful").set((double) foundHarmful);
    probes.labels(tier, truth, "harmless").set((double) (all - foundHarmful));
  }
}
