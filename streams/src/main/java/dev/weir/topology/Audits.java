/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.budget.AuditBooks;
import dev.weir.budget.AuditBooks.Subject;
import dev.weir.budget.AuditDraw;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.policy.AuditSettings;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the audit's books of one partition: what passed without another review, and what was drawn
 * of it. Another policy begins books of its own.
 */
final class Audits {
  private static final String KEY = "books";

  private final KeyValueStore<String, AuditBooks> store;

  Audits(KeyValueStore<String, AuditBooks> store) {
    this.store = store;
  }

  /** Writes down what was decided of an action, where it could have been audited. */
  void decided(Judged judged, Decision decision) {
    EscalationReason reason = decision.getReason();
    boolean passed = reason == EscalationReason.NONE || reason == EscalationReason.AUDIT;
    AuditSettings settings = judged.stance().policy().audit().orElse(null);
    if (settings == null || !passed || decision.getAuditInclusion() == 0) {
      return;
    }
    AuditBooks books = books(judged.stance(), settings);
    String agent = judged.fresh().action().event().getAgent().getId();
    books.passed(
        new Subject(judged.scored().score().getActionClass(), settings.group(agent)),
        new AuditDraw(decision.getAuditInclusion(), settings.negatives(), decision.getAuditU()));
    store.put(KEY, books);
  }

  private AuditBooks books(Stance stance, AuditSettings settings) {
    AuditBooks known = store.get(KEY);
    return known != null && known.isOf(stance.digest())
        ? known
        : AuditBooks.fresh(stance.policy().digest(), settings);
  }
}
