/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Signatory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys in files, and whose they are. */
final class KeyFile {
  private static final byte[] PROBE = "whose key is this".getBytes(StandardCharsets.US_ASCII);

  private KeyFile() {}

  /** The private key in a file; {@code file} is what --key names, or null without it. */
  static PrivateKey read(@Nullable Path file) throws IOException {
    if (file == null) {
      throw new CommandFailedException(
          "--key names the file of the private key to sign with; 'weir keys generate' makes one");
    }
    try {
      return Ed25519.privateKey(text(file));
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException("%s holds %s".formatted(file, e.getMessage()));
    }
  }

  /** The public key in a file. */
  static PublicKey readPublic(Path file) throws IOException {
    try {
      return Ed25519.publicKey(text(file));
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException("%s holds %s".formatted(file, e.getMessage()));
    }
  }

  /** Who of them, as listed for today, has that key. */
  static Optional<Signatory> owner(PrivateKey key, Map<String, Signatory> signatories) {
    byte[] signature = Ed25519.sign(key, PROBE);
    long nowMs = System.currentTimeMillis();
    return signatories.values().stream()
        .filter(signatory -> signatory.validAt(nowMs))
        .filter(signatory -> Ed25519.verifies(signatory.key(), PROBE, signature))
        .findFirst();
  }

  /** Whether the two are halves of one key. */
  static boolean isPair(PrivateKey key, PublicKey publicKey) {
    return Ed25519.verifies(publicKey, PROBE, Ed25519.sign(key, PROBE));
  }

  private static String text(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new CommandFailedException("there is no readable file " + file);
    }
    return Files.readString(file);
  }
}
