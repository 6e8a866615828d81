/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.ActionEvent;
import dev.weir.event.Escalation;
import dev.weir.serde.RecordTree;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An escalation as a program gets it: the record's fields without the nonce, which stays with the
 * one who signs, and the action three times: {@code action} read, {@code action_text} as it stands,
 * {@code action_base64} byte for byte. The first two are null where the bytes do not allow them.
 *
 * <p>Text is escaped to ASCII, so that what agents wrote does not steer whoever prints it.
 */
public final class EscalationJson {
  private static final SingleObject<ActionEvent> AVRO = SingleObject.of(ActionEvent.class);
  private static final ObjectMapper MAPPER =
      new ObjectMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private EscalationJson() {}

  /** The tree. */
  public static ObjectNode of(Escalation escalation) {
    ObjectNode tree = RecordTree.of(escalation);
    tree.remove("nonce");
    byte[] action = action(escalation);
    tree.set("action", read(action));
    tree.put("action_text", text(action));
    tree.put("action_base64", Base64.getEncoder().encodeToString(action));
    return tree;
  }

  /** One line. */
  public static String line(JsonNode tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  /** The action's bytes. */
  static byte[] action(Escalation escalation) {
    ByteBuffer bytes = escalation.getAction().duplicate();
    byte[] action = new byte[bytes.remaining()];
    bytes.get(action);
    return action;
  }

  /** The action as a tree; null where it cannot be read. */
  static JsonNode read(byte[] action) {
    try {
      if (!SingleObject.isSingleObject(action)) {
        JsonNode read = MAPPER.readTree(action);
        return read == null || read.isMissingNode() ? NullNode.getInstance() : read;
      }
      ActionEvent event = AVRO.decode(action);
      ObjectNode tree = RecordTree.of(event);
      if (event.getArguments() != null) {
        tree.set("arguments", MAPPER.readTree(event.getArguments()));
      }
      return tree;
    } catch (IOException | MalformedRecordException e) {
      return NullNode.getInstance();
    }
  }

  private static @Nullable String text(byte[] action) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(action)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
