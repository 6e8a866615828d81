/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which policy a command uses: shared by the commands that need one beside other things. */
final class PolicyOption {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy's first file. Default: the pack that Weir brings.")
  private @Nullable Path file;

  /** The policy that is named, or the pack that Weir brings. */
  Policy policy() throws IOException {
    if (file != null && !Files.isReadable(file)) {
      throw new ParameterException(
          spec.commandLine(), "--policy names %s, which is no readable file".formatted(file));
    }
    return PolicyFile.chosen(file);
  }
}
