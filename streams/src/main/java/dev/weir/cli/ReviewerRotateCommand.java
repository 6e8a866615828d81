/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir reviewer rotate}. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a reviewer a new key and lets the earlier ones run out.",
      "Keys that have ended already are dropped from the record."
    })
final class ReviewerRotateCommand implements Callable<Integer> {
  @Mixin private Registrar registrar = new Registrar();

  @Mixin private ReviewerKeyOptions keys = new ReviewerKeyOptions();

  @Parameters(paramLabel = "ID", description = "The reviewer.")
  private String id = "";

  @Option(
      names = "--overlap",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = ShortDuration.class,
      description = "How long the earlier keys still count. Default: ${DEFAULT-VALUE}.")
  private Duration overlap = Duration.ZERO;

  @Override
  public Integer call() throws IOException {
    registrar.publish(id, this::change);
    return 0;
  }

  private Reviewer change(@Nullable Reviewer before, Instant now) throws IOException {
    Reviewer next = ReviewerKeyOptions.copy(Registrar.registered(id, before));
    if (next.getRevokedAt() != null) {
      throw new CommandFailedException(
          "%s was revoked at %s; 'weir reviewer register' begins anew"
              .formatted(id, next.getRevokedAt()));
    }
    if (overlap.isNegative()) {
      throw new CommandFailedException("--overlap is at least 0s");
    }
    Instant end = now.plus(overlap);
    List<ReviewerKey> all = new ArrayList<>();
    for (ReviewerKey key : next.getKeys()) {
      if (key.getValidUntil().isAfter(end)) {
        key.setValidUntil(end);
      }
      if (key.getValidUntil().isAfter(now) && key.getValidFrom().isBefore(key.getValidUntil())) {
        all.add(key);
      }
    }
    all.add(keys.key(now, next.getKeys()));
    next.setKeys(all);
    return next;
  }
}
