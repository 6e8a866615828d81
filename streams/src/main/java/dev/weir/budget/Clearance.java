/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.GrantLack;
import dev.weir.event.MissingGrant;
import dev.weir.event.UsedGrant;
import java.util.List;

/**
 * What grants say of an action's reserved classes, each of which is in one of the two lists.
 *
 * @param used those that its agent has a grant of, and by which one
 * @param missing the others
 */
public record Clearance(List<UsedGrant> used, List<MissingGrant> missing) {
  /** Of an action of no reserved class. */
  public static final Clearance NONE = new Clearance(List.of(), List.of());

  /** Copies the lists. */
  public Clearance {
    used = List.copyOf(used);
    missing = List.copyOf(missing);
  }

  /** Where nobody is granted anything: off the stream, and for a policy that only shadows. */
  public static Clearance withoutGrants(List<String> reserved) {
    return lacking(reserved, GrantLack.NO_GRANT);
  }

  /** Of an action of these reserved classes, of none of which there is a grant, for that reason. */
  public static Clearance lacking(List<String> reserved, GrantLack lack) {
    return reserved.isEmpty()
        ? NONE
        : new Clearance(
            List.of(), reserved.stream().map(id -> new MissingGrant(id, lack)).toList());
  }
}
