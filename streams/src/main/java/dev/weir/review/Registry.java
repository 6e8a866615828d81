/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Signatory;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may answer which tier, as registrars have signed it. What is unsigned, by a stranger, broken
 * or not newer is refused, and what was there before stays. Times are broker time.
 *
 * <p>Written by one thread, read by several. Reading the same record once more changes nothing, so
 * a restart fills it again from the topic.
 */
public final class Registry {
  private final RecordSignature<Reviewer> signatures;
  private final Map<String, Signatory> registrars;
  private final Map<String, Registered> reviewers = new ConcurrentHashMap<>();

  /**
   * @param topic that reviewers are registered on
   * @param registrars who may, by name
   */
  public Registry(String topic, Map<String, Signatory> registrars) {
    this.signatures = RecordSignature.ofReviewers(topic);
    this.registrars = Map.copyOf(registrars);
  }

  /**
   * A reviewer that counts.
   *
   * @param record as registered
   * @param keys its keys by name
   */
  public record Registered(Reviewer record, Map<String, Key> keys) {
    /** Whether the reviewer may answer at all at that time, in epoch ms. */
    public boolean validAt(long ms) {
      return record.getRevokedAt() == null || ms < record.getRevokedAt().toEpochMilli();
    }
  }

  /**
   * A key that counts for some time.
   *
   * @param key to verify by
   * @param fromMs first moment, epoch ms
   * @param untilMs first moment after, epoch ms
   */
  public record Key(PublicKey key, long fromMs, long untilMs) {
    static Key of(ReviewerKey key) {
      return new Key(
          Ed25519.publicKey(key.getPublicKey()),
          key.getValidFrom().toEpochMilli(),
          key.getValidUntil().toEpochMilli());
    }

    /** Whether a signature by it counts at that time, in epoch ms. */
    public boolean validAt(long ms) {
      return ms >= fromMs && ms < untilMs;
    }
  }

  /** The reviewer of that id; null if nobody registered one. */
  public @Nullable Registered find(String reviewerId) {
    return reviewers.get(reviewerId);
  }

  /** How many are registered, revoked ones too. */
  public int size() {
    return reviewers.size();
  }

  /**
   * Takes in a record of the topic. Never throws.
   *
   * @param value the record as received
   * @param atMs when the broker appended it, epoch ms
   * @return what is wrong with it, in one line; empty if it counts
   */
  public Optional<String> take(String key, Reviewer reviewer, byte[] value, long atMs) {
    Optional<String> fault = ReviewerCheck.fault(reviewer);
    if (fault.isPresent()) {
      return fault;
    }
    if (!key.equals(reviewer.getReviewerId())) {
      return Optional.of("it stands under another reviewer's key");
    }
    Signatory registrar = registrars.get(reviewer.getRegistrar());
    if (registrar == null || !registrar.validAt(atMs)) {
      return Optional.of("it is by nobody whom review.registrars lists for that time");
    }
    if (!signatures.verifies(value, registrar.key())) {
      return Optional.of("it is not signed by " + registrar.name());
    }
    Registered before = reviewers.get(key);
    if (before != null && isNotNewer(reviewer, before.record)) {
      return Optional.of("its generation is not above %d".formatted(before.record.getGeneration()));
    }
    Map<String, Key> keys = new HashMap<>();
    reviewer.getKeys().forEach(each -> keys.put(each.getKeyId(), Key.of(each)));
    reviewers.put(key, new Registered(reviewer, keys));
    return Optional.empty();
  }

  private static boolean isNotNewer(Reviewer reviewer, Reviewer before) {
    return reviewer.getGeneration() <= before.getGeneration() && !reviewer.equals(before);
  }
}
