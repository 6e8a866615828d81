/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.ActionDecoder;
import dev.weir.action.Refusal;
import dev.weir.event.Outcome;
import dev.weir.event.RefusalReason;
import dev.weir.event.Signal;
import dev.weir.metrics.Tally;
import dev.weir.outcome.OutcomeCheck;
import dev.weir.outcome.OutcomeSignals;
import dev.weir.review.Registry;
import dev.weir.review.Ruling;
import dev.weir.state.TaskOutcomes;
import dev.weir.store.StoreNames;
import dev.weir.wire.MalformedRecordException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what actions turned out to be: each outcome that counts becomes a signal. One read and
 * one write of a store of its own; nothing of a task's state is touched.
 */
final class LearnProcessor extends Stage<byte[], byte[]> {
  private final OutcomeCheck check;
  private final ActionDecoder decoder;
  private final Placement placement;
  private final int maxBytes;
  private final Tally tally;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private OutcomeShelf shelf;

  /**
   * @param registry who may report
   * @param decoder says which identifiers can be shown
   * @param placement where tasks live
   * @param maxBytes longest outcome taken, and longest signal written
   * @param tally counts
   */
  LearnProcessor(
      Registry registry, ActionDecoder decoder, Placement placement, int maxBytes, Tally tally) {
    this.check = new OutcomeCheck(registry);
    this.decoder = decoder;
    this.placement = placement;
    this.maxBytes = maxBytes;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    shelf = new OutcomeShelf(context.getStateStore(StoreNames.OUTCOMES));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] value = record.value();
    Ruling.Refused unreadable = Incoming.fault(value, maxBytes, Codecs.OUTCOME);
    if (unreadable != null) {
      refuse(record, Refusal.Shown.NOTHING, unreadable);
      return;
    }
    Outcome outcome;
    try {
      outcome = Codecs.OUTCOME.decode(value);
    } catch (MalformedRecordException e) {
      refuse(record, Refusal.Shown.NOTHING, Incoming.MALFORMED);
      return;
    }
    learn(record, outcome);
  }

  private void learn(Record<byte[], byte[]> record, Outcome outcome) {
    String taskId = outcome.getTaskId();
    Refusal.Shown shown = decoder.shown(outcome.getEventId(), taskId);
    if (placement.of(taskId) != context().taskId().partition()) {
      refuse(
          record,
          shown,
          new Ruling.Refused(
              RefusalReason.MISPLACED,
              "task_id",
              "the key is task_id in UTF-8, and the partition murmur2(task_id) mod n"));
      return;
    }
    TaskOutcomes known = shelf.find(taskId);
    OutcomeCheck.Received received =
        new OutcomeCheck.Received(outcome, record.value(), record.timestamp());
    OutcomeCheck.Result result = check.check(received, known);
    if (result instanceof OutcomeCheck.Refused refused) {
      refuse(record, shown, refused.why());
    } else if (result instanceof OutcomeCheck.Counted counted) {
      count(record, outcome, counted, known);
    }
  }

  private void count(
      Record<byte[], byte[]> record,
      Outcome outcome,
      OutcomeCheck.Counted counted,
      @Nullable TaskOutcomes known) {
    Signal signal = OutcomeSignals.of(outcome, counted, record.timestamp());
    byte[] bytes = Codecs.SIGNAL.encode(signal);
    if (bytes.length > maxBytes) {
      refuse(
          record,
          decoder.shown(outcome.getEventId(), outcome.getTaskId()),
          new Ruling.Refused(
              RefusalReason.OUTPUT_TOO_LARGE, "assessment", "its signal would be too long"));
      return;
    }
    shelf.put(outcome.getTaskId(), known, counted.outcomes(), record.timestamp());
    write(record, NodeNames.TO_SIGNALS, key(outcome.getTaskId()), bytes);
    tally.outcome(OutcomeSignals.finding(outcome));
  }

  private void refuse(Record<byte[], byte[]> record, Refusal.Shown shown, Ruling.Refused refused) {
    tally.outcomeRefused(refused.reason());
    deadLetter(record, new Refusal(refused.reason(), refused.field(), refused.detail(), shown));
  }
}
