/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Grant;
import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKind;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.event.Vetting;
import dev.weir.policy.publish.Ed25519;
import dev.weir.wire.SingleObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * What reviewers, registrars and issuers sign: every byte of the record, for one purpose and topic.
 */
class RecordSignatureTest {
  private static final SingleObject<Verdict> VERDICT = SingleObject.of(Verdict.class);
  private static final SingleObject<Reviewer> REVIEWER = SingleObject.of(Reviewer.class);
  private static final RecordSignature<Reviewer> HERE =
      RecordSignature.ofReviewers("weir.reviewers");

  @Test
  void shouldCoverEveryFieldOfAVerdictWhenItIsSigned() {
    List<Consumer<Verdict>> changes =
        List.of(
            v -> v.setEscalationId("e-2"),
            v -> v.setTaskId("other"),
            v -> v.setEventId("other"),
            v -> v.setDigest(ByteBuffer.allocate(31)),
            v -> v.setNonce(ByteBuffer.allocate(15)),
            v -> v.setDecision(VerdictDecision.DENY),
            v -> v.setHarmEstimate(null),
            v -> v.setRationale(""),
            v -> v.setReviewerId("mallory"),
            v -> v.setTier("panel"),
            v -> v.setCost(0.0),
            v -> v.setIssuedAt(Instant.ofEpochMilli(2)),
            v -> v.setReplacementArguments(null),
            v -> v.setHandoverAgent(null),
            v -> v.setKeyId("k2"),
            v -> v.setSignature(ByteBuffer.allocate(64)));

    Verdict signed = RecordSignature.VERDICT.sign(Verdicts.verdict(), Verdicts.KEY.getPrivate());
    assertThat(holds(signed)).isTrue();
    Set<Integer> changed = new HashSet<>();
    for (Consumer<Verdict> change : changes) {
      Verdict other = RecordSignature.VERDICT.sign(Verdicts.verdict(), Verdicts.KEY.getPrivate());
      change.accept(other);
      assertThat(holds(other)).as("%s", other).isFalse();
      changed.add(difference(signed, other));
    }
    assertThat(changed).hasSameSizeAs(signed.getSchema().getFields());
  }

  @Test
  void shouldCoverEveryFieldOfAReviewerWhenItIsSigned() {
    List<Consumer<Reviewer>> changes =
        List.of(
            r -> r.setReviewerId("mallory"),
            r -> r.setKind(ReviewerKind.MODEL),
            r -> r.setAgentId(null),
            r -> r.setModel(null),
            r -> r.setProvider(null),
            r -> r.setTiers(List.of("expert", "panel")),
            r -> r.setKeys(List.of(Verdicts.key("k2"))),
            r -> r.setRevokedAt(Instant.ofEpochMilli(1)),
            r -> r.setGeneration(2),
            r -> r.setRegistrar("mallory"),
            r -> r.setRegisteredAt(Instant.ofEpochMilli(2)),
            r -> r.setSignature(ByteBuffer.allocate(64)));

    Reviewer signed = HERE.sign(Verdicts.reviewer(), Verdicts.KEY.getPrivate());
    assertThat(holds(HERE, signed)).isTrue();
    Set<Integer> changed = new HashSet<>();
    for (Consumer<Reviewer> change : changes) {
      Reviewer other = HERE.sign(Verdicts.reviewer(), Verdicts.KEY.getPrivate());
      change.accept(other);
      assertThat(holds(HERE, other)).as("%s", other).isFalse();
      changed.add(difference(signed, other));
    }
    assertThat(changed).hasSameSizeAs(signed.getSchema().getFields());
  }

  @Test
  void shouldCoverEveryFieldOfAGrantWhenItIsSigned() {
    RecordSignature<Grant> signature = RecordSignature.ofGrants(Issued.TOPIC);
    List<Consumer<Grant>> changes =
        List.of(
            g -> g.setGrantId("g-2"),
            g -> g.setSource("weir.actions"),
            g -> g.setAgentId("mallory"),
            g -> g.setActionClass("pay"),
            g -> g.setCondition(null),
            g -> g.setNotBefore(Instant.EPOCH),
            g -> g.setExpires(Instant.ofEpochMilli(9_000)),
            g -> g.setRevokedAt(Instant.ofEpochMilli(1)),
            g -> g.setVetting(new Vetting("other", ByteBuffer.allocate(32), Instant.EPOCH)),
            g -> g.setGeneration(2),
            g -> g.setIssuer("mallory"),
            g -> g.setIssuerKeyId("other"),
            g -> g.setIssuedAt(Instant.ofEpochMilli(2)),
            g -> g.setSignature(ByteBuffer.allocate(64)));

    Grant signed = Issued.grant(g -> {});
    assertThat(signature.verifies(Issued.CODEC.encode(signed), Issued.KEY.getPublic())).isTrue();
    Set<Integer> changed = new HashSet<>();
    for (Consumer<Grant> change : changes) {
      Grant other = Issued.grant(g -> {});
      change.accept(other);
      assertThat(signature.verifies(Issued.CODEC.encode(other), Issued.KEY.getPublic()))
          .as("%s", other)
          .isFalse();
      changed.add(difference(signed, other));
    }
    assertThat(changed).hasSameSizeAs(signed.getSchema().getFields());
  }

