/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Grant;
import dev.weir.event.Outcome;
import dev.weir.event.Reviewer;
import dev.weir.event.Verdict;
import dev.weir.policy.publish.Ed25519;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Signs records whose last field is their signature, by Ed25519: over a prefix that says what the
 * record is for, and the record in Avro single-object encoding as if that field were empty. So a
 * record that was signed for one purpose, or topic, counts for no other.
 *
 * <p>Checked are the bytes as received, never a second encoding of what was read from them: a
 * signature by an earlier or later schema holds, and no byte of the value is left uncovered. Safe
 * for use by several threads.
 *
 * @param <T> the record type
 */
public final class RecordSignature<T> {
  /** A reviewer's on a verdict: the prefix is {@code weir verdict} and a zero byte. */
  public static final RecordSignature<Verdict> VERDICT =
      new RecordSignature<>(
          ascii("weir verdict\0"), SingleObject.of(Verdict.class)::encode, Verdict::setSignature);

  /** A reporter's on an outcome: the prefix is {@code weir outcome} and a zero byte. */
  public static final RecordSignature<Outcome> OUTCOME =
      new RecordSignature<>(
          ascii("weir outcome\0"), SingleObject.of(Outcome.class)::encode, Outcome::setSignature);

  /** The signature's length as Avro writes it, which stands before its bytes. */
  private static final byte[] LENGTH = {(byte) 0x80, 0x01};

  private static final int TAIL_BYTES = LENGTH.length + Ed25519.SIGNATURE_BYTES;

  private final byte[] prefix;
  private final Function<T, byte[]> encoder;
  private final BiConsumer<T, ByteBuffer> setter;

  private RecordSignature(
      byte[] prefix, Function<T, byte[]> encoder, BiConsumer<T, ByteBuffer> setter) {
    this.prefix = prefix;
    this.encoder = encoder;
    this.setter = setter;
  }

  /**
   * A registrar's on a reviewer, on that topic: the prefix is {@code weir reviewer}, a zero byte,
   * the length of the topic's name in four bytes big-endian, and the name in UTF-8.
   */
  public static RecordSignature<Reviewer> ofReviewers(String topic) {
    return new RecordSignature<>(
        onTopic("weir reviewer\0", topic),
        SingleObject.of(Reviewer.class)::encode,
        Reviewer::setSignature);
  }

  /** An issuer's on a grant, on that topic: the prefix is a reviewer's with {@code weir grant}. */
  public static RecordSignature<Grant> ofGrants(String topic) {
    return new RecordSignature<>(
        onTopic("weir grant\0", topic), SingleObject.of(Grant.class)::encode, Grant::setSignature);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] onTopic(String purpose, String topic) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(purpose.length() + Integer.BYTES + name.length)
        .put(ascii(purpose))
        .putInt(name.length)
        .put(name)
        .array();
  }

  /** Signs, in place. */
  public T sign(T record, PrivateKey key) {
    setter.accept(record, ByteBuffer.allocate(0));
    byte[] unsigned = encoder.apply(record);
    byte[] signature = Ed25519.sign(key, message(unsigned, unsigned.length - 1));
    setter.accept(record, ByteBuffer.wrap(signature));
    return record;
  }

  /**
   * Whether the signature of an encoded record is the key's. Never throws on its bytes.
   *
   * @param value the record in single-object encoding, as received
   */
  public boolean verifies(byte[] value, PublicKey key) {
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
