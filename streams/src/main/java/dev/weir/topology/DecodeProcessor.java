/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Digest;
import dev.weir.action.Intake;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.event.DispositionKind;
import dev.weir.event.Phase;
import dev.weir.event.RefusalReason;
import dev.weir.fault.DeadLetters;
import dev.weir.metrics.Tally;
import dev.weir.review.Dispositions;
import dev.weir.task.RecentActions.Proposal;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Decodes and validates; sends a record that lies in another partition than its task's there, once.
 */
final class DecodeProcessor extends Stage<byte[], byte[]> {
  private final ActionDecoder decoder;
  private final Placement placement;
  private final String rekeyTopic;
  private final Tally tally;

  DecodeProcessor(Limits limits, Placement placement, String rekeyTopic, Tally tally) {
    this.decoder = new ActionDecoder(limits);
    this.placement = placement;
    this.rekeyTopic = rekeyTopic;
    this.tally = tally;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    Origin here = new Origin(at.topic(), at.partition(), at.offset(), record.timestamp());
    tally.read();
    if (!at.topic().equals(rekeyTopic)) {
      settle(record, here, decoder.decode(record.value(), here), false);
      return;
    }
    Origin origin = OriginHeaders.read(record.headers());
    if (origin == null) {
      refuse(record, here, strayed("the record does not say where it came from"));
    } else {
      settle(record, origin, decoder.decode(record.value(), origin), true);
    }
  }

  private void settle(
      Record<byte[], byte[]> record, Origin origin, Intake intake, boolean rekeyed) {
    if (intake instanceof Refusal refusal) {
      refuse(record, origin, refusal);
    } else if (intake instanceof Action action) {
      String taskId = action.event().getTaskId();
      if (placement.of(taskId) == context().taskId().partition()) {
        next(record, NodeNames.DEDUPLICATE, taskId, action);
      } else if (rekeyed) {
        refuse(record, origin, strayed("the record was sent to another partition than its task's"));
      } else {
        tally.rekeyed();
        context()
            .forward(
                new Record<>(
                    key(taskId), record.value(), record.timestamp(), OriginHeaders.of(origin)),
                NodeNames.TO_REKEY);
      }
    }
  }

  private void refuse(Record<byte[], byte[]> record, Origin origin, Refusal refusal) {
    tally.refused(refusal.reason());
    write(
        record,
        NodeNames.TO_DEAD_LETTERS,
        DeadLetters.key(refusal, record.key()),
        Codecs.DEAD_LETTER.encode(
            DeadLetters.of(refusal, origin, record.key(), record.value(), record.headers())));
    deny(record, origin, refusal.shown());
  }

  /** An agent that waits must not wait for what was refused. */
  private void deny(Record<byte[], byte[]> record, Origin origin, Refusal.Shown shown) {
    String eventId = shown.eventId();
    String taskId = shown.taskId();
    if (shown.phase() != Phase.PROPOSED || eventId == null || taskId == null) {
      return;
    }
    byte[] value = record.value() == null ? new byte[0] : record.value();
    Proposal proposal =
        new Proposal(eventId, ByteBuffer.wrap(Digest.of(value)), ByteBuffer.allocate(0));
    write(
        record,
        NodeNames.TO_DISPOSITIONS,
        key(taskId),
        Codecs.DISPOSITION.encode(
            Dispositions.of(taskId, proposal, DispositionKind.DENIED, origin.receivedMs())));
    tally.disposed(DispositionKind.DENIED);
  }

  private static Refusal strayed(String detail) {
    return Refusal.of(
        RefusalReason.BAD_INTERNAL, "", detail + "; only Weir may write to the re-key topic");
  }
}
