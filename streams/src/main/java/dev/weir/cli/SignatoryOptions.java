/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.reviewer.Identity;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** With which registered key one signs: shared by those who review and those who report. */
final class SignatoryOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private RegistrarOptions registrars = new RegistrarOptions();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "One's private key, as 'weir keys generate' makes it.")
  private @Nullable Path keyFile;

  @Option(
      names = "--key-id",
      paramLabel = "NAME",
      description = "What the registry calls the key. Default: what it says there.")
  private @Nullable String keyId;

  WeirConfig config() throws IOException {
    return WeirConfig.of(registrars.with(bootstrap.properties()));
  }

  /** Who is registered under that id, with its key, as it is named. */
  Identity unchecked(String id, String tier) throws IOException {
    return new RegisteredKey(id, tier, keyFile, keyId).unchecked();
  }

  /**
   * The same, found in the registry. Without review.registrars nobody's registration can be
   * checked, and that is said.
   */
  Identity identity(String id, String tier, WeirConfig config) throws IOException {
    return new RegisteredKey(id, tier, keyFile, keyId)
        .identity(config, spec.commandLine().getErr());
  }
}
