/**
 * What is watched for, and what review may cost: the policy's model, its language and its loader.
 *
 * <p>{@link dev.weir.policy.PolicyLoader} reads and checks a document, {@link dev.weir.policy.Fact}
 * is the list of variables, {@code POLICY.md} the reference for authors.
 */
@NullMarked
package dev.weir.policy;

import org.jspecify.annotations.NullMarked;
