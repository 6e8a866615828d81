/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

/** What became of one record: an action to assess, or a refusal to write down. */
public sealed interface Intake permits Action, Refusal {}
