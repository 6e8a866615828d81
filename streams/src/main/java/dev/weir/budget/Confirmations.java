/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Bounded;
import dev.weir.event.Confirmed;
import dev.weir.event.ConfirmedGroup;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what audits and reviews confirm, by intervals that hold at every look. An interval that
 * holds all that is possible says nothing, and neither does its middle: it is left out.
 */
final class Confirmations {
  private Confirmations() {}

  /** All figures, at the confidence that the policy asks for. */
  static Confirmed of(AuditBooks books) {
    double error = 1 - books.level();
    Optional<MissedRisk> missed = books.missed(books.total(), error);
    return new Confirmed(
        books.level(),
        group(books, books.total(), error),
        groups(books, books.classes(), error),
        groups(books, books.groups(), error),
        books.probes(),
        missed.isPresent() && missed.get().screenDoubtful());
  }

  private static List<ConfirmedGroup> groups(
      AuditBooks books, Collection<AuditCounts> counts, double error) {
    return counts.stream()
        .filter(each -> each.answers() > 0)
        .map(each -> group(books, each, error))
        .toList();
  }

  private static ConfirmedGroup group(AuditBooks books, AuditCounts counts, double error) {
    Optional<MissedRisk> missed = books.missed(counts, error);
    Recall recall = books.recall(counts, error);
    Recall.Known known = recall instanceof Recall.Known figures ? figures : null;
    return new ConfirmedGroup(
        counts.name(),
        counts.passed(),
        counts.screened().count(),
        counts.reviewed(),
        counts.caught(),
        counts.aboveCap(),
        missed.map(risk -> bounded(risk.rate(), 1)).orElse(null),
        missed.map(risk -> bounded(risk.mass(), counts.cap())).orElse(null),
        known == null ? null : bounded(known.actions(), 1),
        known == null ? null : bounded(known.mass(), 1),
        recall instanceof Recall.Unknown unknown ? unknown.audits() : 0L,
        counts.deniedInVain().trials(),
        inVain(counts.deniedInVain(), error));
  }

  private static @Nullable Bounded inVain(Proportion share, double error) {
    Interval always = share.always(error);
    return share.trials() == 0 ? null : new Bounded(share.estimate(), always.low(), always.high());
  }

  private static @Nullable Bounded bounded(Estimate estimate, double most) {
    Interval always = estimate.always();
    return always.low() <= 0 && always.high() >= most
        ? null
        : new Bounded(estimate.value(), always.low(), always.high());
  }
}
