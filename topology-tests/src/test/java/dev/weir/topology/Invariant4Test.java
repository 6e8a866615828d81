/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static dev.weir.author.Proof.Finding.MATCHES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.author.PastScore;
import dev.weir.author.Recomputation;
import dev.weir.budget.Chance;
import dev.weir.budget.Decisions;
import dev.weir.budget.Draws;
import dev.weir.budget.Terms;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.task.FoldRules;
import dev.weir.topology.Fleets.Logged;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Scores, contributions and folds are a function of the partition's log order and the versions
 * stamped on the assessment ({@link ReplayPropertyTest}). A decision is recomputable from what its
 * assessment stores.
 */
class Invariant4Test {
  /** Dear enough to review one action in fifty. */
  private static final Policy POLICY = PolicyLoader.builtIn().withTax(2);

  @Test
  void everyDecisionIsRecomputableFromItsAssessment() {
    List<Logged> log = Fleets.interleaved(Fleets.logs(Fleets.flawed(4, 150)), 4);
    Chance chance = Flume.chance();
    Terms terms = Terms.of(POLICY);
    Set<EscalationReason> met = EnumSet.noneOf(EscalationReason.class);
    try (Flume flume = Flume.open(POLICY)) {
      log.forEach(record -> flume.send(record.value(), record.receivedAt()));

      for (Assessment a : flume.assessments()) {
        Decision decision = a.getDecision();
        met.add(decision.getReason());
        assertThat(Decisions.recompute(Decisions.Of.assessed(a), decision, terms))
            .isEqualTo(decision);
        long receivedMs = a.getReceivedAt().toEpochMilli();
        assertThat(chance.draws(receivedMs, a.getTaskId(), a.getDigest().array()))
            .isEqualTo(new Draws(decision.getU(), decision.getAuditU(), decision.getChanceKeyId()));
        assertThat(a.getPolicyDigest().array()).isEqualTo(POLICY.digest());
      }
      assertThat(met).contains(EscalationReason.NONE, EscalationReason.PRICED);
      flume.skip(
          flume.topics().dispositions(),
          flume.topics().taskRisk(),
          flume.topics().escalations(),
          flume.topics().deadLetters(),
          flume.topics().duplicates());
      flume.skipFleet();
    }
  }

  @Test
  void everyScoreIsRecomputableOfflineFromTheLogAndThePolicy() {
    List<Logged> log = Fleets.interleaved(Fleets.logs(Fleets.flawed(4, 150)), 4);
    ActionDecoder decoder = new ActionDecoder(Limits.DEFAULT);
    try (Flume flume = Flume.open(POLICY)) {
      log.forEach(record -> flume.send(record.value(), record.receivedAt()));
      List<PastScore> pasts = flume.assessments().stream().map(Invariant4Test::past).toList();

      Recomputation recomputation = new Recomputation(POLICY, FoldRules.DEFAULT, pasts);
      for (Logged record : log) {
        long receivedMs = record.receivedAt().toEpochMilli();
        if (decoder.decode(record.value(), new Origin("", 0, 0, receivedMs)) instanceof Action a) {
          recomputation.add(a, false);
        }
      }
      assertThat(recomputation.proofs())
          .hasSameSizeAs(pasts)
          .allSatisfy(p -> assertThat(p.finding()).as("%s", p.notes()).isEqualTo(MATCHES));
      flume.skip(
          flume.topics().dispositions(),
          flume.topics().taskRisk(),
          flume.topics().escalations(),
          flume.topics().deadLetters(),
          flume.topics().duplicates());
      flume.skipFleet();
    }
  }

  private static PastScore past(Assessment a) {
    return new PastScore(
        a.getEventId(),
        a.getTaskId(),
        a.getTopic(),
        a.getPartition(),
        a.getOffset(),
        a.getReceivedAt().toEpochMilli(),
        HexFormat.of().formatHex(a.getDigest().array()),
        HexFormat.of().formatHex(a.getPolicyDigest().array()),
        a.getTaskActions(),
        a.getScore(),
        a.getAgentEvidence());
  }
}
