/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Verdict;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * What a reviewer signs: the ASCII bytes {@code weir verdict} and a zero byte, followed by the
 * verdict in Avro single-object encoding with its signature empty.
 */
public final class VerdictSignature {
  private static final SingleObject<Verdict> CODEC = SingleObject.of(Verdict.class);
  private static final TrailingSignature SIGNATURE =
      new TrailingSignature("weir verdict\0".getBytes(StandardCharsets.US_ASCII));

  private VerdictSignature() {}

  /** Signs, in place. */
  public static Verdict sign(Verdict verdict, PrivateKey key) {
    verdict.setSignature(ByteBuffer.allocate(0));
    verdict.setSignature(SIGNATURE.sign(CODEC.encode(verdict), key));
    return verdict;
  }

  /**
   * Whether the signature of an encoded verdict is the key's. Never throws on its bytes.
   *
   * @param value the verdict in single-object encoding, as received
   */
  public static boolean verifies(byte[] value, PublicKey key) {
    return SIGNATURE.verifies(value, key);
  }
}
