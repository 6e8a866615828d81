/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A verdict read back from the JSON that shows it. */
final class VerdictRecord {
  private VerdictRecord() {}

  /**
   * The verdict.
   *
   * @throws IllegalArgumentException that says which field is not as it should be
   */
  static Verdict of(JsonNode json) {
    return Verdict.newBuilder()
        .setEscalationId(VerdictFile.text(json, "escalation_id"))
        .setTaskId(VerdictFile.text(json, "task_id"))
        .setEventId(VerdictFile.text(json, "event_id"))
        .setDigest(VerdictFile.hex(json, "digest"))
        .setNonce(VerdictFile.hex(json, "nonce"))
        .setDecision(VerdictDecision.valueOf(VerdictFile.text(json, "decision")))
        .setHarmEstimate(number(json, "harm_estimate"))
        .setRationale(VerdictFile.text(json, "rationale"))
        .setReviewerId(VerdictFile.text(json, "reviewer_id"))
        .setTier(VerdictFile.text(json, "tier"))
        .setCost(number(json, "cost"))
        .setIssuedAt(moment(json, "issued_at"))
        .setReplacementArguments(optional(json, "replacement_arguments"))
        .setHandoverAgent(optional(json, "handover_agent"))
        .setKeyId(VerdictFile.text(json, "key_id"))
        .setSignature(VerdictFile.hex(json, "signature"))
        .build();
  }

  private static @Nullable Double number(JsonNode json, String field) {
    return json.path(field).isNumber() ? json.get(field).asDouble() : null;
  }

  private static @Nullable String optional(JsonNode json, String field) {
    return json.path(field).isTextual() ? json.get(field).asText() : null;
  }

  private static Instant moment(JsonNode json, String field) {
    try {
      return Instant.parse(VerdictFile.text(json, field));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(field + " is no moment", e);
    }
  }
}
