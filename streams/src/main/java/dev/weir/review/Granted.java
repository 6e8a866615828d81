/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.action.Digest;
import dev.weir.event.Grant;
import dev.weir.event.GrantLack;
import dev.weir.event.UsedGrant;
import dev.weir.score.Proviso;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A grant that counts, with its condition compiled.
 *
 * @param record as issued
 * @param digest SHA-256 of the record's value
 * @param proviso its condition; null for none
 */
record Granted(Grant record, ByteBuffer digest, @Nullable Proviso proviso) {
  /**
   * A record as it was received.
   *
   * @throws IllegalArgumentException if its condition is none; says where and why
   */
  static Granted of(Grant grant, byte[] value) {
    String condition = grant.getCondition();
    return new Granted(
        grant, ByteBuffer.wrap(Digest.of(value)), condition == null ? null : Proviso.of(condition));
  }

  /** What keeps it from holding at that broker time, in epoch ms; empty if nothing does. */
  Optional<GrantLack> lackAt(long ms) {
    Instant revoked = record.getRevokedAt();
    if (revoked != null && ms >= revoked.toEpochMilli()) {
      return Optional.of(GrantLack.REVOKED);
    }
    if (ms >= record.getExpires().toEpochMilli()) {
      return Optional.of(GrantLack.EXPIRED);
    }
    return ms < record.getNotBefore().toEpochMilli()
        ? Optional.of(GrantLack.NOT_YET)
        : Optional.empty();
  }

  /** What keeps it from holding for an action; empty if nothing does. */
  Optional<GrantLack> lack(Grants.Case of) {
    Optional<GrantLack> lack = lackAt(of.atMs());
    if (lack.isPresent() || proviso == null) {
      return lack;
    }
    return switch (proviso.of(of.policy(), of.action(), of.task())) {
      case MET -> Optional.empty();
      case UNMET -> Optional.of(GrantLack.CONDITION_UNMET);
      case FAILED -> Optional.of(GrantLack.CONDITION_FAILED);
    };
  }

  /** The use of it. */
  UsedGrant used() {
    return new UsedGrant(
        record.getGrantId(), record.getActionClass(), record.getGeneration(), digest);
  }
}
