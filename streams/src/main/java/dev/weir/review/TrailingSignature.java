/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.policy.publish.Ed25519;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;

/**
 * Signs records in Avro single-object encoding whose last field is their signature: over a prefix
 * and the value as if that field were empty.
 *
 * <p>Checked are the bytes as received, never a second encoding of what was read from them: a
 * signature by an earlier or later schema holds, and no byte of the value is left uncovered.
 */
final class TrailingSignature {
  /** The signature's length as Avro writes it, which stands before its bytes. */
  private static final byte[] LENGTH = {(byte) 0x80, 0x01};

  private static final int TAIL_BYTES = LENGTH.length + Ed25519.SIGNATURE_BYTES;

  private final byte[] prefix;

  /** Signatures over {@code prefix} and a value. */
  TrailingSignature(byte[] prefix) {
    this.prefix = prefix.clone();
  }

  /**
   * Signatures that hold on the topic of that name alone, for the purpose that {@code domain} says.
   */
  static TrailingSignature forTopic(String domain, String topic) {
    byte[] purpose = domain.getBytes(StandardCharsets.US_ASCII);
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    return new TrailingSignature(
        ByteBuffer.allocate(purpose.length + Integer.BYTES + name.length)
            .put(purpose)
            .putInt(name.length)
            .put(name)
            .array());
  }

  /** The signature of a value that was encoded with its signature empty. */
  ByteBuffer sign(byte[] unsigned, PrivateKey key) {
    return ByteBuffer.wrap(Ed25519.sign(key, message(unsigned, unsigned.length - 1)));
  }

  /** Whether the value ends in the key's signature over the rest. */
  boolean verifies(byte[] value, PublicKey key) {
    int tail = value.length - TAIL_BYTES;
    if (tail <= 0 || !Arrays.equals(value, tail, tail + LENGTH.length, LENGTH, 0, LENGTH.length)) {
      return false;
    }
    byte[] signature = Arrays.copyOfRange(value, tail + LENGTH.length, value.length);
    return Ed25519.verifies(key, message(value, tail), signature);
  }

  /** The prefix, the value's first bytes, and the zero that is an empty signature's length. */
  private byte[] message(byte[] value, int length) {
    byte[] message = Arrays.copyOf(prefix, prefix.length + length + 1);
    System.arraycopy(value, 0, message, prefix.length, length);
    return message;
  }
}
