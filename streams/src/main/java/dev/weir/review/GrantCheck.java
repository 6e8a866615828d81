/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.action.Digest;
import dev.weir.event.Grant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a grant's record is one that may count, apart from who signed it, which came before and
 * what its condition says: its names, its times and its evidence.
 */
public final class GrantCheck {
  /** Longest id of a grant, and longest name of a class, in characters. */
  public static final int MAX_NAME_CHARS = 128;

  /** Longest name of a source, an agent or an evaluation, in characters. */
  public static final int MAX_LONG_NAME_CHARS = 256;

  private GrantCheck() {}

  /** What is wrong with it, in one line; empty if nothing is. Never throws. */
  public static Optional<String> fault(Grant grant) {
    return Optional.ofNullable(first(grant));
  }

  private static @Nullable String first(Grant grant) {
    if (!fits(grant.getGrantId(), MAX_NAME_CHARS)) {
      return "grant_id has 1 to %d characters".formatted(MAX_NAME_CHARS);
    }
    if (!fits(grant.getSource(), MAX_LONG_NAME_CHARS)
        || !fits(grant.getAgentId(), MAX_LONG_NAME_CHARS)) {
      return "source and agent_id have 1 to %d characters".formatted(MAX_LONG_NAME_CHARS);
    }
    if (!fits(grant.getActionClass(), MAX_NAME_CHARS)) {
      return "action_class has 1 to %d characters".formatted(MAX_NAME_CHARS);
    }
    if (!grant.getNotBefore().isBefore(grant.getExpires())) {
      return "not_before is before expires";
    }
    if (!fits(grant.getVetting().getEvaluation(), MAX_LONG_NAME_CHARS)) {
      return "vetting.evaluation has 1 to %d characters".formatted(MAX_LONG_NAME_CHARS);
    }
    if (grant.getVetting().getDigest().remaining() != Digest.BYTES) {
      return "vetting.digest is a SHA-256, of %d bytes".formatted(Digest.BYTES);
    }
    return grant.getGeneration() < 1 ? "generation is at least 1" : null;
  }

  private static boolean fits(String name, int most) {
    return !name.isBlank() && name.length() <= most;
  }
}
