/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a policy from a file and the files beside it that it includes. */
final class PolicyFile {
  private PolicyFile() {}

  /** The policy in {@code file}, or, if there is none, the pack that Weir brings. */
  static Policy chosen(@Nullable Path file) throws IOException {
    return file == null ? PolicyLoader.builtIn() : load(file);
  }

  /** The policy in {@code file}. */
  static Policy load(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new CommandFailedException(
          "there is no readable file %s; name the first file of a policy".formatted(file));
    }
    return PolicyLoader.load(
        file.toString(), Files.readAllBytes(file), name -> included(file, name));
  }

  private static byte[] included(Path policy, String name) throws IOException {
    Path file = policy.resolveSibling(name);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException("there is no such file beside the policy; correct the name");
    }
    return Files.readAllBytes(file);
  }
}
