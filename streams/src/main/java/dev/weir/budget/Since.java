/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Exposure;
import dev.weir.event.ReasonSpend;
import dev.weir.event.TierSpend;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What came between two exposures of a partition under one policy. No difference is below 0.
 *
 * @param last the one before; null for none
 * @param now the later one
 */
record Since(@Nullable Exposure last, Exposure now) {
  long actions() {
    return Math.max(0, now.getActions() - (last == null ? 0 : last.getActions()));
  }

  /** Actions that were escalated, audits excepted. */
  long escalated() {
    return Math.max(0, now.getEscalated() - (last == null ? 0 : last.getEscalated()));
  }

  double more(ToDoubleFunction<Exposure> figure) {
    double before = last == null ? 0 : figure.applyAsDouble(last);
    return Math.max(0, figure.applyAsDouble(now) - before);
  }

  /** Adds the reviews that came between. */
  void addTo(Spending spending) {
    now.getTiers().forEach(spent -> spending.add(less(spent)));
    now.getReasons().forEach(spent -> spending.add(less(spent)));
  }

  private TierSpend less(TierSpend spent) {
    List<TierSpend> before = last == null ? List.of() : last.getTiers();
    return before.stream()
        .filter(each -> each.getTier().equals(spent.getTier()))
        .findFirst()
        .map(
            each ->
                new TierSpend(
                    spent.getTier(),
                    Math.max(0, spent.getReviews() - each.getReviews()),
                    Math.max(0, spent.getCost() - each.getCost()),
                    Math.max(0, spent.getAsked() - each.getAsked()),
                    Math.max(0, spent.getMass() - each.getMass())))
        .orElse(spent);
  }

  private ReasonSpend less(ReasonSpend spent) {
    List<ReasonSpend> before = last == null ? List.of() : last.getReasons();
    return before.stream()
        .filter(each -> each.getReason() == spent.getReason())
        .findFirst()
        .map(
            each ->
                new ReasonSpend(
                    spent.getReason(),
                    Math.max(0, spent.getReviews() - each.getReviews()),
                    Math.max(0, spent.getCost() - each.getCost())))
        .orElse(spent);
  }
}
