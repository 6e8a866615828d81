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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** As whom one reviews, and for which tier: shared by the commands that answer. */
final class ReviewerOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private RegistrarOptions registrars = new RegistrarOptions();

  @Option(
      names = "--reviewer",
      paramLabel = "ID",
      required = true,
      description = "The reviewer, as registered.")
  private String reviewer = "";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The reviewer's private key, as 'weir keys generate' makes it.")
  private @Nullable Path keyFile;

  @Option(
      names = "--key-id",
      paramLabel = "NAME",
      description = "What the registry calls the key. Default: what it says there.")
  private @Nullable String keyId;

  @Option(
      names = "--tier",
      paramLabel = "NAME",
      required = true,
      description = "The tier whose escalations are answered.")
  private String tier = "";

  WeirConfig config() throws IOException {
    return WeirConfig.of(registrars.with(bootstrap.properties()));
  }

  /** The reviewer with its key, as it is named. */
  Identity unchecked() throws IOException {
    return new Identity(reviewer, tier, keyId == null ? "k1" : keyId, KeyFile.read(keyFile));
  }

  /**
   * The reviewer with its key, found in the registry. Without review.registrars nobody's
   * registration can be checked, and that is said.
   */
  Identity identity(WeirConfig config) throws IOException {
    if (config.registrars().isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "no %s is given: whether %s may answer %s is not checked here, monitors do%n",
          WeirConfig.REVIEW_REGISTRARS, reviewer, tier);
      err.flush();
      return unchecked();
    }
    PrivateKey key = KeyFile.read(keyFile);
    Reviewer registered = registered(SignedTopic.reviewers(config).find(reviewer));
    Instant now = Instant.now();
    for (ReviewerKey one : registered.getKeys()) {
      boolean named = keyId == null || one.getKeyId().equals(keyId);
      if (named
          && one.getValidUntil().isAfter(now)
          && KeyFile.isPair(key, Ed25519.publicKey(one.getPublicKey()))) {
        return new Identity(reviewer, tier, one.getKeyId(), key);
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
        "%s %s. None of its verdicts would count".formatted(reviewer, why));
  }
}
