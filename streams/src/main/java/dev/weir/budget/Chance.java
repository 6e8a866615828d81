/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed chance: what would be random is a function of the key, the task and the action's digest, so
 * neither a new event id nor a retry rolls the dice again, and a replay draws the same.
 *
 * <p>Invariant: a digest has 32 bytes, so task_id ‖ digest is unambiguous; audits and nonces each
 * come from a key derived for them alone, so none tells anything of another. HMAC-SHA-256 as in RFC
 * 2104. Not safe for use by several threads: one instance a thread.
 */
public final class Chance {
  /** Shortest key accepted, in bytes. */
  public static final int MIN_KEY_BYTES = 16;

  /** Length of a nonce, in bytes. */
  public static final int NONCE_BYTES = 16;

  private static final int DIGEST_BYTES = 32;
  private static final double ULP = 0x1.0p-53;
  private static final long PRIME = (1L << 61) - 1;
  private static final long SEPARATOR = 1L << 17;

  private final Mac draws;
  private final Mac audits;
  private final Mac nonces;
  private final long tagKey;
  private final String keyId;
  private final byte[] out = new byte[DIGEST_BYTES];

  /**
   * @param key the epoch's secret
   * @throws IllegalArgumentException if it is shorter than {@link #MIN_KEY_BYTES}
   */
  public Chance(byte[] key) {
    if (key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "chance key has %d bytes, needs %d".formatted(key.length, MIN_KEY_BYTES));
    }
    try {
      this.keyId = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key), 0, 8);
      this.draws = mac(key);
      this.audits = mac(derived(key, "weir audit"));
      this.nonces = mac(derived(key, "weir nonce"));
      this.tagKey = ByteBuffer.wrap(derived(key, "weir tag")).getLong() & (PRIME >>> 1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }

  /** The first 8 bytes, in hex, of the key's SHA-256: names the key without telling it. */
  public String keyId() {
    return keyId;
  }

  /** The first 53 bits of HMAC(key, utf8(taskId) ‖ digest), as a number in [0, 1). */
  public double draw(String taskId, byte[] digest) {
    return number(draws, taskId, digest);
  }

  /** The same from a key derived for audits alone: independent of {@link #draw}, in [0, 1). */
  public double auditDraw(String taskId, byte[] digest) {
    return number(audits, taskId, digest);
  }

  /**
   * A keyed hash of two texts, never 0: equal for equal ones, and for others by chance alone, at
   * most their length in 2^61, as long as the key is secret (polynomial over 2^61 − 1: Carter and
   * Wegman, 1979).
   */
  public long tag(String first, String second) {
    long hash = fold(first, 1);
    hash = fold(second, step(hash, SEPARATOR));
    return hash == 0 ? 1 : hash;
  }

  private long fold(String text, long hash) {
    long folded = hash;
    for (int i = 0; i < text.length(); i++) {
      folded = step(folded, text.charAt(i) + 1L);
    }
    return folded;
  }

  private long step(long hash, long added) {
    long high = Math.multiplyHigh(hash, tagKey);
    long low = hash * tagKey;
    long product = (low & PRIME) + (low >>> 61 | high << 3);
    long sum = (product & PRIME) + (product >>> 61) + added;
    return (sum & PRIME) + (sum >>> 61);
  }

  /** {@link #NONCE_BYTES} bytes for an escalation of this action; a new array. */
  public byte[] nonce(String taskId, byte[] digest) {
    hash(nonces, taskId, digest);
    return Arrays.copyOf(out, NONCE_BYTES);
  }

  private double number(Mac mac, String taskId, byte[] digest) {
    hash(mac, taskId, digest);
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | (out[i] & 0xff);
    }
    return (bits >>> 11) * ULP;
  }

  private void hash(Mac mac, String taskId, byte[] digest) {
    if (digest.length != DIGEST_BYTES) {
      throw new IllegalArgumentException("not a SHA-256 digest: %d bytes".formatted(digest.length));
    }
    mac.update(taskId.getBytes(StandardCharsets.UTF_8));
    mac.update(digest);
    try {
      mac.doFinal(out, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("HMAC-SHA-256 is longer than 32 bytes", e);
    }
  }

  private static byte[] derived(byte[] key, String use) throws GeneralSecurityException {
    return mac(key).doFinal(use.getBytes(StandardCharsets.US_ASCII));
  }

  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac;
  }
}
