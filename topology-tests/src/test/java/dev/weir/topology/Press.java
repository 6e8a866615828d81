/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.PolicyDocument;
import dev.weir.event.PolicyPointer;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Publication;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.function.Consumer;

/** Prints policies as publishers do: documents and pointers, signed for {@code weir.policies}. */
final class Press {
  static final KeyPair ALICE = Ed25519.generate();
  static final KeyPair STRANGER = Ed25519.generate();

  /** Alice may publish, and Zoe might until last year. */
  static final String PUBLISHERS =
      "alice=%s,zoe=%s;until=2026-01-01"
          .formatted(Ed25519.base64(ALICE.getPublic()), Ed25519.base64(ALICE.getPublic()));

  private static final Publication PUBLICATION = new Publication("weir.policies");

  private Press() {}

  /** One record. */
  record Sheet(byte[] key, byte[] value) {
    /** A value of null deletes. */
    static Sheet of(String key, byte[] value) {
      return new Sheet(key.getBytes(StandardCharsets.UTF_8), value);
    }
  }

  /** Whether that is the policy's digest. */
  static boolean is(ByteBuffer digest, Policy policy) {
    return digest.equals(ByteBuffer.wrap(policy.digest()));
  }

  /** A policy's document, and the pointer that calls for it. */
  static Sheet[] live(Policies.Draft draft, long generation) {
    return new Sheet[] {document(draft), active(draft.policy(), generation)};
  }

  static Sheet document(Policies.Draft draft) {
    return document(draft, d -> {}, ALICE);
  }

  /** A document that was changed before it was signed, by that key. */
  static Sheet document(Policies.Draft draft, Consumer<PolicyDocument> change, KeyPair key) {
    Policy policy = draft.policy();
    PolicyDocument document =
        new PolicyDocument(
            policy.id(),
            policy.version(),
            ByteBuffer.wrap(policy.digest()),
            draft.yaml(),
            "alice",
            Flume.NOON,
            ByteBuffer.allocate(0));
    change.accept(document);
    PUBLICATION.sign(document, key.getPrivate());
    return Sheet.of(
        Publication.documentKey(document.getPolicyDigest()),
        Codecs.POLICY_DOCUMENT.encode(document));
  }

  static Sheet active(Policy policy, long generation) {
    return pointer(Publication.ACTIVE, policy.digest(), generation);
  }

  static Sheet shadow(Policy policy, long generation) {
    return pointer(Publication.SHADOW, policy.digest(), generation);
  }

  static Sheet noShadow(long generation) {
    return pointer(Publication.SHADOW, null, generation);
  }

  private static Sheet pointer(String key, byte[] digest, long generation) {
    return pointer(key, digest, generation, "alice", ALICE);
  }

  static Sheet pointer(String key, byte[] digest, long generation, String publisher, KeyPair by) {
    PolicyPointer pointer =
        new PolicyPointer(
            generation,
            digest == null ? null : ByteBuffer.wrap(digest),
            publisher,
            Flume.NOON,
            ByteBuffer.allocate(0));
    PUBLICATION.sign(key, pointer, by.getPrivate());
    return Sheet.of(key, Codecs.POLICY_POINTER.encode(pointer));
  }
}
