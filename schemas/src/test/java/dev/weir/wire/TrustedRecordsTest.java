/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A runtime may build an action before it connects: nothing else of Weir is loaded then. */
class TrustedRecordsTest {
  /** What such a runtime does first, in a JVM of its own. */
  public static void main(String[] arguments) {
    ActionEvent action =
        ActionEvent.newBuilder()
            .setEventId("e-1")
            .setOccurredAt(Instant.EPOCH)
            .setTaskId("t-1")
            .setAgent(Agent.newBuilder().setId("a").build())
            .setTool(Tool.newBuilder().setName("bash").build())
            .build();
    System.out.println(action.getPhase());
  }

  @Test
  void shouldBuildAnActionBeforeAnythingElseIsLoaded() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrustedRecordsTest.class.getName())
            .redirectErrorStream(true)
            .start();

    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).endsWith("OBSERVED\n");
  }
}
