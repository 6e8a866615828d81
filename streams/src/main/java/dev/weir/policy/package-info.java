/** What is watched for, and what review may cost: the policy's model and its loader. */
@NullMarked
package dev.weir.policy;

import org.jspecify.annotations.NullMarked;
