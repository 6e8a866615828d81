/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.budget.Terms;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyException;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Compiled policies of this process, by digest in hex: each is compiled once, whichever partition
 * or pointer needs it. Holds the configured one for ever and of the others the latest used, at most
 * {@link #MAX}.
 */
public final class PolicyShelf {
  static final int MAX = 16;

  private final Policy configured;
  private final Map<String, Policy> compiled = new LinkedHashMap<>(MAX, 0.75f, true);

  /** Small enough to be kept for every policy that was ever compiled. */
  private final Map<String, Terms> terms = new ConcurrentHashMap<>();

  public PolicyShelf(Policy configured) {
    this.configured = configured;
    this.terms.put(configured.digestHex(), Terms.of(configured));
  }

  /** The terms of the policy with that digest, in hex; null if it was never here. */
  @Nullable Terms terms(String digestHex) {
    return terms.get(digestHex);
  }

  /** The configured policy's. */
  Terms configuredTerms() {
    return Terms.of(configured);
  }

  /** The policy of generation 0. */
  Policy configured() {
    return configured;
  }

  /** The policy with that digest, in hex; null if it is not here. */
  synchronized @Nullable Policy get(String digestHex) {
    return digestHex.equals(configured.digestHex()) ? configured : compiled.get(digestHex);
  }

  /**
   * The policy with that digest, compiled from its document if need be.
   *
   * @throws PolicyException if the document is no policy
   * @throws DigestMismatchException if it is another one
   */
  synchronized Policy get(String digestHex, String document) {
    Policy known = get(digestHex);
    if (known != null) {
      return known;
    }
    String name = "policy/" + digestHex.substring(0, Math.min(12, digestHex.length()));
    Policy policy = PolicyLoader.load(name, document.getBytes(StandardCharsets.UTF_8));
    if (!policy.digestHex().equals(digestHex)) {
      throw new DigestMismatchException(digestHex, policy.digestHex());
    }
    compiled.put(digestHex, policy);
    terms.put(digestHex, Terms.of(policy));
    if (compiled.size() > MAX) {
      compiled.remove(compiled.keySet().iterator().next());
    }
    return policy;
  }

  /** A document reads as another policy than it is published as. */
  static final class DigestMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DigestMismatchException(String published, String found) {
      super("published as %s it reads as %s".formatted(published, found));
    }
  }
}
