/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Escalation;
import dev.weir.event.VerdictDecision;
import dev.weir.reviewer.Draft;
import dev.weir.reviewer.Escalated;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person's session, by lines of text. */
class DeskTest {
  private final Map<String, Escalation> open = new LinkedHashMap<>();
  private final Map<String, Draft> answers = new LinkedHashMap<>();
  private final StringWriter shown = new StringWriter();

  @Test
  void shouldTakeEveryDecisionWhenItsKeyIsTyped() throws Exception {
    open("a", "d", "e", "b", "r", "h");
    int answered =
        session(
            "a looks right",
            "d",
            "too dangerous",
            "e who knows",
            "b not mine",
            "r {\"cmd\":\"ls\"}",
            "narrower",
            "h vetted",
            "its work");
    assertThat(answered).isEqualTo(6);
    assertThat(answers.values())
        .containsExactly(
            Draft.of(VerdictDecision.APPROVE, "looks right"),
            Draft.of(VerdictDecision.DENY, "too dangerous"),
            Draft.of(VerdictDecision.ESCALATE, "who knows"),
            Draft.of(VerdictDecision.ABSTAIN, "not mine"),
            new Draft(VerdictDecision.REPLACE, null, "narrower", null, "{\"cmd\":\"ls\"}", null),
            new Draft(VerdictDecision.HANDOVER, null, "its work", null, null, "vetted"));
    assertThat(shown.toString()).contains("nothing is open");
  }

  @Test
  void shouldShowWhatIsAskedAndHowMuchIsOpenWhenItBegins() throws Exception {
    open("x", "y");
    session("q");
    assertThat(shown.toString())
        .startsWith("2 open, 0 answered   1 h 00 min left   risk 2.00")
        .contains("cmd: rm -rf /")
        .contains("a approve");
    assertThat(answers).isEmpty();
  }

  @Test
  void shouldAnswerNothingWhenTheInputIsNotAsItShouldBe() throws Exception {
    open("x");
    session("r not json", "r [1]", "why", "h", "", "why", "z", "");
    assertThat(answers).isEmpty();
    assertThat(shown.toString())
        .contains("not answered: that is no JSON")
        .contains("not answered: REPLACE needs")
        .contains("not answered: HANDOVER needs");
  }

  @Test
  void shouldLeaveItOpenWhenItIsSkipped() throws Exception {
    open("x", "y");
    assertThat(session("s", "a fine")).isEqualTo(1);
    assertThat(answers.keySet()).containsExactly("y");
    assertThat(shown.toString()).contains("nothing else is open; 1 skipped");
  }

  @Test
  void shouldGoOnToTheNextWhenOthersSettleWhatIsShown() throws Exception {
    open("x", "y");
    Desk.Tray tray = new Paper();
    List<String> typed = new ArrayList<>(List.of("?", "a fine"));
    BufferedReader in =
        new BufferedReader(new StringReader("")) {
          @Override
          public String readLine() {
            open.remove("x"); // while the person reads
            return typed.isEmpty() ? null : typed.remove(0);
          }
        };
    new Desk(new LineConsole(in, new PrintWriter(shown)), tray, clock(), true).work(() -> false);
    assertThat(answers.keySet()).containsExactly("y");
    assertThat(shown.toString()).contains("settled by others");
  }

  private void open(String... ids) {
    for (String id : ids) {
      open.put(id, Escalated.of(id));
    }
  }

  private int session(String... lines) throws Exception {
    BufferedReader in = new BufferedReader(new StringReader(String.join("\n", lines) + "\n"));
    return new Desk(new LineConsole(in, new PrintWriter(shown)), new Paper(), clock(), true)
        .work(() -> false);
  }

  private static Clock clock() {
    return Clock.fixed(Escalated.NOW, ZoneOffset.UTC);
  }

  private final class Paper implements Desk.Tray {
    @Override
    public List<Escalation> open() {
      return List.copyOf(open.values());
    }

    @Override
    public void answer(Escalation escalation, Draft draft) {
      answers.put(escalation.getEscalationId(), draft);
      open.remove(escalation.getEscalationId());
    }
  }
}
