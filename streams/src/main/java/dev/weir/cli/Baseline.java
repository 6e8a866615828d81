/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.cli.Adopted.Group;
import dev.weir.cli.Adopted.Stand;
import dev.weir.policy.Policy;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The policy that a candidate is compared with before it is published: what most partitions have
 * adopted. What is called for does not matter: they may have refused it.
 *
 * @param policy it
 * @param witness the partition and assessment that say so; null if nothing does
 * @param told how it was found, in one line
 */
record Baseline(Policy policy, @Nullable Witness witness, String told) {

  /** Where a policy is in force. */
  record Witness(int partition, Stand stand) {}

  /** Finds policies by their digests in hex; null for one that is not known. */
  interface Known extends Function<String, @Nullable Policy> {}

  /**
   * Chooses it.
   *
   * @param against named by the publisher; null if not
   * @param configured in force where there are no assessments
   * @throws CommandFailedException if the policy that partitions adopted is not known
   */
  static Baseline of(Adopted adopted, Known known, Policy configured, @Nullable Policy against) {
    List<Group> groups = adopted.groups();
    if (groups.isEmpty()) {
      return new Baseline(
          against == null ? configured : against,
          null,
          "there are no assessments yet; compared with "
              + (against == null ? "the configured policy" : "the policy of --against"));
    }
    Group most = groups.get(0);
    Stand stand = most.stand();
    Policy policy = against == null ? known.apply(stand.digestHex()) : against;
    if (policy == null) {
      throw new CommandFailedException(
          "%s by policy %s of generation %d, which is neither on the topic of policies nor that of --config nor the default pack: name its file by --against"
              .formatted(scored(most), brief(stand.digestHex()), stand.generation()));
    }
    String others =
        groups.size() == 1 ? "" : "; others score by another: 'weir policy status' shows which";
    String told =
        policy.digestHex().equals(stand.digestHex())
            ? "compared with what %s by: generation %d, %s %s"
                .formatted(scored(most), stand.generation(), policy.id(), policy.version())
            : "compared with the policy of --against, though %s by policy %s of generation %d"
                .formatted(scored(most), brief(stand.digestHex()), stand.generation());
    return new Baseline(policy, new Witness(newest(adopted, most), stand), told + others);
  }

  private static int newest(Adopted adopted, Group group) {
    return group.partitions().stream()
        .filter(p -> group.stand().equals(adopted.latest().get(p)))
        .findFirst()
        .orElseThrow();
  }

  private static String scored(Group group) {
    List<Integer> all = group.partitions();
    return all.size() == 1
        ? "partition %d scores".formatted(all.get(0))
        : "%d partitions score".formatted(all.size());
  }

  /** A digest for people. */
  static String brief(String digestHex) {
    return digestHex.substring(0, Math.min(8, digestHex.length())) + "\u2026";
  }
}
