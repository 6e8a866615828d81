/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.policy.publish.Ed25519;
import dev.weir.reviewer.Identity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who signs, and by which key, before it is looked up in the registry.
 *
 * @param id of a reviewer or reporter
 * @param tier that it must be registered for
 * @param file of the private key; null without one
 * @param keyId what the registry calls the key; null for what it says there
 */
record RegisteredKey(String id, String tier, @Nullable Path file, @Nullable String keyId) {

  /** As it is named. */
  Identity unchecked() throws IOException {
    return new Identity(id, tier, keyId == null ? "k1" : keyId, KeyFile.read(file));
  }

  /**
   * As found in the registry. Without review.registrars nobody's registration can be checked, and
   * that is said on {@code err}.
   */
  Identity identity(WeirConfig config, PrintWriter err) throws IOException {
    if (config.registrars().isEmpty()) {
      err.printf(
          "no %s is given: whether %s may answer %s is not checked here, monitors do%n",
          WeirConfig.REVIEW_REGISTRARS, id, tier);
      err.flush();
      return unchecked();
    }
    PrivateKey key = KeyFile.read(file);
    Reviewer registered = registered(SignedTopic.reviewers(config).find(id));
    Instant now = Instant.now();
    for (ReviewerKey one : registered.getKeys()) {
      boolean named = keyId == null || one.getKeyId().equals(keyId);
      if (named
          && one.getValidUntil().isAfter(now)
          && KeyFile.isPair(key, Ed25519.publicKey(one.getPublicKey()))) {
        return new Identity(id, tier, one.getKeyId(), key);
      }
    }
    throw refused("has no such key that counts now: 'weir reviewer rotate' gives it one");
  }

  private Reviewer registered(@Nullable Reviewer found) {
    if (found == null) {
      throw refused("is not registered: 'weir reviewer register' does");
    }
    if (found.getRevokedAt() != null) {
      throw refused("was revoked at " + found.getRevokedAt());
    }
    if (!found.getTiers().contains(tier)) {
      throw refused(
          "is not registered for tier %s, only for %s"
              .formatted(tier, String.join(", ", found.getTiers())));
    }
    return found;
  }

  private CommandFailedException refused(String why) {
    return new CommandFailedException(
        "%s %s. Nothing that it signs would count".formatted(id, why));
  }
}
