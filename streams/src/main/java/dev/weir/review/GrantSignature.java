/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Grant;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * What an issuer signs: the ASCII bytes {@code weir grant} and a zero byte, the length of the
 * topic's name in four bytes big-endian, the name in UTF-8, then the record in Avro single-object
 * encoding with its signature empty. So a grant that was signed for one topic counts on no other.
 */
public final class GrantSignature {
  private static final SingleObject<Grant> CODEC = SingleObject.of(Grant.class);

  private final TrailingSignature signature;

  /** Signatures for the topic of that name. */
  public GrantSignature(String topic) {
    this.signature = TrailingSignature.forTopic("weir grant\0", topic);
  }

  /** Signs, in place. */
  public Grant sign(Grant grant, PrivateKey key) {
    grant.setSignature(ByteBuffer.allocate(0));
    grant.setSignature(signature.sign(CODEC.encode(grant), key));
    return grant;
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
