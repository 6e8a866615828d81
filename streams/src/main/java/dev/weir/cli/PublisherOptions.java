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

/** Whose signatures count, where no weir.properties says so. */
final class PublisherOptions {
  @Option(
      names = "--publisher",
      paramLabel = "NAME=KEY",
      description =
          "A publisher beside those of --config, as policy.publishers takes it; 'weir keys show'"
              + " prints one.")
  private List<String> publishers = new ArrayList<>();

  /** The properties with these publishers added. */
  Map<String, String> with(Map<String, String> properties) {
    return Listed.with(properties, WeirConfig.POLICY_PUBLISHERS, publishers);
  }
}
