/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.weir.event.ActionEvent;
import dev.weir.event.RefusalReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Decodes an action in JSON: strict UTF-8, no duplicate keys, no NaN, nothing after the object (RFC
 * 8259, and I-JSON's, RFC 7493, ban on duplicates and lone surrogates). Not safe for use by several
 * threads.
 */
final class JsonIntake {
  /** Levels above arguments: the action itself and one nested record. */
  private static final int OWN_DEPTH = 4;

  private static final int KEEP_CHARS = 1 << 16;

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final JsonFactory factory;
  private final Arguments argumentsReader;
  private final ShownReader shownReader;
  private char[] chars = new char[4096];

  JsonIntake(Limits limits, ShownReader shownReader) {
    this.shownReader = shownReader;
    this.argumentsReader = new Arguments(limits.argumentsDepth());
    this.factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // A shared table of names lets one record's keys decide over the next record's fate:
            // with enough colliding hashes Jackson refuses names, or throws IllegalStateException.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.argumentsDepth() + OWN_DEPTH)
                    .maxStringLength(limits.recordBytes())
                    .build())
            .build();
  }

  Intake decode(byte[] value, Origin origin, Validation validation) {
    ActionEvent event = EventFields.empty();
    EventFields fields = new EventFields(event, argumentsReader);
    try {
      int length = characters(value);
      try (JsonParser json = factory.createParser(chars, 0, length)) {
        fields.read(json, chars);
        end("", json);
      }
      validation.check(event, origin);
      return new Action(
          event, fields.arguments(), value, Digest.of(value), origin, fields.unknownKeys());
    } catch (RefusedException e) {
      return e.refusal(shownReader.read(value));
    } catch (JsonProcessingException e) {
      return malformed("", e).refusal(shownReader.read(value));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    } finally {
      if (chars.length > KEEP_CHARS) {
        chars = new char[4096];
      }
    }
  }

  /** The parsed form of {@code text}, which must be one JSON object. */
  Map<String, Object> arguments(String text) throws RefusedException {
    try (JsonParser json = factory.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new RefusedException(
            RefusalReason.WRONG_TYPE,
            "arguments",
            "arguments is not the text of a JSON object; send other text as arguments_raw");
      }
      Map<String, Object> object = argumentsReader.object(json, 1);
      end("arguments", json);
      return object;
    } catch (JsonProcessingException e) {
      throw malformed("arguments", e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }

  private int characters(byte[] value) throws RefusedException {
    if (chars.length < value.length) {
      chars = new char[value.length];
    }
    CharBuffer out = CharBuffer.wrap(chars);
    CoderResult result = utf8.reset().decode(ByteBuffer.wrap(value), out, true);
    if (result.isError() || utf8.flush(out).isError()) {
      throw new RefusedException(RefusalReason.BAD_TEXT, "", "the value is not valid UTF-8");
    }
    return out.position();
  }

  private static void end(String field, JsonParser json) throws IOException, RefusedException {
    if (json.nextToken() != null) {
      throw new RefusedException(
          RefusalReason.MALFORMED_JSON, field, "something follows the JSON object; send one alone");
    }
  }

  /** The parser's words may quote the payload, so only their kind and place are kept. */
  private static RefusedException malformed(String field, JsonProcessingException e) {
    String words = String.valueOf(e.getOriginalMessage());
    String place =
        e.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    if (e instanceof StreamConstraintsException) {
      return words.contains("nesting depth")
          ? new RefusedException(
              RefusalReason.TOO_DEEP, field, "the JSON is nested too deep" + place + "; flatten it")
          : new RefusedException(
              RefusalReason.FIELD_TOO_LONG, field, "a name, number or text is too long" + place);
    }
    if (words.startsWith("Duplicate field")) {
      return new RefusedException(
          RefusalReason.DUPLICATE_KEY, field, "the same key stands twice in one object" + place);
    }
    return new RefusedException(
        RefusalReason.MALFORMED_JSON, field, "not well-formed JSON" + place);
  }
}
