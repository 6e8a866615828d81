/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

/** Answers in any order, and each offset once, wherever one goes on. */
class ProgressTest {
  @Test
  void shouldCommitTheFirstThatIsOpenWhenLaterOnesAreDone() {
    Progress progress = new Progress(new OffsetAndMetadata(10));
    for (long offset : new long[] {10, 11, 13, 20}) {
      assertThat(progress.take(offset)).isTrue();
    }
    progress.done(13);
    progress.done(20);
    assertThat(progress.commit().offset()).isEqualTo(10);

    Progress next = new Progress(progress.commit());
    assertThat(next.take(10)).isTrue();
    assertThat(next.take(11)).isTrue();
    assertThat(next.take(13)).as("done before").isFalse();
    assertThat(next.take(20)).as("done before").isFalse();
    next.done(10);
    next.done(11);
    assertThat(next.commit()).isEqualTo(new OffsetAndMetadata(21));
  }

  @Test
  void shouldBeFullWhenTheFirstOpenOneLiesFarBack() {
    Progress progress = new Progress(null);
    progress.take(0);
    progress.take(Progress.WINDOW);
    assertThat(progress.isFull()).isTrue();
    progress.done(0);
    assertThat(progress.isFull()).isFalse();
  }

  @Test
  void shouldKeepMetadataWithinWhatABrokerTakesWhenTheWindowIsFull() {
    Progress progress = new Progress(null);
    for (long offset = 0; offset <= 2 * Progress.WINDOW; offset++) {
      progress.take(offset);
    }
    for (long offset = 1; offset <= 2 * Progress.WINDOW; offset++) {
      progress.done(offset);
    }
    assertThat(progress.commit().metadata()).hasSizeLessThan(4096);
    assertThat(progress.commit().offset()).isZero();
  }

  @Test
  void shouldDoEachOffsetOnceWhenItGoesOnFromAnyCommit() {
    Random random = new Random(1);
    Set<Long> answered = new HashSet<>();
    OffsetAndMetadata committed = new OffsetAndMetadata(0);
    for (int life = 0; life < 200 && answered.size() < 300; life++) {
      Progress progress = new Progress(committed);
      List<Long> open = new ArrayList<>();
      for (long offset = committed.offset(); offset < 600; offset += 2) { // markers between
        if (progress.take(offset)) {
          open.add(offset);
        }
      }
      for (int i = 0; i < 10 && !open.isEmpty(); i++) {
        long offset = open.remove(random.nextInt(open.size()));
        progress.done(offset);
        if (i < 7) {
          assertThat(answered.add(offset)).as("once").isTrue();
          committed = progress.commit();
        }
      }
    }
    assertThat(answered).hasSize(300);
  }
}
