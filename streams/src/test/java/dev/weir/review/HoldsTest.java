/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.budget.Precedent;
import dev.weir.event.DispositionKind;
import dev.weir.state.Hold;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldsTest {
  private static final List<Long> LIKE = List.of(1L, 7L);
  private static final ByteBuffer CALL = ByteBuffer.wrap(new byte[] {1});
  private final Holds holds = Holds.none();

  private static Hold hold(String id, boolean proposed, double risk) {
    return new Hold(
        id,
        "e-" + id,
        ByteBuffer.wrap(new byte[32]),
        proposed,
        DispositionKind.HELD,
        LIKE,
        risk,
        0,
        ByteBuffer.wrap(new byte[] {2}),
        ByteBuffer.allocate(0),
        false);
  }

  private Hold held(String id, double risk) {
    Hold hold = hold(id, true, risk);
    holds.add(hold);
    return hold;
  }

  @Test
  void shouldSetNoPrecedentUntilDeniedWhenItWasOnlyAskedFor() {
    Hold asked = held("a", 4);
    asked.setRequested(true);
    assertThat(holds.precedent(LIKE, CALL)).isEqualTo(Precedent.NONE);
    holds.end(asked, DispositionKind.EXPIRED);
    assertThat(holds.precedent(LIKE, CALL)).isEqualTo(Precedent.NONE);
    holds.end(asked, DispositionKind.DENIED);
    assertThat(holds.precedent(LIKE, CALL).retry()).isTrue();
  }

  @Test
  void shouldHearNoMoreRequestsWhenEnoughAreOpen() {
    for (int i = 0; i < Holds.MAX_REQUESTED; i++) {
      assertThat(holds.mayRequest()).isTrue();
      held("a" + i, 4).setRequested(true);
      held("b" + i, 4);
    }
    assertThat(holds.mayRequest()).isFalse();
    assertThat(Holds.restored(holds.state()).mayRequest()).isFalse();
    holds.end(holds.find("a3"), DispositionKind.RELEASED);
    assertThat(holds.mayRequest()).isTrue();
  }

  @Test
  void shouldSetNoPrecedentWhenNothingIsAlike() {
    held("a", 4);

    assertThat(holds.precedent(List.of(2L, 7L), CALL)).isEqualTo(Precedent.NONE);
    assertThat(holds.precedent(List.of(1L, 8L), CALL)).isEqualTo(Precedent.NONE);
  }

  @Test
  void shouldPassOnTheHighestRiskWhileHeldAndAfterADenial() {
    Hold first = held("a", 4);
    held("b", 5);

    assertThat(holds.precedent(LIKE, CALL)).isEqualTo(new Precedent(5, true, false));
    holds.end(first, DispositionKind.DENIED);
    assertThat(holds.precedent(LIKE, CALL)).isEqualTo(new Precedent(5, true, false));
  }

  @Test
  void shouldPassOnNothingWhenItWasReleased() {
    holds.end(held("a", 4), DispositionKind.RELEASED);

    assertThat(holds.precedent(LIKE, CALL)).isEqualTo(Precedent.NONE);
  }

  @Test
  void shouldPassOnNothingOfWhatWasOnlyObserved() {
    holds.add(hold("a", false, 4));

    assertThat(holds.precedent(LIKE, CALL)).isEqualTo(Precedent.NONE);
  }

  @Test
  void shouldPassOnNothingToWhatAReviewerSuggested() {
    Hold hold = held("a", 4);
    hold.setReplacement(CALL);
    holds.end(hold, DispositionKind.DENIED);

    assertThat(holds.precedent(LIKE, CALL)).isEqualTo(Precedent.NONE);
    assertThat(holds.precedent(LIKE, ByteBuffer.wrap(new byte[] {3})).retry()).isTrue();
  }

  @Test
  void shouldBeSpentWhenItsLikeCameAgainTooOften() {
    held("a", 4);
    for (int i = 1; i <= Holds.MAX_RETRIES; i++) {
      assertThat(holds.precedent(LIKE, CALL).spent()).isFalse();
      assertThat(holds.retried(LIKE, 6)).isEqualTo(i);
    }

    assertThat(holds.precedent(LIKE, CALL)).isEqualTo(new Precedent(6, true, true));
    assertThat(Holds.restored(holds.state()).precedent(LIKE, CALL))
        .isEqualTo(new Precedent(6, true, true));
  }

  @Test
  void shouldBeDeniedToGrantsWhenItsLikeOrItsTaskWasDenied() {
    held("a", 4);
    Hold like = held("b", 4);
    Hold observed = hold("c", false, 4);
    holds.add(observed);
    Hold other = hold("d", true, 4);
    other.setLikeness(List.of(2L, 7L));
    holds.add(other);
    holds.end(observed, DispositionKind.DENIED);
    holds.end(other, DispositionKind.DENIED);
    assertThat(holds.isDenied("a")).isFalse();
    assertThat(holds.isDenied("nobody's")).isTrue();

    holds.end(like, DispositionKind.RELEASED);
    assertThat(holds.isDenied("a")).isFalse();
    holds.end(like, DispositionKind.DENIED);
    assertThat(holds.isDenied("a")).isTrue();
    like.setReplacement(holds.find("a").getCall());
    assertThat(holds.isDenied("a")).as("a reviewer suggested it").isFalse();

    holds.close();
    assertThat(holds.isDenied("a")).isTrue();
  }

  @Test
  void shouldHoldNoMoreThanItMay() {
    for (int i = 0; i < Holds.MAX_OPEN; i++) {
      held("h" + i, 1);
    }

    assertThatThrownBy(() -> held("more", 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldForgetWhatWasReleasedBeforeWhatWasDenied() {
    for (int i = 0; i < Holds.MAX_ENDED; i++) {
      holds.end(held("h" + i, 1), i == 20 ? DispositionKind.RELEASED : DispositionKind.DENIED);
    }
    holds.end(held("next", 1), DispositionKind.DENIED);

    assertThat(holds.find("h20")).isNull();
    assertThat(holds.find("h0")).isNotNull();
    holds.end(held("another", 1), DispositionKind.EXPIRED);
    assertThat(holds.find("h0")).isNull();
    assertThat(holds.size()).isEqualTo(Holds.MAX_ENDED);
    assertThat(holds.open()).isZero();
  }
}
