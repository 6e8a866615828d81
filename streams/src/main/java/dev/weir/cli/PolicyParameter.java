/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which policy a command is about: shared by the commands that look at nothing else. */
final class PolicyParameter {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The policy's first file. Default: the pack that Weir brings.")
  private @Nullable Path file;

  /** The policy that is named, or the pack that Weir brings. */
  Policy policy() throws IOException {
    return PolicyFile.chosen(file);
  }
}
