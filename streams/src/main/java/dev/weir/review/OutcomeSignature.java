/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Outcome;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * What a reporter signs: the ASCII bytes {@code weir outcome} and a zero byte, followed by the
 * outcome in Avro single-object encoding with its signature empty.
 */
public final class OutcomeSignature {
  private static final SingleObject<Outcome> CODEC = SingleObject.of(Outcome.class);
  private static final TrailingSignature SIGNATURE =
      new TrailingSignature("weir outcome\0".getBytes(StandardCharsets.US_ASCII));

  private OutcomeSignature() {}

  /** Signs, in place. */
  public static Outcome sign(Outcome outcome, PrivateKey key) {
    outcome.setSignature(ByteBuffer.allocate(0));
    outcome.setSignature(SIGNATURE.sign(CODEC.encode(outcome), key));
    return outcome;
  }

  /**
   * Whether the signature of an encoded outcome is the key's. Never throws on its bytes.
   *
   * @param value the outcome in single-object encoding, as received
   */
  public static boolean verifies(byte[] value, PublicKey key) {
    return SIGNATURE.verifies(value, key);
  }
}
