/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Who may publish a policy, and what they sign. */
@NullMarked
package dev.weir.policy.publish;

import org.jspecify.annotations.NullMarked;
