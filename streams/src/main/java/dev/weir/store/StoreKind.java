/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

/** How per-task state is kept between commits. */
public enum StoreKind {
  /** Live objects over RocksDB, written through at each commit. */
  LIVE,
  /** RocksDB alone: every action reads and writes encoded state. */
  PLAIN
}
