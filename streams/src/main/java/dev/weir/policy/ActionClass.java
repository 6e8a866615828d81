/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * A class of actions.
 *
 * @param id name, unique in the policy
 * @param prior log10 of the odds that such an action is wrong
 * @param needsArguments whether it cannot be judged without its arguments
 * @param reserved whether only vetted agents may do this: what is done without a grant is always
 *     reviewed
 * @param because one line for the reviewer
 */
public record ActionClass(
    String id, double prior, boolean needsArguments, boolean reserved, String because) {}
