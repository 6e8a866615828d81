/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Grant;
import dev.weir.policy.publish.Signatory;
import dev.weir.review.Grants.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GrantWatchTest {
  private final Grants grants =
      new Grants(
          Issued.TOPIC,
          Map.of(
              "ida",
              new Signatory(
                  "ida", Issued.KEY.getPublic(), Instant.EPOCH, Instant.ofEpochMilli(5_000))));

  private void take(String id, Consumer<Grant> change) {
    Grant grant = Issued.grant(change.andThen(g -> g.setGrantId(id)));
    assertThat(grants.take(id, grant, Issued.CODEC.encode(grant), 1)).isEmpty();
  }

  private static Consumer<Grant> begins(long ms, String agentId, long generation) {
    return g -> {
      g.setNotBefore(Instant.ofEpochMilli(ms));
      g.setAgentId(agentId);
      g.setGeneration(generation);
    };
  }

  private static List<String> all(GrantWatch watch, long nowMs) {
    List<String> agents = new ArrayList<>();
    Subject next = watch.next(nowMs);
    while (next != null) {
      agents.add(next.agentId());
      next = watch.next(nowMs);
    }
    return agents;
  }

  @Test
  void shouldShowEachChangeOnceAndAllToANewWatch() {
    GrantWatch watch = new GrantWatch(grants);
    assertThat(all(watch, 1_500)).isEmpty();
    take("g-1", g -> g.setAgentId("a"));
    take("g-2", g -> g.setAgentId("b"));

    assertThat(all(watch, 1_500)).containsExactly("a", "b");
    assertThat(all(watch, 1_500)).isEmpty();
    take("g-1", g -> g.setGeneration(2));
    assertThat(all(watch, 1_500)).containsExactly("bot");
    assertThat(all(new GrantWatch(grants), 1_500)).containsExactly("b", "bot");
  }

  @Test
  void shouldWaitUntilAGrantBegins() {
    GrantWatch watch = new GrantWatch(grants);
    take("g-1", g -> g.setNotBefore(Instant.ofEpochMilli(1_800)));

    assertThat(all(watch, 1_799)).isEmpty();
    assertThat(all(watch, 1_800)).containsExactly("bot");
    assertThat(all(watch, 1_900)).isEmpty();
  }

  @Test
  void shouldForgetWhenAGrantWouldHaveBegunWhenItIsIssuedAgain() {
    GrantWatch watch = new GrantWatch(grants);
    take("g-1", g -> g.setNotBefore(Instant.ofEpochMilli(1_800)));
    take("g-2", begins(1_800, "b", 1));
    assertThat(all(watch, 1_500)).isEmpty();
    take("g-1", begins(1_900, "bot", 2));
    take("g-2", begins(1_850, "b", 2));

    assertThat(all(watch, 1_800)).isEmpty();
    assertThat(all(watch, 1_899)).containsExactly("b");
    assertThat(all(watch, 1_900)).containsExactly("bot");
  }

  @Test
  void shouldShowItOnceMoreWhenTheClockWasSetBack() {
    GrantWatch watch = new GrantWatch(grants);
    take("g-1", g -> g.setNotBefore(Instant.ofEpochMilli(1_800)));

    assertThat(all(watch, 1_900)).containsExactly("bot");
    assertThat(all(watch, 1_700)).isEmpty();
    assertThat(all(watch, 1_800)).containsExactly("bot");
  }

  @Test
  void shouldLookAgainWhenTold() {
    GrantWatch watch = new GrantWatch(grants);
    Subject bot = new Subject("weir.actions.gateway", "bot", "ship");
    watch.again(bot, 5);
    watch.again(bot, 6);

    assertThat(watch.next(4)).isNull();
    assertThat(watch.next(5)).isEqualTo(bot);
    assertThat(watch.next(6)).isNull();
  }

  @Test
  void shouldKeepOfManyChangesOfAGrantTheLast() {
    for (int generation = 1; generation <= 1_000; generation++) {
      int now = generation;
      take("g-1", g -> g.setGeneration(now));
    }

    assertThat(grants.since(0, Integer.MAX_VALUE)).hasSize(1);
  }
}
