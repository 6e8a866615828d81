/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.budget.AuditBooks.Finding;
import dev.weir.budget.AuditBooks.Subject;
import dev.weir.event.AuditAccount;
import dev.weir.state.AuditState;
import dev.weir.wire.SingleObject;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AuditBooksTest {
  private static final Subject SUBJECT = new Subject("payment", "team-1");
  private final AuditBooks books = fresh();

  @Test
  void shouldGoOnTheSameWhenRestoredFromItsBytes() {
    work(books, new SplittableRandom(1), 3000);
    SingleObject<AuditState> codec = SingleObject.of(AuditState.class);
    AuditBooks restored = AuditBooks.restored(codec.decode(codec.encode(books.state())));
    work(books, new SplittableRandom(2), 3000);
    work(restored, new SplittableRandom(2), 3000);

    assertThat(restored.state()).isEqualTo(books.state());
    assertThat(restored.missed(0.05)).isEqualTo(books.missed(0.05)).isPresent();
  }

  @Test
  void shouldStayBoundedWhenClassesAndGroupsAreMany() {
    AuditDraw draw = new AuditDraw(0.1, 0.05, 0.05);
    for (int i = 0; i < 1000; i++) {
      books.passed(new Subject("c" + i, "g" + i), draw);
      books.probed("tier" + i, true, true);
    }
    AuditAccount state = books.state().getAccount();
    assertThat(state.getClasses()).hasSize(AuditBooks.MAX_GROUPS);
    assertThat(state.getGroups()).hasSize(AuditBooks.MAX_GROUPS);
    assertThat(state.getProbes()).hasSize(AuditBooks.MAX_GROUPS);
    assertThat(state.getClasses().get(31).getName()).isEqualTo(AuditBooks.OTHER);
    assertThat(state.getClasses().get(31).getPassed()).isEqualTo(1000 - 31);
    assertThat(state.getTotal().getPassed()).isEqualTo(1000);
  }

  @Test
  void shouldNotKnowWhenNothingWasAudited() {
    assertThat(books.missed(0.05)).isEmpty();
    assertThat(books.recall(0.05)).isInstanceOf(Recall.Unknown.class);
  }

  @Test
  void shouldKnowRecallWhenEvidenceIsEnough() {
    probe(books);
    for (int i = 0; i < 1000; i++) {
      books.reviewed(SUBJECT, new Finding(i < 300, 10));
    }
    for (int i = 0; i < 100_000; i++) {
      AuditDraw draw = new AuditDraw(0.1, 0.05, i % 1000 / 1000.0);
      books.passed(SUBJECT, draw);
      if (draw.audited()) {
        books.screened(SUBJECT, draw, i < 10);
      }
    }
    for (int i = 0; i < 10; i++) {
      books.confirmed(SUBJECT, new AuditDraw(0.1, 0.05, 0), true, new Finding(true, 10));
    }
    // 300 caught, 10 audits of one in ten found: about 100 missed
    assertThat(books.groups()).extracting(AuditCounts::name).containsExactly("team-1");
    AuditCounts group = books.groups().iterator().next();
    Recall.Known known = (Recall.Known) books.recall(group, 0.05);
    assertThat(known.actions().value()).isCloseTo(0.75, within(0.01));
    assertThat(known.actions().once().contains(0.75)).isTrue();
    assertThat(known.actions().once().width()).isLessThan(0.3);
    assertThat(known.actions().always().width()).isGreaterThan(known.actions().once().width());
    assertThat(known.mass().value()).isCloseTo(0.75, within(0.01));
    assertThat(books.classes()).extracting(AuditCounts::name).containsExactly("payment");
    AuditCounts ofClass = books.classes().iterator().next();
    assertThat(books.recall(ofClass, 0.05)).isEqualTo(known);
    assertThat(books.missed(ofClass, 0.05)).isPresent();
  }

  @Test
  void shouldSayHowManyAuditsAreMissingWhenEvidenceIsThin() {
    probe(books);
    for (int i = 0; i < 100; i++) {
      books.reviewed(SUBJECT, new Finding(i < 10, 10));
    }
    for (int i = 0; i < 100_000; i++) {
      AuditDraw draw = new AuditDraw(0.001, 0.05, i / 1e5);
      books.passed(SUBJECT, draw);
      if (draw.audited()) {
        books.screened(SUBJECT, draw, false);
      }
    }
    // that no more than the 10 caught were missed takes 3.7 / (10 / 100,000) clean ones
    assertThat(books.recall(0.05))
        .isInstanceOfSatisfying(
            Recall.Unknown.class,
            unknown -> assertThat(unknown.audits()).isBetween(36_000L, 37_000L));
  }

  private static void probe(AuditBooks books) {
    for (String tier : new String[] {"cheap", "dear"}) {
      for (int i = 0; i < 5000; i++) {
        books.probed(tier, true, true);
        books.probed(tier, false, false);
      }
    }
  }

  private static void work(AuditBooks books, SplittableRandom random, int actions) {
    for (int i = 0; i < actions; i++) {
      Subject subject = new Subject("c" + random.nextInt(40), "g" + random.nextInt(3));
      AuditDraw draw = new AuditDraw(0.2, 0.5, random.nextDouble());
      books.passed(subject, draw);
      books.probed(random.nextBoolean() ? "cheap" : "dear", i % 2 == 0, random.nextInt(9) == 0);
      if (draw.audited()) {
        boolean positive = random.nextInt(10) == 0;
        books.screened(subject, draw, positive);
        if (positive || draw.confirmsNegative(random.nextDouble())) {
          books.confirmed(
              subject, draw, positive, new Finding(random.nextInt(3) == 0, random.nextInt(2000)));
        }
      }
    }
  }

  private static AuditBooks fresh() {
    return AuditBooks.fresh(new byte[] {1, 2}, AuditPlanTest.SETTINGS);
  }
}
