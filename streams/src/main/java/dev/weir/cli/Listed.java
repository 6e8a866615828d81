/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds to a setting that is a list what the command line names beside it. */
final class Listed {
  private Listed() {}

  /** The properties, with {@code more} after what {@code setting} lists. */
  static Map<String, String> with(
      Map<String, String> properties, String setting, List<String> more) {
    Map<String, String> all = new HashMap<>(properties);
    List<String> listed = new ArrayList<>(more);
    String configured = all.getOrDefault(setting, "").strip();
    if (!configured.isEmpty()) {
      listed.add(0, configured);
    }
    if (!listed.isEmpty()) {
      all.put(setting, String.join(",", listed));
    }
    return all;
  }
}
