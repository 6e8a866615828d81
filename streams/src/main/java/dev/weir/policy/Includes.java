/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.io.IOException;

/** Finds the files that a policy includes. */
@FunctionalInterface
public interface Includes {
  /** Where there are no other files: a document that came over a topic, or out of a string. */
  Includes NONE =
      name -> {
        throw new IOException(
            "nothing can be included here; use the merged document that 'weir policy show --merged'"
                + " prints");
      };

  /**
   * The content of a file beside the policy.
   *
   * @param name a plain file name without folders
   * @throws IOException with a message for the author, if there is no such file
   */
  byte[] read(String name) throws IOException;
}
