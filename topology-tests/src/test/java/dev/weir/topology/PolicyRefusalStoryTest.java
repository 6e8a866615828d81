/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Assessment;
import dev.weir.event.Price;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.publish.PolicyRefusal;
import dev.weir.policy.publish.Publication;
import dev.weir.topology.Policies.Draft;
import dev.weir.topology.Press.Sheet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What does not count on the topic of policies, and that the policy before stays. */
class PolicyRefusalStoryTest {
  private static final int TRIAL = 200;
  private static final Draft NEXT = Policies.draft(2);

  @Test
  void shouldRefuseADocumentWhenItsSignatureIsAnothers() {
    assertRefused(
        PolicyRefusal.BAD_SIGNATURE,
        Press.document(NEXT, d -> {}, Press.STRANGER),
        Press.active(NEXT.policy(), 1));
  }

  @Test
  void shouldRefuseAPointerWhenItsSignatureIsAnothers() {
    Sheet pointer =
        Press.pointer(Publication.ACTIVE, NEXT.policy().digest(), 1, "alice", Press.STRANGER);
    assertRefused(PolicyRefusal.BAD_SIGNATURE, Press.document(NEXT), pointer);
  }

  @Test
  void shouldRefuseAPointerWhenItWasSignedForTheShadow() {
    Sheet shadow = Press.shadow(NEXT.policy(), 1);
    assertRefused(
        PolicyRefusal.BAD_SIGNATURE,
        Press.document(NEXT),
        Sheet.of(Publication.ACTIVE, shadow.value()));
  }

  @Test
  void shouldRefuseADocumentWhenItWasChangedAfterItWasSigned() {
    var changed = Codecs.POLICY_DOCUMENT.decode(Press.document(NEXT).value());
    changed.setVersion("2");
    Sheet sheet =
        Sheet.of(
            Publication.documentKey(changed.getPolicyDigest()),
            Codecs.POLICY_DOCUMENT.encode(changed));
    assertRefused(PolicyRefusal.BAD_SIGNATURE, sheet, Press.active(NEXT.policy(), 1));
  }

  @Test
  void shouldRefuseADocumentWhenItsPublisherIsNotListed() {
    assertRefused(
        PolicyRefusal.UNKNOWN_PUBLISHER,
        Press.document(NEXT, d -> d.setPublisher("mallory"), Press.ALICE),
        Press.active(NEXT.policy(), 1));
  }

  @Test
  void shouldRefuseAPointerWhenItsPublisherIsNoLongerValid() {
    Sheet pointer =
        Press.pointer(Publication.ACTIVE, NEXT.policy().digest(), 1, "zoe", Press.ALICE);
    assertRefused(PolicyRefusal.UNKNOWN_PUBLISHER, Press.document(NEXT), pointer);
  }

  @Test
  void shouldRefuseADocumentWhenItIsBroken() {
    assertRefused(
        PolicyRefusal.BROKEN_DOCUMENT,
        Press.document(NEXT, d -> d.setDocument("rules: ["), Press.ALICE),
        Press.active(NEXT.policy(), 1));
  }

  @Test
  void shouldRefuseADocumentWhenItReadsAsAnotherPolicy() {
    Draft other = Policies.draft(3);
    assertRefused(
        PolicyRefusal.DIGEST_MISMATCH,
        Press.document(NEXT, d -> d.setDocument(other.yaml()), Press.ALICE),
        Press.active(NEXT.policy(), 1));
  }

  @Test
  void shouldRefuseADocumentWhenItStandsUnderAnothersKey() {
    Sheet document = Press.document(NEXT);
    Draft other = Policies.draft(3);
    String key = Publication.documentKey(ByteBuffer.wrap(other.policy().digest()));
    assertRefused(
        PolicyRefusal.DIGEST_MISMATCH,
        Sheet.of(key, document.value()),
        Press.active(other.policy(), 1));
  }

  @Test
  void shouldRefuseADocumentWhenItIsTooLong() {
    String padding = "\n#" + "x".repeat(Publication.MAX_DOCUMENT_BYTES);
    assertRefused(
        PolicyRefusal.TOO_LARGE,
        Press.document(NEXT, d -> d.setDocument(NEXT.yaml() + padding), Press.ALICE),
        Press.active(NEXT.policy(), 1));
  }

  @Test
  void shouldRefuseAPointerWhenItsGenerationIsNotAboveZero() {
    assertRefused(
        PolicyRefusal.STALE_GENERATION, Press.document(NEXT), Press.active(NEXT.policy(), 0));
  }

  @Test
  void shouldRefuseAPointerWhenItCallsForNothing() {
    assertRefused(
        PolicyRefusal.UNREADABLE, Press.pointer(Publication.ACTIVE, null, 1, "alice", Press.ALICE));
  }

  @Test
  void shouldRefuseRecordsWhenTheyCannotBeRead() {
    byte[] poison = "poison".getBytes(StandardCharsets.UTF_8);
    try (Flume flume = Flume.open()) {
      flume.publish(
          Sheet.of("active", poison),
          Sheet.of("policy/x", poison),
          Sheet.of("what is this", poison),
          Sheet.of("active", null),
          new Sheet(null, poison),
          new Sheet(null, null),
          Sheet.of("active", Codecs.PRICE.encode(price())));

      assertThat(refusals(flume, PolicyRefusal.UNREADABLE)).isEqualTo(7);
      flume.publish(Press.live(NEXT, 1));
      assertAdopted(flume, NEXT);
    }
  }

  @Test
  void shouldKeepWhatWasCalledForWhenItsRecordsAreDeleted() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(NEXT, 1));
      flume.publish(
          Sheet.of("active", null),
          Sheet.of(Publication.documentKey(ByteBuffer.wrap(NEXT.policy().digest())), null));

      assertAdopted(flume, NEXT);
    }
  }

  private static Price price() {
    return new Price(
        ByteBuffer.wrap(new byte[32]),
        1L,
        1.0,
        1.0,
        1L,
        1.0,
        List.of(),
        0.0,
        1,
        1.0,
        Flume.NOON,
        List.of());
  }

  /** The last good policy stays, and the next good one is taken. */
  private static void assertRefused(PolicyRefusal reason, Sheet... sheets) {
    Draft good = Policies.draft(7);
    try (Flume flume = Flume.open()) {
      flume.publish(sheets);

      assertThat(refusals(flume, reason)).as("refused for %s", reason).isEqualTo(1);
      act(flume, 0, TRIAL + 1);
      assertThat(flume.assessments())
          .allMatch(a -> Press.is(a.getPolicyDigest(), flume.policy()))
          .allMatch(a -> a.getPolicyGeneration() == 0);
      flume.publish(Press.live(good, 2));
      assertAdopted(flume, good);
    }
  }

  private static void assertAdopted(Flume flume, Draft draft) {
    act(flume, 1000, 1000 + TRIAL + 1);
    List<Assessment> all = flume.assessments();
    assertThat(Press.is(all.get(all.size() - 1).getPolicyDigest(), draft.policy())).isTrue();
    flume.skip(flume.topics().escalations(), flume.topics().taskRisk(), flume.topics().shadow());
    flume.skipFleet();
  }

  private static double refusals(Flume flume, PolicyRefusal reason) {
    return flume.metrics().value(MetricNames.POLICY_REFUSALS, "reason", reason.name());
  }

  private static void act(Flume flume, int from, int to) {
    for (int i = from; i < to; i++) {
      flume.send(Act.of("e-" + i).task("t-" + i % 8).loses(i % 30 / 10.0));
    }
  }
}
