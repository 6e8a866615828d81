/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Grant;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weir grant revoke}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "Revokes a grant from now on, by broker time.",
      "What the broker appended before was still granted; nothing after is."
    })
final class GrantRevokeCommand implements Callable<Integer> {
  @Mixin private Issuer issuer = new Issuer();

  @Parameters(paramLabel = "ID", description = "The grant.")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    issuer.publish(issuer.config(), id, this::change);
    return 0;
  }

  private Grant change(@Nullable Grant before, Instant now) {
    if (before == null) {
      throw new CommandFailedException(
          "there is no grant %s; 'weir grant list' shows which there are".formatted(id));
    }
    if (before.getRevokedAt() != null) {
      throw new CommandFailedException(
          "%s was revoked at %s already".formatted(id, before.getRevokedAt()));
    }
    return Grant.newBuilder(before).setRevokedAt(now).build();
  }
}
