/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.event.ReviewerKind;
import dev.weir.policy.publish.Ed25519;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a reviewer's record is one that may count, apart from who signed it and which came
 * before: its lengths, its tiers and its keys.
 */
public final class ReviewerCheck {
  /** Longest name of a reviewer, an agent, a model, a provider or a tier, in characters. */
  public static final int MAX_NAME_CHARS = 128;

  /** Longest name of a key, in characters. */
  public static final int MAX_KEY_NAME_CHARS = 64;

  /** Most tiers of one reviewer. */
  public static final int MAX_TIERS = 32;

  /** Most keys of one reviewer. */
  public static final int MAX_KEYS = 16;

  private ReviewerCheck() {}

  /** What is wrong with it, in one line; empty if nothing is. Never throws. */
  public static Optional<String> fault(Reviewer reviewer) {
    return Optional.ofNullable(first(reviewer));
  }

  private static @Nullable String first(Reviewer reviewer) {
    if (reviewer.getReviewerId().isBlank() || !fits(reviewer.getReviewerId(), MAX_NAME_CHARS)) {
      return "reviewer_id has 1 to %d characters".formatted(MAX_NAME_CHARS);
    }
    if (reviewer.getKind() == ReviewerKind.OTHER) {
      return "kind is none of PERSON, MODEL and PROGRAM";
    }
    if (!fits(reviewer.getAgentId(), MAX_NAME_CHARS)
        || !fits(reviewer.getModel(), MAX_NAME_CHARS)
        || !fits(reviewer.getProvider(), MAX_NAME_CHARS)) {
      return "agent_id, model and provider are null or have 1 to %d characters"
          .formatted(MAX_NAME_CHARS);
    }
    if (reviewer.getGeneration() < 1) {
      return "generation is at least 1";
    }
    String tiers = tiers(reviewer.getTiers());
    return tiers != null ? tiers : keys(reviewer.getKeys());
  }

  private static @Nullable String tiers(List<String> tiers) {
    if (tiers.size() > MAX_TIERS || new HashSet<>(tiers).size() < tiers.size()) {
      return "there are at most %d tiers, each once".formatted(MAX_TIERS);
    }
    return tiers.stream().allMatch(tier -> fits(tier, MAX_NAME_CHARS))
        ? null
        : "a tier's name has 1 to %d characters".formatted(MAX_NAME_CHARS);
  }

  private static @Nullable String keys(List<ReviewerKey> keys) {
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      return "there are 1 to %d keys".formatted(MAX_KEYS);
    }
    Set<String> names = new HashSet<>();
    for (ReviewerKey key : keys) {
      if (!fits(key.getKeyId(), MAX_KEY_NAME_CHARS) || !names.add(key.getKeyId())) {
        return "a key_id has 1 to %d characters, each once".formatted(MAX_KEY_NAME_CHARS);
      }
      if (!key.getValidFrom().isBefore(key.getValidUntil())) {
        return "valid_from is before valid_until for every key";
      }
      if (!isPublicKey(key.getPublicKey())) {
        return "a public_key is Ed25519 as SubjectPublicKeyInfo in DER";
      }
    }
    return null;
  }

  private static boolean isPublicKey(ByteBuffer der) {
    try {
      Ed25519.publicKey(der);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean fits(@Nullable String name, int most) {
    return name == null || (!name.isEmpty() && name.length() <= most);
  }
}
