/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.runtime.CelVariableResolver;
import java.util.Map;
import java.util.Optional;

/** The values of the variables for one action. */
public interface FactSource extends CelVariableResolver {
  /** A variable's value, of the variable's type; never null. */
  Object value(Fact fact);

  /** The arguments as parsed: null, boolean, number, text, list or map with text as keys. */
  @SuppressWarnings("unchecked") // the type of the variable
  default Map<String, ?> arguments() {
    return (Map<String, ?>) value(Fact.ARGS);
  }

  /** {@code text}, which is an argument or a part of one, in lower case. */
  default String lower(String text) {
    return LowerCase.of(text);
  }

  @Override
  default Optional<Object> find(String name) {
    Fact fact = Fact.named(name);
    return fact == null ? Optional.empty() : Optional.of(value(fact));
  }
}
