/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.AuditAccount;
import dev.weir.event.AuditReport;
import dev.weir.event.Confirmed;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What reviews, audits and probes confirmed over all partitions: the sum of their latest reports.
 *
 * <p>Invariant: a partition's report of the highest sequence under its latest policy counts, so a
 * repeat, a gap or a reordering is harmless. Figures are renewed each time that answers have grown
 * by one in fifty, so their cost does not grow with the traffic. Not safe for use by several
 * threads.
 */
final class FleetAudits {
  private final Map<Integer, AuditReport> reports = new HashMap<>();
  private final Map<ByteBuffer, Long> answers = new HashMap<>();
  private final Map<ByteBuffer, Figures> figures = new HashMap<>();

  /** Figures, and how many answers they rest on. */
  private record Figures(Confirmed confirmed, long answers) {}

  /**
   * Takes one partition's report in.
   *
   * @return false if it is old
   */
  boolean tell(AuditReport report) {
    AuditReport last = reports.get(report.getPartition());
    if (last != null && !newer(report, last)) {
      return false;
    }
    reports.put(report.getPartition(), report);
    count(report.getAccount(), 1);
    if (last != null) {
      count(last.getAccount(), -1);
    }
    return true;
  }

  /** Asked at every exposure: the answers are counted as they are told. */
  private void count(AuditAccount account, int sign) {
    long sum =
        answers.merge(account.getPolicyDigest(), sign * AuditBooks.answers(account), Long::sum);
    if (sum == 0) {
      answers.remove(account.getPolicyDigest());
      figures.remove(account.getPolicyDigest());
    }
  }

  private static boolean newer(AuditReport report, AuditReport last) {
    return report.getAccount().getPolicyDigest().equals(last.getAccount().getPolicyDigest())
        ? report.getSequence() > last.getSequence()
        : !report.getAsOf().isBefore(last.getAsOf());
  }

  /** What is confirmed of a policy; null before any answer. */
  @Nullable Confirmed confirmed(ByteBuffer policyDigest) {
    Long now = answers.get(policyDigest);
    if (now == null) {
      return null;
    }
    Figures known = figures.get(policyDigest);
    if (known == null || AuditBooks.grown(now, known.answers)) {
      known = new Figures(Confirmations.of(AuditBooks.merged(accounts(policyDigest))), now);
      figures.put(policyDigest, known);
    }
    return known.confirmed;
  }

  private List<AuditAccount> accounts(ByteBuffer policyDigest) {
    return reports.values().stream()
        .map(AuditReport::getAccount)
        .filter(account -> account.getPolicyDigest().equals(policyDigest))
        .toList();
  }
}
