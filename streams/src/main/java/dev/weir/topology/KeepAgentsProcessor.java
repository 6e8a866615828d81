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

/**
 * Keeps the global topic of agents' records: bytes in the store, the decoded value on a board; a
 * tombstone takes both away. A record that cannot be read is counted and changes nothing. Never
 * throws on bytes.
 */
final class KeepAgentsProcessor implements Processor<byte[], byte[], Void, Void> {
  private final String topic;
  private final Board<AgentRecord> board;
  private final Tally tally;

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
      store.delete(Bytes.wrap(record.key()));
      board.remove(new String(record.key(), StandardCharsets.UTF_8));
    } else {
      keep(record);
    }
    tally.agentsNearLine(board.size());
  }

  private void keep(Record<byte[], byte[]> record) {
    try {
      AgentRecord agent = Codecs.AGENT_RECORD.decode(record.value());
      store.put(Bytes.wrap(record.key()), record.value());
      board.put(AgentLine.key(agent.getSource(), agent.getAgentId()), agent);
    } catch (MalformedRecordException e) {
      tally.internalRefused(topic);
    }
  }
}
