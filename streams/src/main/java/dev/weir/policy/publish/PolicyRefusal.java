/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy.publish;

/** Why a policy that was published does not count. The one before stays. */
public enum PolicyRefusal {
  /** The record is no document or pointer, or its key is none. */
  UNREADABLE,
  /** The document is longer than any that counts. */
  TOO_LARGE,
  /** Who signed it is not listed, or not at that time. */
  UNKNOWN_PUBLISHER,
  /** The signature is not that of who it says. */
  BAD_SIGNATURE,
  /** The document does not read as the policy that the key, or the pointer, names. */
  DIGEST_MISMATCH,
  /** The document is no policy, or not one that this version of Weir can read. */
  BROKEN_DOCUMENT,
  /** The pointer's generation is not above the one before. */
  STALE_GENERATION,
  /** The pointer's document is not there, or not yet: it counts once it is. */
  UNKNOWN_DIGEST,
  /** A trial found one rule behind too much of what would be reviewed. */
  RULE_SHARE,
  /** A trial found too much that is reviewed whatever the price. */
  MANDATORY_RATE,
  /** A trial found the price of review too far from that of the policy in force. */
  PRICE
}
