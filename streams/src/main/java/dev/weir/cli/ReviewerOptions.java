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

/** As whom one reviews, and for which tier: shared by the commands that answer. */
final class ReviewerOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private RegistrarOptions registrars = new RegistrarOptions();

  @Option(
      names = "--reviewer",
      paramLabel = "ID",
      required = true,
      description = "The reviewer, as registered.")
  private String reviewer = "";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The reviewer's private key, as 'weir keys generate' makes it.")
  private @Nullable Path keyFile;

  @Option(
      names = "--key-id",
      paramLabel = "NAME",
      description = "What the registry calls the key. Default: what it says there.")
  private @Nullable String keyId;

  @Option(
      names = "--tier",
      paramLabel = "NAME",
      required = true,
      description = "The tier whose escalations are answered.")
  private String tier = "";

  WeirConfig config() throws IOException {
    return WeirConfig.of(registrars.with(bootstrap.properties()));
  }

  /** The reviewer with its key, as it is named. */
  Identity unchecked() throws IOException {
    return signatory().unchecked();
  }

  /**
   * The reviewer with its key, found in the registry. Without review.registrars nobody's
   * registration can be checked, and that is said.
   */
  Identity identity(WeirConfig config) throws IOException {
    return signatory().identity(config, spec.commandLine().getErr());
  }

  private RegisteredKey signatory() {
    return new RegisteredKey(reviewer, tier, keyFile, keyId);
  }
}
