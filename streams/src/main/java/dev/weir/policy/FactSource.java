/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.runtime.CelVariableResolver;
import java.util.Optional;

/** The values of the variables for one action. */
public interface FactSource extends CelVariableResolver {
  /** A variable's value, of the variable's type; never null. */
  Object value(Fact fact);

  @Override
  default Optional<Object> find(String name) {
    Fact fact = Fact.named(name);
    return fact == null ? Optional.empty() : Optional.of(value(fact));
  }
}
