/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.outcome.OutcomeCheck;
import dev.weir.reviewer.Identity;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** As whom one reports outcomes. */
final class ReporterOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private RegistrarOptions registrars = new RegistrarOptions();

  @Option(
      names = "--reporter",
      paramLabel = "ID",
      required = true,
      description = "Who reports, registered as reviewers are, for the tier outcomes.")
  private String reporter = "";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The reporter's private key, as 'weir keys generate' makes it.")
  private @Nullable Path keyFile;

  @Option(
      names = "--key-id",
      paramLabel = "NAME",
      description = "What the registry calls the key. Default: what it says there.")
  private @Nullable String keyId;

  WeirConfig config() throws IOException {
    return WeirConfig.of(registrars.with(bootstrap.properties()));
  }

  /** The reporter with its key, found in the registry. */
  Identity identity(WeirConfig config) throws IOException {
    return new RegisteredKey(reporter, OutcomeCheck.TIER, keyFile, keyId)
        .identity(config, spec.commandLine().getErr());
  }
}
