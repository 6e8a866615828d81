/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256: what an action is. */
public final class Digest {
  /** Its bytes. */
  public static final int BYTES = 32;

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException("this Java has no SHA-256", e);
            }
          });

  private Digest() {}

  /** The 32 bytes of the digest of {@code bytes}. */
  public static byte[] of(byte[] bytes) {
    return SHA_256.get().digest(bytes);
  }
}
