/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.event.ReviewerKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which records of reviewers may count. */
class ReviewerCheckTest {
  private static final String LONG = "x".repeat(129);

  @Test
  void shouldFindNoFaultWhenARecordIsAsItShouldBe() {
    assertThat(ReviewerCheck.fault(Verdicts.reviewer())).isEmpty();
    Reviewer bare = Verdicts.reviewer();
    bare.setAgentId(null);
    bare.setModel(null);
    bare.setProvider(null);
    bare.setTiers(List.of());
    assertThat(ReviewerCheck.fault(bare)).isEmpty();
  }

  @Test
  void shouldNameTheFaultWhenThereIsOne() {
    Map<Consumer<Reviewer>, String> faults =
        Map.ofEntries(
            Map.entry(r -> r.setReviewerId(" "), "reviewer_id"),
            Map.entry(r -> r.setReviewerId(LONG), "reviewer_id"),
            Map.entry(r -> r.setKind(ReviewerKind.OTHER), "kind"),
            Map.entry(r -> r.setAgentId(""), "agent_id"),
            Map.entry(r -> r.setModel(LONG), "model"),
            Map.entry(r -> r.setProvider(LONG), "provider"),
            Map.entry(r -> r.setGeneration(0), "generation"),
            Map.entry(r -> r.setTiers(List.of("")), "tier"),
            Map.entry(r -> r.setTiers(List.of("a", "a")), "tiers"),
            Map.entry(r -> r.setTiers(names(33)), "tiers"),
            Map.entry(r -> r.setKeys(List.of()), "keys"),
            Map.entry(r -> r.setKeys(names(17).stream().map(Verdicts::key).toList()), "keys"),
            Map.entry(r -> r.setKeys(List.of(Verdicts.key("k"), Verdicts.key("k"))), "key_id"),
            Map.entry(r -> r.setKeys(List.of(Verdicts.key("x".repeat(65)))), "key_id"),
            Map.entry(r -> key(r).setValidUntil(Instant.ofEpochMilli(0)), "valid_from"),
            Map.entry(r -> key(r).setPublicKey(ByteBuffer.allocate(44)), "public_key"),
            Map.entry(r -> key(r).setPublicKey(ByteBuffer.allocate(0)), "public_key"));

    faults.forEach(
        (change, named) -> {
          Reviewer reviewer = Verdicts.reviewer();
          change.accept(reviewer);
          assertThat(ReviewerCheck.fault(reviewer))
              .hasValueSatisfying(f -> assertThat(f).contains(named));
        });
  }

  private static ReviewerKey key(Reviewer reviewer) {
    return reviewer.getKeys().get(0);
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }
}
