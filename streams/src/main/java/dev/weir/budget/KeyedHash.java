/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104) under one key. Not safe for use by several threads. */
final class KeyedHash {
  private static final int BYTES = 32;
  private static final double ULP = 0x1.0p-53;

  private final Mac mac;
  private final byte[] out = new byte[BYTES];

  KeyedHash(byte[] key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HMAC-SHA-256", e);
    }
  }

  /** The key derived for one use alone; a new array. */
  byte[] derived(byte[] use) {
    return mac.doFinal(use);
  }

  /** The first 53 bits of the hash of utf8(taskId) ‖ digest, as a number in [0, 1). */
  double number(String taskId, byte[] digest) {
    hash(taskId, digest);
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | (out[i] & 0xff);
    }
    return (bits >>> 11) * ULP;
  }

  private void hash(String taskId, byte[] digest) {
    if (digest.length != BYTES) {
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
}
