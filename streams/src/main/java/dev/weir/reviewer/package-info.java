/** Reviewers' side: reads escalations, has them judged, signs and publishes the verdicts. */
@NullMarked
package dev.weir.reviewer;

import org.jspecify.annotations.NullMarked;
