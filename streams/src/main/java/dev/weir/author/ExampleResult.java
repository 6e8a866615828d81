/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import dev.weir.policy.Example;
import dev.weir.score.Inspection;
import java.util.List;

/**
 * How one example came out.
 *
 * @param example it
 * @param inspection its action's score and what led to it
 * @param failures what was expected and what came instead, one line each; empty if it holds
 */
public record ExampleResult(Example example, Inspection inspection, List<String> failures) {
  /** Whether all came as expected. */
  public boolean holds() {
    return failures.isEmpty();
  }
}
