/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.outcome.OutcomeCheck;
import dev.weir.reviewer.Identity;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** As whom one reports outcomes. */
final class ReporterOptions {
  @Mixin private SignatoryOptions signatory = new SignatoryOptions();

  @Option(
      names = "--reporter",
      paramLabel = "ID",
      required = true,
      description = "Who reports, registered as reviewers are, for the tier outcomes.")
  private String reporter = "";

  WeirConfig config() throws IOException {
    return signatory.config();
  }

  /** The reporter with its key, found in the registry. */
  Identity identity(WeirConfig config) throws IOException {
    return signatory.identity(reporter, OutcomeCheck.TIER, config);
  }
}
