/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Verdict;
import dev.weir.serde.RecordTree;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts and escalations in files of JSON: as {@code weir tail} prints them, with or without
 * {@code --values}, and as {@code weir verdict sign} does.
 */
final class VerdictFile {
  static final SingleObject<Verdict> CODEC = SingleObject.of(Verdict.class);

  private static final String BASE64 = "value_base64";
  private static final ObjectMapper MAPPER =
      new ObjectMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Path file;
  private final JsonNode document;

  private VerdictFile(Path file, JsonNode document) {
    this.file = file;
    this.document = document;
  }

  /** Reads one JSON object; - is stdin. */
  static VerdictFile read(Path file) throws IOException {
    byte[] bytes;
    if (file.toString().equals("-")) {
      bytes = System.in.readAllBytes();
    } else if (Files.isReadable(file)) {
      bytes = Files.readAllBytes(file);
    } else {
      throw new CommandFailedException("there is no readable file " + file);
    }
    JsonNode document;
    try {
      document = MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new CommandFailedException(file + " is not one JSON document");
    }
    if (document == null || !document.isObject()) {
      throw new CommandFailedException(file + " is not a JSON object");
    }
    return new VerdictFile(file, document);
  }

  /** The verdict as JSON, with its bytes as they go on the topic. */
  static String text(Verdict verdict) throws IOException {
    ObjectNode tree = RecordTree.of(verdict);
    tree.put(BASE64, Base64.getEncoder().encodeToString(CODEC.encode(verdict)));
    return MAPPER.writeValueAsString(tree);
  }

  /** The record itself, where tail put topic and offset around it. */
  JsonNode record() {
    return document.has("topic") && document.path("value").isObject()
        ? document.get("value")
        : document;
  }

  /** When the broker appended it, where that is known. */
  @Nullable Instant appended() {
    try {
      return document.path("timestamp").isTextual()
          ? Instant.parse(document.get("timestamp").asText())
          : null;
    } catch (DateTimeException e) {
      throw new CommandFailedException(file + ": timestamp is no moment");
    }
  }

  /** The verdict's bytes as they go on the topic. */
  byte[] verdict() {
    try {
      if (record().has(BASE64)) {
        return Base64.getDecoder().decode(record().get(BASE64).asText());
      }
      return CODEC.encode(VerdictRecord.of(record()));
    } catch (IllegalArgumentException | MalformedRecordException e) {
      throw new CommandFailedException("%s holds no verdict: %s".formatted(file, e.getMessage()));
    }
  }

  /** A field that must be there. */
  static String text(JsonNode record, String field) {
    if (!record.path(field).isTextual()) {
      throw new IllegalArgumentException("there is no text " + field);
    }
    return record.get(field).asText();
  }

  /** Bytes in hexadecimal that must be there. */
  static ByteBuffer hex(JsonNode record, String field) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(text(record, field)));
  }
}
