/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.Set;

/** Lists of names in the source, written as text: parted by blanks and line ends. */
final class Names {
  private Names() {}

  static Set<String> of(String names) {
    return Set.of(array(names));
  }

  static String[] array(String names) {
    return names.strip().split("\\s+", -1);
  }
}
