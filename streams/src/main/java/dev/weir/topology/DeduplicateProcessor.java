/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.event.DuplicateNotice;
import dev.weir.event.Phase;
import dev.weir.metrics.Tally;
import dev.weir.review.Dispositions;
import dev.weir.state.TaskRecent;
import dev.weir.store.StoreNames;
import dev.weir.task.RecentActions;
import dev.weir.task.Sighting;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Turns repetitions into notices, and repeats what became of a proposal that came again. */
final class DeduplicateProcessor extends Stage<String, Action> {
  private final Tally tally;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<String, TaskRecent> recents;

  DeduplicateProcessor(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    recents = context.getStateStore(StoreNames.TASK_RECENT);
  }

  @Override
  public void process(Record<String, Action> record) {
    Action action = record.value();
    TaskRecent known = recents.get(record.key());
    TaskRecent recent = known == null ? RecentActions.none() : known;
    Sighting sighting = RecentActions.sight(recent, action);
    if (sighting == Sighting.DUPLICATE) {
      tally.duplicate();
      write(
          record,
          NodeNames.TO_DUPLICATES,
          key(record.key()),
          Codecs.DUPLICATE.encode(notice(action)));
      if (action.event().getPhase() == Phase.PROPOSED) {
        repeat(record, recent, action);
      }
    } else {
      next(record, NodeNames.SCORE, record.key(), new Fresh(action, sighting, recent));
    }
  }

  /** An agent that asks once more gets the answer that it had. */
  private void repeat(Record<String, Action> record, TaskRecent recent, Action action) {
    String eventId = action.event().getEventId();
    ByteBuffer digest = ByteBuffer.wrap(action.digest());
    write(
        record,
        NodeNames.TO_DISPOSITIONS,
        key(record.key()),
        Codecs.DISPOSITION.encode(
            Dispositions.again(
                record.key(), eventId, digest, RecentActions.fate(recent, eventId, digest))));
  }

  private static DuplicateNotice notice(Action action) {
    return new DuplicateNotice(
        action.event().getEventId(),
        action.event().getTaskId(),
        ByteBuffer.wrap(action.digest()),
        action.origin().topic(),
        action.origin().partition(),
        action.origin().offset(),
        Instant.ofEpochMilli(action.origin().receivedMs()));
  }
}
