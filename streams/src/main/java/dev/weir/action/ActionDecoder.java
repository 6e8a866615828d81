/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import dev.weir.event.ActionEvent;
import dev.weir.event.RefusalReason;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a record into an action, or into a refusal with a reason. Told apart by the
 * first byte that is not white space: an object in JSON, or Avro single-object encoding. Never
 * throws on bytes, whatever they are. Not safe for use by several threads.
 */
public final class ActionDecoder {
  private static final SingleObject<ActionEvent> AVRO = SingleObject.of(ActionEvent.class);

  private final Limits limits;
  private final JsonIntake json;
  private final Validation validation;
  private final ShownReader shownReader;

  public ActionDecoder(Limits limits) {
    this.limits = limits;
    this.validation = new Validation(limits);
    this.shownReader = new ShownReader(validation);
    this.json = new JsonIntake(limits, shownReader);
  }

  /** The action in {@code value}, or why there is none. */
  public Intake decode(byte @Nullable [] value, Origin origin) {
    if (value == null || value.length == 0) {
      return Refusal.of(
          RefusalReason.NO_VALUE, "", "the record has no value; send the action as its value");
    }
    if (value.length > limits.recordBytes()) {
      return new Refusal(
          RefusalReason.TOO_LARGE,
          "",
          "the record takes %d bytes and may take %d (max.record.bytes); send long results as an excerpt"
              .formatted(value.length, limits.recordBytes()),
          shown(value));
    }
    if (SingleObject.isSingleObject(value)) {
      return avro(value, origin);
    }
    if (startsLikeJsonObject(value)) {
      return json.decode(value, origin, validation);
    }
    return new Refusal(
        RefusalReason.UNKNOWN_ENCODING, "", unknownEncoding(value), shownReader.read(value));
  }

  /** Whether a text may stand as an action's arguments: one JSON object within the limits. */
  public boolean areArguments(String text) {
    try {
      json.arguments(text);
      return text.getBytes(StandardCharsets.UTF_8).length <= limits.argumentsBytes();
    } catch (RefusedException e) {
      return false;
    }
  }

  /** Those of the identifiers that a record shows which are within limits, for its dead letter. */
  public Refusal.Shown shown(@Nullable String eventId, @Nullable String taskId) {
    return validation.shown(eventId, taskId, null);
  }

  private Intake avro(byte[] value, Origin origin) {
    if (!AVRO.reads(SingleObject.fingerprint(value))) {
      return Refusal.of(
          RefusalReason.UNKNOWN_SCHEMA,
          "",
          "the Avro schema %016x is not known here; use one of dev.weir.event.ActionEvent's released versions"
              .formatted(SingleObject.fingerprint(value)));
    }
    ActionEvent event;
    try {
      event = AVRO.decode(value);
    } catch (MalformedRecordException e) {
      return Refusal.of(
          RefusalReason.MALFORMED_AVRO,
          "",
          "the bytes after the Avro header do not decode as an ActionEvent");
    }
    try {
      String text = event.getArguments();
      Map<String, Object> arguments = text == null ? Map.of() : json.arguments(text);
      validation.check(event, origin);
      return new Action(event, arguments, value, Digest.of(value), origin, 0);
    } catch (RefusedException e) {
      return e.refusal(validation.shown(event));
    }
  }

  private Refusal.Shown shown(byte[] value) {
    if (!SingleObject.isSingleObject(value)) {
      return shownReader.read(value);
    }
    try {
      return validation.shown(AVRO.decode(value));
    } catch (MalformedRecordException e) {
      return Refusal.Shown.NOTHING;
    }
  }

  private static boolean startsLikeJsonObject(byte[] value) {
    for (byte b : value) {
      if (b == '{') {
        return true;
      }
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return false;
  }

  private static String unknownEncoding(byte[] value) {
    if (value[0] == (byte) 0xEF) {
      return "the value starts with a byte order mark; send JSON in UTF-8 without one";
    }
    if (value[0] == 0) {
      return "the value looks framed for a schema registry and none is configured; use Avro"
          + " single-object encoding or JSON";
    }
    return "the value is neither a JSON object nor Avro single-object encoding; its first byte is"
        + " 0x%02x".formatted(value[0]);
  }
}
