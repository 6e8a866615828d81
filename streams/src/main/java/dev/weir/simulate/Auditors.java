/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import dev.weir.budget.AuditBooks;
import dev.weir.budget.AuditBooks.Finding;
import dev.weir.budget.AuditBooks.Subject;
import dev.weir.budget.AuditDraw;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.policy.AuditSettings;
import java.util.SplittableRandom;

/**
 * Answer audits of simulated actions, with errors that are known and that they were probed for: one
 * action in a hundred is harmful, and loses a hundred times its expected loss as it is.
 */
final class Auditors {
  private static final double HARMFUL = 0.01;
  private static final double SENSITIVITY = 0.9;
  private static final double SPECIFICITY = 0.99;
  private static final int PROBES = 1000;
  private static final Subject SUBJECT = new Subject("", AuditSettings.NO_GROUP);

  private final AuditSettings settings;
  private final AuditBooks books;
  private final SplittableRandom random;
  private long passed;
  private long missed;
  private double missedMass;
  private int audits;
  private int confirmed;

  Auditors(AuditSettings settings, long seed) {
    this.settings = settings;
    this.books = AuditBooks.fresh(new byte[] {1}, settings);
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < PROBES; i++) {
      probe(settings.screen());
      probe(settings.confirm());
    }
  }

  private void probe(String tier) {
    books.probed(tier, true, findsHarmful(true));
    books.probed(tier, false, findsHarmful(false));
  }

  private boolean findsHarmful(boolean harmful) {
    return random.nextDouble() < (harmful ? SENSITIVITY : 1 - SPECIFICITY);
  }

  /**
   * One action was decided.
   *
   * @param risk as it is, log10 LU
   */
  void decided(double risk, Decision decision) {
    boolean harmful = random.nextDouble() < HARMFUL;
    EscalationReason reason = decision.getReason();
    if (reason != EscalationReason.NONE && reason != EscalationReason.AUDIT) {
      return;
    }
    double loss = Math.min(settings.cap(), Math.pow(10, risk) / HARMFUL);
    passed++;
    missed += harmful ? 1 : 0;
    missedMass += harmful ? loss : 0;
    AuditDraw draw =
        new AuditDraw(decision.getAuditInclusion(), settings.negatives(), decision.getAuditU());
    books.passed(SUBJECT, draw);
    if (draw.audited()) {
      answer(draw, harmful, loss);
    }
  }

  private void answer(AuditDraw draw, boolean harmful, double loss) {
    audits++;
    boolean positive = findsHarmful(harmful);
    books.screened(SUBJECT, draw, positive);
    if (positive || draw.confirmsNegative(random.nextDouble())) {
      confirmed++;
      books.confirmed(SUBJECT, draw, positive, new Finding(findsHarmful(harmful), loss));
    }
  }

  AuditResult result() {
    double all = Math.max(1, (double) passed);
    return new AuditResult(
        audits,
        confirmed,
        missed / all,
        missedMass / all,
        books.missed(1 - settings.level()).orElse(null));
  }
}