  /** The bytes, put together once more as the schema's documentation states them. */
  @Test
  void shouldSignTheBytesThatTheSchemasStateWhenSigning() {
    Verdict verdict = RecordSignature.VERDICT.sign(Verdicts.verdict(), Verdicts.KEY.getPrivate());
    ByteArrayOutputStream stated = new ByteArrayOutputStream();
    stated.writeBytes("weir verdict".getBytes(StandardCharsets.US_ASCII));
    stated.write(0);
    stated.writeBytes(VERDICT.encode(Verdicts.verdict()));
    assertThat(
            Ed25519.verifies(
                Verdicts.KEY.getPublic(), stated.toByteArray(), verdict.getSignature().array()))
        .isTrue();

    Reviewer reviewer = HERE.sign(Verdicts.reviewer(), Verdicts.KEY.getPrivate());
    stated.reset();
    stated.writeBytes("weir reviewer".getBytes(StandardCharsets.US_ASCII));
    stated.writeBytes(new byte[] {0, 0, 0, 0, 14});
    stated.writeBytes("weir.reviewers".getBytes(StandardCharsets.UTF_8));
    stated.writeBytes(REVIEWER.encode(Verdicts.reviewer()));
    assertThat(
            Ed25519.verifies(
                Verdicts.KEY.getPublic(), stated.toByteArray(), reviewer.getSignature().array()))
        .isTrue();

    Grant grant = Issued.grant(g -> {});
    stated.reset();
    stated.writeBytes("weir grant".getBytes(StandardCharsets.US_ASCII));
    stated.writeBytes(new byte[] {0, 0, 0, 0, 11});
    stated.writeBytes("weir.grants".getBytes(StandardCharsets.UTF_8));
    stated.writeBytes(Issued.CODEC.encode(Issued.grant()));
    assertThat(
            Ed25519.verifies(
                Issued.KEY.getPublic(), stated.toByteArray(), grant.getSignature().array()))
        .isTrue();
  }

  @Test
  void shouldNotHoldWhenAnyByteIsFlippedOrCutOrAdded() {
    byte[] value =
        VERDICT.encode(RecordSignature.VERDICT.sign(Verdicts.verdict(), Verdicts.KEY.getPrivate()));
    assertThat(RecordSignature.VERDICT.verifies(value, Verdicts.KEY.getPublic())).isTrue();
    for (int i = 0; i < value.length; i++) {
      byte[] flipped = value.clone();
      flipped[i] ^= 1;
      assertThat(RecordSignature.VERDICT.verifies(flipped, Verdicts.KEY.getPublic()))
          .as("%d", i)
          .isFalse();
      assertThat(
              RecordSignature.VERDICT.verifies(Arrays.copyOf(value, i), Verdicts.KEY.getPublic()))
          .as("first %d", i)
          .isFalse();
    }
    assertThat(
            RecordSignature.VERDICT.verifies(
                Arrays.copyOf(value, value.length + 1), Verdicts.KEY.getPublic()))
        .isFalse();
  }

  @Test
  void shouldNotHoldWhenItWasSignedForAnotherTopicOrByAnother() {
    Reviewer signed = HERE.sign(Verdicts.reviewer(), Verdicts.KEY.getPrivate());
    assertThat(holds(RecordSignature.ofReviewers("other.reviewers"), signed)).isFalse();
    assertThat(HERE.verifies(REVIEWER.encode(signed), Ed25519.generate().getPublic())).isFalse();
    assertThat(
            RecordSignature.ofGrants("other.grants")
                .verifies(Issued.CODEC.encode(Issued.grant(g -> {})), Issued.KEY.getPublic()))
        .isFalse();
  }

  @Test
  void shouldNotHoldAndNotThrowWhenTheKeyIsNoPointOfTheCurve() {
    byte[] der = Verdicts.KEY.getPublic().getEncoded();
    byte[] value =
        VERDICT.encode(RecordSignature.VERDICT.sign(Verdicts.verdict(), Verdicts.KEY.getPrivate()));
    for (int last = 0; last < 64; last++) {
      byte[] key = der.clone();
      Arrays.fill(key, der.length - 32, der.length, (byte) 0xff);
      key[der.length - 1] = (byte) last;
      assertThat(RecordSignature.VERDICT.verifies(value, Ed25519.publicKey(ByteBuffer.wrap(key))))
          .isFalse();
    }
  }

  private static boolean holds(Verdict verdict) {
    return RecordSignature.VERDICT.verifies(VERDICT.encode(verdict), Verdicts.KEY.getPublic());
  }

  private static boolean holds(RecordSignature<Reviewer> signature, Reviewer reviewer) {
    return signature.verifies(REVIEWER.encode(reviewer), Verdicts.KEY.getPublic());
  }

  /** The one field in which the two differ. */
  private static int difference(SpecificRecord one, SpecificRecord other) {
    List<Integer> differing =
        one.getSchema().getFields().stream()
            .map(field -> field.pos())
            .filter(
                i -> one.get(i) == null ? other.get(i) != null : !one.get(i).equals(other.get(i)))
            .toList();
    assertThat(differing).hasSize(1);
    return differing.get(0);
  }
}
