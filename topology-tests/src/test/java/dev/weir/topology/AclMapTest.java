/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.AclPlan;
import dev.weir.config.Topics;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** The monitor may read and write what its map reads and writes: no less, and no more. */
class AclMapTest {
  private static final Pattern SOURCE = Pattern.compile("\\(topics: \\[([^]]+)]\\)");
  private static final Pattern SINK = Pattern.compile("\\(topic: ([^)]+)\\)");

  @Test
  void shouldReadWhatTheMapReadsWhenAclsArePlanned() {
    assertThat(granted(AclOperation.READ)).isEqualTo(mapped(SOURCE));
  }

  @Test
  void shouldWriteWhatTheMapWritesWhenAclsArePlanned() {
    assertThat(granted(AclOperation.WRITE)).isEqualTo(mapped(SINK));
  }

  private static Set<String> granted(AclOperation operation) {
    Set<String> granted = new TreeSet<>();
    new AclPlan(new Topics("weir", List.of()), "weir", List.of(), List.of())
        .grants().stream()
            .filter(grant -> grant.role().equals(AclPlan.MONITOR))
            .filter(grant -> grant.type() == ResourceType.TOPIC)
            .filter(grant -> grant.pattern() == PatternType.LITERAL) // else changelogs
            .filter(grant -> grant.operations().contains(operation))
            .forEach(grant -> granted.addAll(grant.names()));
    return granted;
  }

  private static Set<String> mapped(Pattern node) {
    Set<String> mapped = new TreeSet<>();
    node.matcher(Flume.describe())
        .results()
        .map((MatchResult found) -> found.group(1).split(", "))
        .forEach(names -> mapped.addAll(List.of(names)));
    return mapped;
  }
}
