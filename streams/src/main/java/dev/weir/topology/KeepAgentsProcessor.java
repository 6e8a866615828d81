/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.AgentRecord;
import dev.weir.metrics.Tally;
import dev.weir.store.StoreNames;
import dev.weir.task.AgentLine;
import dev.weir.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the global topic of agents' records: bytes in the store, the decoded value on a board; a
 * tombstone takes both away. A record that cannot be read is counted and changes nothing. Never
 * throws on bytes.
 */
final class KeepAgentsProcessor implements Processor<byte[], byte[], Void, Void> {
  private final String topic;
  private final Board<AgentRecord> board;
  private final Tally tally;
  private int nearLine;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<Bytes, byte[]> store;

  KeepAgentsProcessor(String topic, Board<AgentRecord> board, Tally tally) {
    this.topic = topic;
    this.board = board;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(StoreNames.AGENT_RECORDS);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.key() == null) {
      tally.internalRefused(topic);
      return;
    }
    if (record.value() == null) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      nearLine -= isNear(board.get(key));
      store.delete(Bytes.wrap(record.key()));
      board.remove(key);
    } else {
      keep(record);
    }
    tally.agentsNearLine(nearLine);
  }

  private static int isNear(@Nullable AgentRecord record) {
    return record != null && record.getNearLine() ? 1 : 0;
  }

  private void keep(Record<byte[], byte[]> record) {
    try {
      AgentRecord agent = Codecs.AGENT_RECORD.decode(record.value());
      String key = AgentLine.key(agent.getSource(), agent.getAgentId());
      nearLine += isNear(agent) - isNear(board.get(key));
      store.put(Bytes.wrap(record.key()), record.value());
      board.put(key, agent);
    } catch (MalformedRecordException e) {
      tally.internalRefused(topic);
    }
  }
}
