/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.event.ActionEvent;
import dev.weir.policy.Attestable;
import dev.weir.score.Scored;
import dev.weir.task.Stories.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * A record of another source, which may attest nothing, in a task that it did not open lowers no
 * score of the task's own actions.
 *
 * <p>Where this ends: what such a record returned is what the task has met. Where an attested
 * objective names what it read, its values count as delegated instead of novel.
 */
class AnothersRecordsTest {
  private static final List<Story> CORPORA = Stories.corpora();
  private static final String OBJECTIVE_ATTESTED = Credulous.allBut(Attestable.TRUST);

  @Property(tries = 500, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void shouldScoreNoLowerAfterARecordOfAnother(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean attested = random.nextBoolean();
    Story story = CORPORA.get(random.nextInt(CORPORA.size())).after(random);
    String source = attested ? OBJECTIVE_ATTESTED : Credulous.OPEN;
    List<ActionEvent> own = story.copies();
    own.get(0).setObjective(story.objective());
    ActionEvent strange = strange(story, random);
    if (attested) {
      strange.setResult(null);
    }
    int at = 1 + random.nextInt(own.size());
    List<ActionEvent> both = new ArrayList<>(own);
    List<String> sources = new ArrayList<>(own.stream().map(action -> source).toList());
    List<Scored> without = Judge.BY_PACK.scores(own, sources);
    both.add(at, strange);
    sources.add(at, Credulous.OPEN);
    List<Scored> with = Judge.BY_PACK.scores(both, sources);
    for (int i = at; i < own.size(); i++) {
      Judge.noLower(
          with.get(i + 1),
          without.get(i),
          () -> "seed %d: a record of another at %d:%n%s".formatted(seed, at, both));
    }
  }

  /** An action of this or another task, with flattering claims. */
  private static ActionEvent strange(Story story, SplittableRandom random) {
    Story other = CORPORA.get(random.nextInt(CORPORA.size())).after(random);
    Story from = random.nextBoolean() ? other : story.after(random);
    ActionEvent strange = from.copies().get(random.nextInt(from.actions().size()));
    for (ClaimedField field : ClaimedField.ALL) {
      if (random.nextInt(3) == 0 && !field.path().equals("arguments_state")) {
        List<Object> values = field.values();
        field.set(strange, values.get(random.nextInt(values.size())));
      }
    }
    strange.setEventId("strange");
    strange.setTaskId(story.last().getTaskId());
    return strange;
  }
}
