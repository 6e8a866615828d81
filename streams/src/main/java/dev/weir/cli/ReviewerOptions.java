/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.reviewer.Identity;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** As whom one reviews, and for which tier: shared by the commands that answer. */
final class ReviewerOptions {
  @Mixin private SignatoryOptions signatory = new SignatoryOptions();

  @Option(
      names = "--reviewer",
      paramLabel = "ID",
      required = true,
      description = "The reviewer, as registered.")
  private String reviewer = "";

  @Option(
      names = "--tier",
      paramLabel = "NAME",
      required = true,
      description = "The tier whose escalations are answered.")
  private String tier = "";

  WeirConfig config() throws IOException {
    return signatory.config();
  }

  /** The reviewer with its key, as it is named. */
  Identity unchecked() throws IOException {
    return signatory.unchecked(reviewer, tier);
  }

  /** The reviewer with its key, found in the registry. */
  Identity identity(WeirConfig config) throws IOException {
    return signatory.identity(reviewer, tier, config);
  }
}
