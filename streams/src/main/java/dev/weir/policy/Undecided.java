/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * Only CEL can say what an expression gives on these facts, mostly because it fails on them.
 * Without a stack, so cheap.
 */
@SuppressWarnings("serial") // thrown and caught within one evaluation
final class Undecided extends RuntimeException {
  Undecided() {
    super("only CEL can say", null, false, false);
  }
}
