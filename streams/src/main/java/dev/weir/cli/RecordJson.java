/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.ActionEvent;
import dev.weir.topology.Codecs;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Shows any record of Weir's topics as JSON. Digests and nonces are in hexadecimal; other bytes are
 * text where they are UTF-8, else base64 behind "base64:".
 */
final class RecordJson {
  private static final Set<String> HEX = Set.of("digest", "policy_digest", "nonce", "covers");
  private static final List<SingleObject<? extends SpecificRecord>> KNOWN =
      List.of(
          SingleObject.of(ActionEvent.class),
          Codecs.ASSESSMENT,
          Codecs.ESCALATION,
          Codecs.DEAD_LETTER,
          Codecs.DUPLICATE,
          Codecs.TASK_RISK,
          Codecs.EXPOSURE,
          Codecs.PRICE,
          Codecs.CONCENTRATION,
          Codecs.CHANCE,
          Codecs.LEDGER);

  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;

  /** What the bytes of a record's value show. */
  JsonNode of(byte @Nullable [] value) {
    if (value == null) {
      return nodes.nullNode();
    }
    if (SingleObject.isSingleObject(value)) {
      long fingerprint = SingleObject.fingerprint(value);
      for (SingleObject<? extends SpecificRecord> codec : KNOWN) {
        if (codec.reads(fingerprint)) {
          return decoded(codec, value);
        }
      }
    }
    try {
      JsonNode read = mapper.readTree(value);
      return read.isMissingNode() ? text(ByteBuffer.wrap(value)) : read;
    } catch (IOException e) {
      return text(ByteBuffer.wrap(value));
    }
  }

  /** What a record shows. */
  JsonNode shown(SpecificRecord record) {
    return node("", record);
  }

  private JsonNode decoded(SingleObject<? extends SpecificRecord> codec, byte[] value) {
    try {
      return node("", codec.decode(value));
    } catch (MalformedRecordException e) {
      return text(ByteBuffer.wrap(value));
    }
  }

  private JsonNode node(String field, @Nullable Object value) {
    if (value instanceof SpecificRecord record) {
      ObjectNode object = nodes.objectNode();
      for (Schema.Field part : record.getSchema().getFields()) {
        object.set(part.name(), node(part.name(), record.get(part.pos())));
      }
      return object;
    } else if (value instanceof List<?> list) {
      ArrayNode array = nodes.arrayNode();
      list.forEach(item -> array.add(node(field, item)));
      return array;
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode object = nodes.objectNode();
      map.forEach((key, item) -> object.set(String.valueOf(key), node("", item)));
      return object;
    } else if (value instanceof ByteBuffer bytes) {
      return HEX.contains(field) ? nodes.textNode(hex(bytes)) : text(bytes);
    } else if (value instanceof Instant || value instanceof Enum<?>) {
      return nodes.textNode(value.toString());
    }
    return mapper.valueToTree(value);
  }

  private JsonNode text(ByteBuffer bytes) {
    try {
      return nodes.textNode(
          StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
    } catch (CharacterCodingException e) {
      return nodes.textNode("base64:" + Base64.getEncoder().encodeToString(array(bytes)));
    }
  }

  private static String hex(ByteBuffer bytes) {
    return HexFormat.of().formatHex(array(bytes));
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
