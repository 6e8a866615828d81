/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Whose grants count, where no weir.properties says so. */
final class IssuerOptions {
  @Option(
      names = "--issuer",
      paramLabel = "NAME=KEY",
      description =
          "An issuer beside those of --config, as grant.issuers takes it; 'weir keys show --issuer'"
              + " prints one.")
  private List<String> issuers = new ArrayList<>();

  /** The properties with these issuers added. */
  Map<String, String> with(Map<String, String> properties) {
    return Listed.with(properties, WeirConfig.GRANT_ISSUERS, issuers);
  }
}
