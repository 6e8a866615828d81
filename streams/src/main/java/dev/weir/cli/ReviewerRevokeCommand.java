/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir reviewer revoke}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "Revokes a reviewer, or one of its keys, from now on.",
      "What the broker appended before still counts; nothing after does."
    })
final class ReviewerRevokeCommand implements Callable<Integer> {
  @Mixin private Registrar registrar = new Registrar();

  @Parameters(paramLabel = "ID", description = "The reviewer.")
  private String id = "";

  @Option(names = "--key-id", paramLabel = "NAME", description = "Revoke this key alone.")
  private @Nullable String keyId;

  @Override
  public Integer call() throws IOException {
    registrar.publish(id, this::change);
    return 0;
  }

  private Reviewer change(@Nullable Reviewer before, Instant now) {
    Reviewer next = ReviewerKeyOptions.copy(Registrar.registered(id, before));
    if (next.getRevokedAt() != null) {
      throw new CommandFailedException(
          "%s was revoked at %s already".formatted(id, next.getRevokedAt()));
    }
    if (keyId == null) {
      next.setRevokedAt(now);
    } else {
      revoke(next, keyId, now);
    }
    return next;
  }

  private void revoke(Reviewer next, String name, Instant now) {
    ReviewerKey key =
        next.getKeys().stream()
            .filter(one -> one.getKeyId().equals(name))
            .findFirst()
            .orElseThrow(() -> new CommandFailedException("%s has no key %s".formatted(id, name)));
    if (!key.getValidUntil().isAfter(now)) {
      throw new CommandFailedException(
          "key %s of %s ended at %s already".formatted(name, id, key.getValidUntil()));
    }
    if (key.getValidFrom().isBefore(now)) {
      key.setValidUntil(now);
    } else if (next.getKeys().size() > 1) {
      next.getKeys().remove(key); // it never counted
    } else {
      throw new CommandFailedException(
          "%s has no other key: revoke the reviewer, without --key-id".formatted(id));
    }
  }
}
