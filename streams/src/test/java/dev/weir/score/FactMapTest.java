/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** The facts of a view are kept as any map keeps them. */
class FactMapTest {
  @Property
  void shouldHoldWhatALinkedMapHolds(@ForAll @Size(max = 40) List<Fact> facts) {
    Map<Fact, Object> expected = new LinkedHashMap<>();
    FactMap map = new FactMap();
    for (int i = 0; i < facts.size(); i++) {
      assertThat(map.put(facts.get(i), i)).isEqualTo(expected.put(facts.get(i), i));
    }
    List<Map.Entry<Fact, Object>> visited = new ArrayList<>();
    map.forEach((fact, value) -> visited.add(Map.entry(fact, value)));

    assertThat(visited).isEqualTo(List.copyOf(expected.entrySet()));
    assertThat(map).isEqualTo(expected).hasSameHashCodeAs(expected);
    for (Fact fact : Fact.values()) {
      assertThat(map.get(fact)).isEqualTo(expected.get(fact));
      assertThat(map.containsKey(fact)).isEqualTo(expected.containsKey(fact));
    }
  }
}
