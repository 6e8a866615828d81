/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Escalation;
import dev.weir.event.EscalationEnded;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.policy.publish.Ed25519;
import dev.weir.wire.SingleObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person may still answer, whatever the order in which topics are read. */
class OpenEscalationsTest {
  private static final SingleObject<Escalation> ESCALATION = SingleObject.of(Escalation.class);
  private static final SingleObject<EscalationEnded> ENDED = SingleObject.of(EscalationEnded.class);
  private static final SingleObject<Verdict> VERDICT = SingleObject.of(Verdict.class);

  private final OpenEscalations open = new OpenEscalations(Escalated.carol());

  @Test
  void shouldHoldWhatIsOfTheTierAndInTimeWhenEscalationsCome() {
    Escalation other = Escalated.of("other");
    other.setTier("panel");
    Escalation due = Escalated.of("due");
    due.setDeadline(Escalated.NOW);
    Escalation soon = Escalated.of("soon");
    soon.setDeadline(Escalated.NOW.plusSeconds(1));
    for (Escalation escalation : List.of(Escalated.of("later"), other, due, soon)) {
      open.escalation(ESCALATION.encode(escalation));
    }
    open.escalation(new byte[] {1});
    assertThat(ids()).containsExactly("soon", "later");
  }

  @Test
  void shouldDropWhatHasEndedWhenThatIsToldBeforeOrAfter() {
    open.escalation(ENDED.encode(ended("before")));
    for (String id : List.of("before", "after", "open")) {
      open.escalation(ESCALATION.encode(Escalated.of(id)));
    }
    open.escalation(ENDED.encode(ended("after")));
    assertThat(ids()).containsExactly("open");
  }

  @Test
  void shouldDropWhatItAnsweredAndNotWhatOthersSayItDidWhenVerdictsCome() {
    for (String id : List.of("own", "forged", "another's")) {
      open.escalation(ESCALATION.encode(Escalated.of(id)));
    }
    Draft draft = Draft.of(VerdictDecision.ABSTAIN, "");
    Identity forger = new Identity("carol", "expert", "k1", Ed25519.generate().getPrivate());
    Identity another = new Identity("dave", "expert", "k1", Escalated.KEY.getPrivate());
    open.verdict(VERDICT.encode(Escalated.carol().sign(Escalated.of("own"), draft, Escalated.NOW)));
    open.verdict(VERDICT.encode(forger.sign(Escalated.of("forged"), draft, Escalated.NOW)));
    open.verdict(VERDICT.encode(another.sign(Escalated.of("another's"), draft, Escalated.NOW)));
    open.verdict(new byte[] {1});
    assertThat(ids()).containsExactlyInAnyOrder("forged", "another's");
  }

  private List<String> ids() {
    return open.at(Escalated.NOW).stream().map(Escalation::getEscalationId).toList();
  }

  private static EscalationEnded ended(String id) {
    return new EscalationEnded(id, "task", Escalated.NOW);
  }
}
