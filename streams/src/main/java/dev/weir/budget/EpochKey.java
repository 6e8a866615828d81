/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The key of one epoch, from which its draws come. Its commitment, the SHA-256 of the key, binds
 * whoever draws before the epoch begins; the key itself, once it is revealed, lets anybody
 * recompute every draw of the epoch, and tells nothing of any other epoch.
 *
 * <p>Not safe for use by several threads.
 */
public final class EpochKey {
  private static final int ID_BYTES = 8;

  private final long epoch;
  private final byte[] key;
  private final byte[] commitment;
  private final String keyId;
  private final KeyedHash draws;
  private final KeyedHash audits;

  /**
   * @param epoch its number
   * @param key 32 bytes
   */
  public EpochKey(long epoch, byte[] key) {
    this.epoch = epoch;
    this.key = key.clone();
    this.commitment = sha256(key);
    this.keyId = HexFormat.of().formatHex(commitment, 0, ID_BYTES);
    this.draws = new KeyedHash(key);
    this.audits = new KeyedHash(draws.derived("weir audit".getBytes(StandardCharsets.US_ASCII)));
  }

  /** The epoch's number: broker append time over the epochs' length. */
  public long epoch() {
    return epoch;
  }

  /** The first 8 bytes, in hex, of the commitment: names the key without telling it. */
  public String keyId() {
    return keyId;
  }

  /** SHA-256 of the key; a new array. */
  public byte[] commitment() {
    return commitment.clone();
  }

  /** The secret, as it is revealed; a new array. */
  public byte[] key() {
    return key.clone();
  }

  /**
   * The draws of one action: u is the first 53 bits of HMAC(key, utf8(taskId) ‖ digest), auditU
   * those of HMAC(HMAC(key, "weir audit"), utf8(taskId) ‖ digest), each over 2^53.
   */
  public Draws draws(String taskId, byte[] digest) {
    return new Draws(draws.number(taskId, digest), audits.number(taskId, digest), keyId);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
