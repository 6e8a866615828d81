/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.event.AgentEvidence;
import dev.weir.event.Score;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.score.PolicyScorer;
import dev.weir.score.TaskView;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecomputationTest {
  private static final Policy POLICY = PolicyLoader.builtIn();
  private static final String[] STORY = {
    "{tool: get_mail, objective: read my mail}",
    "{tool: send_mail, arguments: {to: [a@b.org], body: hello}}",
    "{tool: bash, arguments: {command: rm -rf /tmp/x}}",
    "{tool: pay_bill, arguments: {amount: 12, to: x}}"
  };

  private static List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    for (String text : STORY) {
      actions.add(
          PolicyLoader.action(
              "a", text.getBytes(StandardCharsets.UTF_8), "weir.actions", actions.size()));
    }
    return actions;
  }

  private static List<PastScore> pasts() {
    Replay replay = new Replay(POLICY, new PolicyScorer(POLICY), FoldRules.DEFAULT);
    List<PastScore> pasts = new ArrayList<>();
    for (Action action : actions()) {
      Replay.Replayed r = replay.add(action).orElseThrow();
      pasts.add(
          new PastScore(
              action.event().getEventId(),
              action.event().getTaskId(),
              action.origin().topic(),
              0,
              action.origin().offset(),
              action.origin().receivedMs(),
              HexFormat.of().formatHex(action.digest()),
              POLICY.digestHex(),
              r.grown().folded().core().getActions(),
              Score.newBuilder(r.scored().score()).build(),
              null));
    }
    return pasts;
  }

  /** A score stands with the figures of the record that it read, and with no others. */
  @Test
  void shouldTakeTheAgentsRecordAsTheScoreReadIt() {
    Policy policy = POLICY.withSource("weir.actions", Set.of(Attestable.AGENT));
    AgentEvidence read = new AgentEvidence(40L, 20L, 4.0, 2.5);
    Action action = actions().get(3);
    Score score = new PolicyScorer(policy).score(action, TaskView.none(), read).score();
    assertThat(score.getContributions()).anyMatch(c -> c.getRule().equals("agent-record"));

    for (AgentEvidence told : Arrays.asList(read, new AgentEvidence(41L, 20L, 4.0, 2.5), null)) {
      PastScore past =
          new PastScore(
              action.event().getEventId(),
              action.event().getTaskId(),
              action.origin().topic(),
              0,
              action.origin().offset(),
              action.origin().receivedMs(),
              HexFormat.of().formatHex(action.digest()),
              policy.digestHex(),
              1,
              Score.newBuilder(score).build(),
              told);
      assertThat(prove(policy, List.of(past), List.of(action)))
          .extracting(Proof::finding)
          .containsExactly(told == read ? Proof.Finding.MATCHES : Proof.Finding.DIFFERS);
    }
  }

  private static List<Proof> prove(Policy policy, List<PastScore> pasts, List<Action> actions) {
    Recomputation recomputation = new Recomputation(policy, FoldRules.DEFAULT, pasts);
    actions.forEach(action -> recomputation.add(action, false));
    return recomputation.proofs();
  }

  @Test
  void shouldMatchBitForBitWhenNothingWasChanged() {
    assertThat(prove(POLICY, pasts(), actions()))
        .hasSize(STORY.length)
        .allMatch(p -> p.finding() == Proof.Finding.MATCHES && p.notes().isEmpty());
  }

  @Test
  void shouldNameTheFieldsWhenAScoreWasChanged() {
    List<PastScore> pasts = pasts();
    Score forged = pasts.get(3).score();
    forged.setMagnitude(Math.nextUp(forged.getMagnitude()));
    forged.getContributions().get(0).setValue(0.25);
    Proof proof =
        prove(POLICY, pasts, actions()).stream()
            .filter(p -> p.past() == pasts.get(3))
            .findFirst()
            .orElseThrow();
    assertThat(proof.finding()).isEqualTo(Proof.Finding.DIFFERS);
    assertThat(proof.notes())
        .anyMatch(n -> n.startsWith("magnitude: recorded "))
        .anyMatch(n -> n.startsWith("contribution recorded and not recomputed: "))
        .anyMatch(n -> n.startsWith("contribution recomputed and not recorded: "));
  }

  @Test
  void shouldRefuseToTellWhenThePolicyIsAnother() {
    assertThat(prove(POLICY.withTax(0.5), pasts(), actions()))
        .hasSize(STORY.length)
        .allSatisfy(p -> assertThat(p.finding()).isEqualTo(Proof.Finding.OTHER_POLICY))
        .allSatisfy(p -> assertThat(p.notes().get(0)).contains(POLICY.digestHex()));
  }

  @Test
  void shouldSayThatActionsAreMissingWhenTheTaskIsNotWhole() {
    assertThat(prove(POLICY, pasts(), actions().subList(1, 4)))
        .hasSize(STORY.length)
        .allSatisfy(p -> assertThat(p.finding()).isEqualTo(Proof.Finding.INCOMPLETE));
  }
}
