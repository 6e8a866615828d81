/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.VerdictDecision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a program answers: one JSON object with {@code decision} and, where they apply, {@code
 * rationale}, {@code harm_estimate}, {@code cost}, {@code replacement_arguments}, {@code
 * handover_agent}. Other keys are ignored.
 */
public final class DraftReader {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private DraftReader() {}

  /**
   * The draft that {@code json} states.
   *
   * @throws JudgeException that says what is wrong with it
   */
  public static Draft read(byte[] json) throws JudgeException {
    JsonNode answer;
    try {
      answer = MAPPER.readTree(json);
    } catch (IOException e) {
      throw new JudgeException("the answer is not one JSON document");
    }
    if (answer == null || !answer.isObject()) {
      throw new JudgeException("the answer is not a JSON object");
    }
    VerdictDecision decision = decision(text(answer, "decision"));
    String rationale = text(answer, "rationale");
    return new Draft(
        decision,
        number(answer, "harm_estimate"),
        rationale == null ? "" : rationale,
        number(answer, "cost"),
        replacement(answer, decision),
        handover(answer, decision));
  }

  private static VerdictDecision decision(@Nullable String text) throws JudgeException {
    for (VerdictDecision decision : VerdictDecision.values()) {
      if (decision != VerdictDecision.OTHER && decision.name().equals(text)) {
        return decision;
      }
    }
    throw new JudgeException(
        "decision is none of APPROVE, DENY, ESCALATE, ABSTAIN, REPLACE and HANDOVER");
  }

  private static @Nullable String replacement(JsonNode answer, VerdictDecision decision)
      throws JudgeException {
    JsonNode value = answer.path("replacement_arguments");
    if (decision != VerdictDecision.REPLACE) {
      return null;
    }
    if (!value.isObject()) {
      throw new JudgeException("REPLACE needs replacement_arguments, a JSON object");
    }
    String text = value.toString();
    if (text.getBytes(StandardCharsets.UTF_8).length > Draft.MAX_REPLACEMENT_BYTES) {
      throw new JudgeException(
          "replacement_arguments take more than %d bytes".formatted(Draft.MAX_REPLACEMENT_BYTES));
    }
    return text;
  }

  private static @Nullable String handover(JsonNode answer, VerdictDecision decision)
      throws JudgeException {
    String agent = text(answer, "handover_agent");
    if (decision != VerdictDecision.HANDOVER) {
      return null;
    }
    if (agent == null || agent.isBlank() || agent.length() > Draft.MAX_AGENT_CHARS) {
      throw new JudgeException(
          "HANDOVER needs handover_agent, of 1 to %d characters".formatted(Draft.MAX_AGENT_CHARS));
    }
    return agent;
  }

  private static @Nullable String text(JsonNode answer, String field) throws JudgeException {
    JsonNode value = answer.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new JudgeException(field + " is not a string");
    }
    return value.textValue();
  }

  private static @Nullable Double number(JsonNode answer, String field) throws JudgeException {
    JsonNode value = answer.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    double number = value.asDouble(Double.NaN);
    if (!value.isNumber() || !Double.isFinite(number) || number < 0) {
      throw new JudgeException(field + " is not a number of at least 0");
    }
    return number;
  }
}
