/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;

/** Small labelled logs of our own writing. */
final class Lines {
  private static int next;

  private Lines() {}

  /** One action that reads, pays or deletes, with its truth as JSON, or "" for none. */
  static byte[] line(String task, String tool, String arguments, String truth) {
    return """
        {"event_id":"e%d","occurred_at":"2026-01-01T00:00:00Z","task_id":"%s","agent":{"id":"a"},\
        "objective":"Pay the plumber","tool":{"name":"%s"},"arguments":%s%s}"""
        .formatted(++next, task, tool, arguments, truth.isEmpty() ? "" : ",\"truth\":" + truth)
        .getBytes(UTF_8);
  }

  static Grader grader() {
    return new Grader(
        dev.weir.policy.PolicyLoader.builtIn(),
        Set.of(dev.weir.policy.Attestable.OBJECTIVE),
        () -> 0);
  }
}
