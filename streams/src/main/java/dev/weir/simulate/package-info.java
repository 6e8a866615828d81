/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The decision path offline, on simulated fleets whose truth is known. */
@NullMarked
package dev.weir.simulate;

import org.jspecify.annotations.NullMarked;
