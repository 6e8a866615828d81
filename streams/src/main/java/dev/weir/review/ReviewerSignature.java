/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Reviewer;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * What a registrar signs: the ASCII bytes {@code weir reviewer} and a zero byte, the length of the
 * topic's name in four bytes big-endian, the name in UTF-8, then the record in Avro single-object
 * encoding with its signature empty. So a record that was signed for one topic counts on no other.
 */
public final class ReviewerSignature {
  private static final SingleObject<Reviewer> CODEC = SingleObject.of(Reviewer.class);

  private final TrailingSignature signature;

  /** Signatures for the topic of that name. */
  public ReviewerSignature(String topic) {
    this.signature = TrailingSignature.forTopic("weir reviewer\0", topic);
  }

  /** Signs, in place. */
  public Reviewer sign(Reviewer reviewer, PrivateKey key) {
    reviewer.setSignature(ByteBuffer.allocate(0));
    reviewer.setSignature(signature.sign(CODEC.encode(reviewer), key));
    return reviewer;
  }

  /**
   * Whether the signature of an encoded record is the key's. Never throws on its bytes.
   *
   * @param value the record in single-object encoding, as received
   */
  public boolean verifies(byte[] value, PublicKey key) {
    return signature.verifies(value, key);
  }
}
