/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Which policies partitions score by, as the latest assessment of each says.
 *
 * @param latest by partition; those without assessments are not there
 */
record Adopted(SortedMap<Integer, Stand> latest) {

  /**
   * What one assessment was scored by.
   *
   * @param generation that its partition had adopted
   * @param digestHex of the policy
   * @param atMs broker time of the action
   */
  record Stand(long generation, String digestHex, long atMs) {}

  /**
   * Partitions that stand alike.
   *
   * @param stand the latest of theirs
   * @param partitions which, in ascending order
   */
  record Group(Stand stand, List<Integer> partitions) {

    private Group with(int partition, Stand other) {
      List<Integer> all = new ArrayList<>(partitions);
      all.add(partition);
      return new Group(other.atMs > stand.atMs ? other : stand, all);
    }
  }

  /** Partitions that stand alike; the most of them first, and of equally many the latest. */
  List<Group> groups() {
    Map<List<Object>, Group> groups = new LinkedHashMap<>();
    latest.forEach(
        (partition, stand) ->
            groups.compute(
                List.of(stand.generation, stand.digestHex),
                (k, group) ->
                    group == null
                        ? new Group(stand, List.of(partition))
                        : group.with(partition, stand)));
    return groups.values().stream()
        .sorted(
            Comparator.<Group>comparingInt(group -> -group.partitions.size())
                .thenComparingLong(group -> -group.stand.atMs))
        .toList();
  }
}
