/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Grant;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which records of grants may count. */
class GrantCheckTest {
  @Test
  void shouldFindNoFaultWhenARecordIsAsItShouldBe() {
    assertThat(GrantCheck.fault(Issued.grant())).isEmpty();
  }

  @Test
  void shouldNameTheFaultWhenThereIsOne() {
    Map<Consumer<Grant>, String> faults =
        Map.ofEntries(
            Map.entry(g -> g.setGrantId(" "), "grant_id"),
            Map.entry(g -> g.setGrantId("x".repeat(129)), "grant_id"),
            Map.entry(g -> g.setSource(""), "source"),
            Map.entry(g -> g.setAgentId("x".repeat(257)), "agent_id"),
            Map.entry(g -> g.setActionClass("x".repeat(129)), "action_class"),
            Map.entry(g -> g.setExpires(g.getNotBefore()), "not_before"),
            Map.entry(g -> g.getVetting().setEvaluation(""), "vetting.evaluation"),
            Map.entry(g -> g.getVetting().setDigest(ByteBuffer.allocate(20)), "vetting.digest"),
            Map.entry(g -> g.setGeneration(0), "generation"));

    faults.forEach(
        (change, named) -> {
          Grant grant = Issued.grant();
          change.accept(grant);
          assertThat(GrantCheck.fault(grant))
              .hasValueSatisfying(fault -> assertThat(fault).contains(named));
        });
  }
}
