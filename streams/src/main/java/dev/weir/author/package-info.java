/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a policy's author works with: lint, examples, explanations, and the proof of past scores.
 */
@NullMarked
package dev.weir.author;

import org.jspecify.annotations.NullMarked;
