/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.policy.Policy;
import dev.weir.policy.publish.Publication;
import dev.weir.state.PolicyStanding;
import dev.weir.topology.Stance.Candidate;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which policy a partition has adopted. It adopts a generation by writing it to its state, document
 * and all, and never goes back: what the topic of policies holds later, or no longer, changes
 * nothing of that.
 *
 * <p>A policy that is called for goes live after a trial, but for two: the one in force under
 * another generation, and the one in force just before, which passed its trial here. Generation 0
 * is the configuration's policy, whichever that is.
 */
final class Standing {
  private static final String KEY = "adopted";

  /** Apart, since it is long and hardly ever read. */
  private static final String DOCUMENT = "document";

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final KeyValueStore<String, PolicyStanding> store;
  private final PolicyShelf shelf;
  private final PolicyDesk desk;
  private @Nullable Stance last;

  Standing(KeyValueStore<String, PolicyStanding> store, PolicyShelf shelf, PolicyDesk desk) {
    this.store = store;
    this.shelf = shelf;
    this.desk = desk;
  }

  /** How the next action is to be taken. */
  @SuppressWarnings("ReferenceEquality")
  Stance now() {
    PolicyStanding adopted = store.get(KEY);
    long generation = adopted == null ? 0 : adopted.getGeneration();
    Policy policy = inForce(adopted);
    Candidate candidate = candidate(adopted, generation, policy);
    Stance known = last;
    if (known != null
        && known.generation() == generation
        && known.policy() == policy
        && same(known.candidate(), candidate)) {
      return known;
    }
    last = new Stance(generation, policy, ByteBuffer.wrap(policy.digest()), candidate);
    return last;
  }

  @SuppressWarnings("ReferenceEquality") // of a policy there is one, on the shelf
  private static boolean same(@Nullable Candidate one, @Nullable Candidate other) {
    if (one == null || other == null) {
      return one == other;
    }
    return one.generation() == other.generation()
        && one.wants() == other.wants()
        && one.policy() == other.policy();
  }

  /**
   * A policy that this version cannot read any more stops the instance: nothing is scored by
   * another one instead.
   */
  private Policy inForce(@Nullable PolicyStanding adopted) {
    if (adopted == null || adopted.getGeneration() == 0) {
      return shelf.configured();
    }
    return last != null && last.generation() == adopted.getGeneration()
        ? last.policy()
        : shelf.get(Publication.hex(adopted.getPolicyDigest()), store.get(DOCUMENT).getDocument());
  }

  private @Nullable Candidate candidate(
      @Nullable PolicyStanding adopted, long generation, Policy policy) {
    PolicyDesk.Call active = desk.active();
    long refused = adopted == null ? 0 : adopted.getRefusedGeneration();
    if (active != null
        && active.policy() != null
        && active.generation() > Math.max(generation, refused)) {
      return new Candidate(active.generation(), active.policy(), active.document(), true);
    }
    PolicyDesk.Call shadow = desk.shadow();
    return shadow == null || shadow.policy() == null || shadow.policy().equals(policy)
        ? null
        : new Candidate(shadow.generation(), shadow.policy(), shadow.document(), false);
  }

  /** Whether the candidate needs no trial here. */
  boolean trusts(Stance stance, Candidate candidate) {
    PolicyStanding adopted = store.get(KEY);
    return candidate.policy().equals(stance.policy())
        || (adopted != null
            && adopted.getPreviousDigest().equals(ByteBuffer.wrap(candidate.policy().digest())));
  }

  /** From the next action on the candidate is in force. */
  void adopt(Stance stance, Candidate candidate, long nowMs) {
    PolicyStanding adopted = standing(stance);
    boolean another = !candidate.policy().equals(stance.policy());
    ByteBuffer previous = another ? stance.digest() : adopted.getPreviousDigest();
    PolicyStanding standing =
        PolicyStanding.newBuilder(adopted)
            .setGeneration(candidate.generation())
            .setPolicyDigest(ByteBuffer.wrap(candidate.policy().digest()))
            .setPreviousDigest(previous)
            .setAdoptedAtMs(nowMs)
            .setRefusedBecause("")
            .build();
    store.put(KEY, standing);
    store.put(
        DOCUMENT, PolicyStanding.newBuilder(standing).setDocument(candidate.document()).build());
  }

  /** The candidate's generation is not tried here again. */
  void refuse(Stance stance, Candidate candidate, String because) {
    store.put(
        KEY,
        PolicyStanding.newBuilder(standing(stance))
            .setRefusedGeneration(candidate.generation())
            .setRefusedBecause(because)
            .build());
  }

  /** Why the last generation called for was refused here; null if it was not. */
  @Nullable String refusal() {
    PolicyStanding adopted = store.get(KEY);
    return adopted == null || adopted.getRefusedBecause().isEmpty()
        ? null
        : adopted.getRefusedBecause();
  }

  private PolicyStanding standing(Stance stance) {
    PolicyStanding adopted = store.get(KEY);
    return adopted != null
        ? adopted
        : new PolicyStanding(stance.generation(), NOTHING, "", NOTHING, 0L, 0L, "");
  }
}
