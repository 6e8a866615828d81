/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ActionSummary;
import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Escalation;
import dev.weir.event.GrantLack;
import dev.weir.event.GrantRequest;
import dev.weir.event.MissingGrant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person sees of an escalation. */
class EscalationTextTest {
  @Test
  void shouldShowActionReasonsTaskAndChangeWhenThereAreAny() {
    Escalation escalation = Escalated.of("1");
    escalation
        .getAssessment()
        .getScore()
        .setContributions(
            List.of(
                new Contribution("deletes", Dimension.DESTRUCTION, 3.0, true, "it deletes"),
                new Contribution("lesser", Dimension.DESTRUCTION, 1.0, false, "not counted")));
    escalation.getContext().setObjective("clean up");
    escalation
        .getContext()
        .setRecent(List.of(summary("shell", "{\"cmd\":\"ls\"}"), summary("mail", "{}")));

    assertThat(EscalationText.head(escalation, Escalated.NOW))
        .isEqualTo("1 h 00 min left   risk 2.00 = magnitude 3.00 -1.00   PRICED");
    assertThat(EscalationText.lines(escalation))
        .contains("Action   PROPOSED shell by agent, class shell", "    cmd: rm -rf /")
        .contains("  destruction      +3.00  it deletes  (deletes)")
        .contains("  objective (not attested): clean up", "  recent  0.50  mail {}")
        .containsSequence("Changed since its last shell", "  cmd: \"ls\" -> \"rm -rf /\"")
        .noneMatch(line -> line.contains("not counted"));
  }

  @Test
  void shouldLetNothingThroughThatSteersATerminalWhenAllIsHostile() {
    String hostile = "\u001b[2J\u202e\u200b\r\n\u0007";
    String json = "\"\\u001b[2J\u202e\u200b\\r\\n\\u0007\"";
    Escalation escalation =
        Escalated.of(
            "1",
            "{\"arguments\":{%s:%s},\"arguments_raw\":%s}"
                .formatted(json, json, json)
                .getBytes(StandardCharsets.UTF_8));
    escalation.getAssessment().setTool(hostile);
    escalation.getAssessment().setAgentId(hostile);
    escalation.getAssessment().getScore().setActionClass(hostile);
    escalation
        .getAssessment()
        .getScore()
        .setContributions(List.of(new Contribution(hostile, Dimension.MONEY, 1.0, true, hostile)));
    escalation.getContext().setObjective(hostile);
    escalation.getContext().setRecent(List.of(summary(hostile, json)));
    escalation.getContext().setWorst(List.of(summary(hostile, hostile)));

    assertThat(EscalationText.lines(escalation))
        .hasSizeGreaterThan(10)
        .allSatisfy(line -> assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 127));
  }

  @Test
  void shouldShowWhatItCanWhenTheActionCannotBeRead() {
    assertThat(EscalationText.lines(Escalated.of("1", new byte[] {1, 2, 3})))
        .contains("  (unreadable)");
  }

  @Test
  void shouldEndSomewhereWhenTheActionHasNoEnd() {
    StringBuilder json = new StringBuilder("{\"arguments\":{\"k\":1");
    for (int i = 0; i < 5000; i++) {
      json.append(",\"k").append(i).append("\":").append(i);
    }
    Escalation escalation =
        Escalated.of("1", json.append("}}").toString().getBytes(StandardCharsets.UTF_8));
    assertThat(EscalationText.lines(escalation))
        .hasSize(501)
        .last()
        .asString()
        .contains("more lines");
  }

  private static ActionSummary summary(String tool, String arguments) {
    return ActionSummary.newBuilder()
        .setEventId("before")
        .setAgentId("agent")
        .setTool(tool)
        .setArguments(arguments)
        .setOccurredAt(Escalated.NOW)
        .setRisk(0.5)
        .setDigest(Escalated.of("1").getDigest())
        .build();
  }

  @Test
  void shouldSayWhichGrantIsMissingWhenAnActionIsReserved() {
    Escalation escalation = Escalated.of("1");
    List<MissingGrant> missing = List.of(new MissingGrant("ship", GrantLack.NOT_YET));
    escalation.getAssessment().getDecision().setMissingGrants(missing);

    assertThat(EscalationText.lines(escalation))
        .contains("Lacks    ship is reserved for vetted agents, and agent's grant of it: not yet");
    escalation.setRequest(new GrantRequest("weir.actions", "agent", missing));
    assertThat(EscalationText.lines(escalation))
        .contains("Request  ship is reserved for vetted agents, and agent's grant of it: not yet");
  }
}
