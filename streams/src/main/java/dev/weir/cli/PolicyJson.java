/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.policy.Policy;
import dev.weir.serde.RecordTree;
import org.apache.avro.specific.SpecificRecord;

/** What the commands on policies print as JSON. Agents' text is escaped to ASCII. */
final class PolicyJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  private PolicyJson() {}

  /** A document that begins with the policy's identity. */
  static ObjectNode head(Policy policy) {
    ObjectNode document = MAPPER.createObjectNode();
    document
        .putObject("policy")
        .put("id", policy.id())
        .put("version", policy.version())
        .put("digest", policy.digestHex())
        .put("rules", policy.rules().size());
    return document;
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode record(SpecificRecord record) {
    return RecordTree.of(record);
  }

  static JsonNode value(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A tree as maps, lists and plain values. */
  static Object plain(JsonNode node) {
    return MAPPER.convertValue(node, Object.class);
  }

  /** One line. */
  static String text(JsonNode document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }
}
