/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * A record as a JSON tree, field by field. Digests, nonces, keys and signatures are in hexadecimal;
 * other bytes are text where they are UTF-8, else base64 behind "base64:".
 */
public final class RecordTree {
  private static final Set<String> HEX =
      Set.of("digest", "policy_digest", "nonce", "covers", "signature", "public_key", "mac");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RecordTree() {}

  /** The record, as a tree of its own. */
  public static ObjectNode of(SpecificRecord record) {
    ObjectNode object = NODES.objectNode();
    for (Schema.Field part : record.getSchema().getFields()) {
      object.set(part.name(), node(part.name(), record.get(part.pos())));
    }
    return object;
  }

  /** Bytes as text where they are UTF-8, else in base64. */
  public static JsonNode text(ByteBuffer bytes) {
    try {
      return NODES.textNode(
          StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
    } catch (CharacterCodingException e) {
      return NODES.textNode("base64:" + Base64.getEncoder().encodeToString(array(bytes)));
    }
  }

  private static JsonNode node(String field, @Nullable Object value) {
    if (value instanceof SpecificRecord record) {
      return of(record);
    } else if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(item -> array.add(node(field, item)));
      return array;
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((key, item) -> object.set(String.valueOf(key), node("", item)));
      return object;
    } else if (value instanceof ByteBuffer bytes) {
      return HEX.contains(field) ? NODES.textNode(hex(bytes)) : text(bytes);
    } else if (value instanceof Instant || value instanceof Enum<?>) {
      return NODES.textNode(value.toString());
    }
    return MAPPER.valueToTree(value);
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
