/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weir.event.ActionEvent;
import dev.weir.event.Disposition;
import dev.weir.event.ExpiryNotice;
import dev.weir.event.Grant;
import dev.weir.event.Reviewer;
import dev.weir.event.Signal;
import dev.weir.event.Verdict;
import dev.weir.serde.RecordTree;
import dev.weir.topology.Codecs;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Shows any record of Weir's topics as JSON. */
final class RecordJson {
  private static final List<SingleObject<? extends SpecificRecord>> KNOWN =
      List.of(
          SingleObject.of(ActionEvent.class),
          SingleObject.of(Disposition.class),
          SingleObject.of(Verdict.class),
          SingleObject.of(ExpiryNotice.class),
          Codecs.GRANT_NOTICE,
          SingleObject.of(Reviewer.class),
          SingleObject.of(Grant.class),
          Codecs.HANDOVER,
          Codecs.OUTCOME,
          SingleObject.of(Signal.class),
          Codecs.ASSESSMENT,
          Codecs.ESCALATION,
          Codecs.ESCALATION_ENDED,
          Codecs.DEAD_LETTER,
          Codecs.DUPLICATE,
          Codecs.TASK_RISK,
          Codecs.EXPOSURE,
          Codecs.PRICE,
          Codecs.CONCENTRATION,
          Codecs.CHANCE,
          Codecs.LEDGER,
          Codecs.AGENT_EXPOSURE,
          Codecs.AGENT_PROFILE,
          Codecs.AUDIT_REPORT,
          Codecs.AGENT_RECORD);

  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What the bytes of a record's value show. */
  JsonNode of(byte @Nullable [] value) {
    if (value == null) {
      return NullNode.getInstance();
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
      return read.isMissingNode() ? RecordTree.text(ByteBuffer.wrap(value)) : read;
    } catch (IOException e) {
      return RecordTree.text(ByteBuffer.wrap(value));
    }
  }

  private JsonNode decoded(SingleObject<? extends SpecificRecord> codec, byte[] value) {
    try {
      return RecordTree.of(codec.decode(value));
    } catch (MalformedRecordException e) {
      return RecordTree.text(ByteBuffer.wrap(value));
    }
  }
}
