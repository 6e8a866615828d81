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

/** Whose registrations count, where no weir.properties says so. */
final class RegistrarOptions {
  @Option(
      names = "--registrar",
      paramLabel = "NAME=KEY",
      description =
          "A registrar beside those of --config, as review.registrars takes it; 'weir keys show"
              + " --registrar' prints one.")
  private List<String> registrars = new ArrayList<>();

  /** The properties with these registrars added. */
  Map<String, String> with(Map<String, String> properties) {
    return Listed.with(properties, WeirConfig.REVIEW_REGISTRARS, registrars);
  }
}
