/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.PolicyDocument;
import dev.weir.event.PolicyPointer;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a publisher signs, and with what. */
class PublicationTest {
  private static final KeyPair KEY = Ed25519.generate();
  private static final Publication HERE = new Publication("weir.policies");

  @Test
  void shouldCoverEveryFieldOfADocumentWhenItIsSigned() {
    List<Consumer<PolicyDocument>> changes =
        List.of(
            d -> d.setPolicyId("other"),
            d -> d.setVersion("other"),
            d -> d.setPolicyDigest(ByteBuffer.wrap(new byte[] {9})),
            d -> d.setDocument("other"),
            d -> d.setPublisher("other"),
            d -> d.setPublishedAt(Instant.ofEpochMilli(9)),
            d -> d.setSignature(ByteBuffer.allocate(64)),
            d -> d.setSignature(ByteBuffer.allocate(0)));

    assertThat(HERE.verifies(document(), KEY.getPublic())).isTrue();
    for (Consumer<PolicyDocument> change : changes) {
      PolicyDocument changed = document();
      change.accept(changed);
      assertThat(HERE.verifies(changed, KEY.getPublic())).as("%s", changed).isFalse();
    }
    assertThat(changes).hasSizeGreaterThan(document().getSchema().getFields().size());
  }

  @Test
  void shouldCoverEveryFieldOfAPointerWhenItIsSigned() {
    List<Consumer<PolicyPointer>> changes =
        List.of(
            p -> p.setGeneration(9),
            p -> p.setPolicyDigest(null),
            p -> p.setPublisher("other"),
            p -> p.setPublishedAt(Instant.ofEpochMilli(9)),
            p -> p.setSignature(ByteBuffer.allocate(64)));

    assertThat(HERE.verifies("active", pointer(), KEY.getPublic())).isTrue();
    assertThat(HERE.verifies("shadow", pointer(), KEY.getPublic())).isFalse();
    for (Consumer<PolicyPointer> change : changes) {
      PolicyPointer changed = pointer();
      change.accept(changed);
      assertThat(HERE.verifies("active", changed, KEY.getPublic())).as("%s", changed).isFalse();
    }
    assertThat(changes).hasSameSizeAs(pointer().getSchema().getFields());
  }

  @Test
  void shouldNotCountElsewhereWhenItWasSignedForOneTopic() {
    Publication there = new Publication("staging.policies");
    assertThat(there.verifies(document(), KEY.getPublic())).isFalse();
    assertThat(there.verifies("active", pointer(), KEY.getPublic())).isFalse();
  }

  @Test
  void shouldNotCountWhenAnotherSigned() {
    KeyPair other = Ed25519.generate();
    assertThat(HERE.verifies(document(), other.getPublic())).isFalse();
  }

  @Test
  void shouldReadKeysBackWhenTheyAreWrittenAsPem() {
    byte[] message = {1, 2, 3};
    byte[] signature = Ed25519.sign(Ed25519.privateKey(Ed25519.pem(KEY.getPrivate())), message);
    for (String text : List.of(Ed25519.pem(KEY.getPublic()), Ed25519.base64(KEY.getPublic()))) {
      assertThat(Ed25519.verifies(Ed25519.publicKey(text), message, signature)).isTrue();
    }
  }

  @Test
  void shouldVerifyTheVectorOfTheStandardWhenItIsGiven() {
    // RFC 8032, section 7.1, test 2; the key in the form of RFC 8410.
    byte[] raw = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] der = hex("302a300506032b6570032100");
    byte[] key = ByteBuffer.allocate(der.length + raw.length).put(der).put(raw).array();
    byte[] signature =
        hex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    String base64 = Base64.getEncoder().encodeToString(key);

    assertThat(Ed25519.verifies(Ed25519.publicKey(base64), hex("72"), signature)).isTrue();
    assertThat(Ed25519.verifies(Ed25519.publicKey(base64), hex("73"), signature)).isFalse();
  }

  @Test
  void shouldRepeatNothingOfAKeyWhenItCannotBeRead() {
    assertThatThrownBy(() -> Ed25519.privateKey("secret material"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
    assertThatThrownBy(() -> Ed25519.privateKey(Ed25519.pem(KEY.getPublic())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ed25519.publicKey("")).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static PolicyDocument document() {
    return HERE.sign(
        new PolicyDocument(
            "id",
            "1",
            ByteBuffer.wrap(new byte[32]),
            "text",
            "alice",
            Instant.ofEpochMilli(1),
            ByteBuffer.allocate(0)),
        KEY.getPrivate());
  }

  private static PolicyPointer pointer() {
    return HERE.sign(
        "active",
        new PolicyPointer(
            1L,
            ByteBuffer.wrap(new byte[32]),
            "alice",
            Instant.ofEpochMilli(1),
            ByteBuffer.allocate(0)),
        KEY.getPrivate());
  }
}
