/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import java.util.ArrayList;
import java.util.HashMap;
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
    Map<String, String> all = new HashMap<>(properties);
    List<String> listed = new ArrayList<>(publishers);
    String configured = all.getOrDefault(WeirConfig.POLICY_PUBLISHERS, "").strip();
    if (!configured.isEmpty()) {
      listed.add(0, configured);
    }
    if (!listed.isEmpty()) {
      all.put(WeirConfig.POLICY_PUBLISHERS, String.join(",", listed));
    }
    return all;
  }
}
