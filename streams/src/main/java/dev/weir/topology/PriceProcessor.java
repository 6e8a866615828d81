/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.budget.Commitments;
import dev.weir.budget.FleetPricer;
import dev.weir.budget.Terms;
import dev.weir.event.ChanceEpoch;
import dev.weir.event.Exposure;
import dev.weir.event.RefusalReason;
import dev.weir.event.RiskProfile;
import dev.weir.fault.DeadLetters;
import dev.weir.metrics.Tally;
import dev.weir.policy.publish.Publication;
import dev.weir.state.ChanceState;
import dev.weir.state.FleetEntry;
import dev.weir.store.StoreNames;
import dev.weir.wire.MalformedRecordException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Merges the partitions' exposures into the fleet's price and concentration. Their time is the
 * fleet's clock, by which commitments to the keys of chance, and the keys, are published.
 */
final class PriceProcessor extends Stage<byte[], byte[]> {
  /** A histogram has no more buckets; what is longer would not fit the store's changelog. */
  private static final int MAX_BUCKETS = 2000;

  private static final String KEY = "epochs";

  private final PolicyShelf shelf;
  private final Placement placement;
  private final Commitments commitments;
  private final Tally tally;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, ChanceState> chance;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<String, FleetEntry> fleet;

  @SuppressWarnings("NullAway.Init")
  private FleetPricer pricer;

  PriceProcessor(PolicyShelf shelf, Placement placement, ChanceSettings chances, Tally tally) {
    this.shelf = shelf;
    this.commitments = chances.commitments();
    this.placement = placement;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    fleet = context.getStateStore(StoreNames.FLEET);
    chance = context.getStateStore(StoreNames.CHANCE);
    pricer = FleetPricer.restored(entries(), placement.partitions());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Exposure exposure;
    try {
      exposure = Codecs.EXPOSURE.decode(record.value() == null ? new byte[0] : record.value());
    } catch (MalformedRecordException e) {
      refuse(record, String.valueOf(e.getMessage()));
      return;
    }
    if (exposure.getPartition() < 0 || exposure.getPartition() >= placement.partitions()) {
      refuse(record, "of partition %d, which is none".formatted(exposure.getPartition()));
      return;
    }
    if (exposure.getProfile() != null && longest(exposure.getProfile()) > MAX_BUCKETS) {
      refuse(record, "longer than any that Weir writes");
      return;
    }
    publishChance(record, exposure);
    String digestHex = Publication.hex(exposure.getPolicyDigest());
    Terms terms = shelf.terms(digestHex);
    if (terms != null) { // else another policy's books: an instance that knows it prices them
      price(record, exposure, terms, key(digestHex));
    }
  }

  /** What a report says of the time counts as far as the broker's clock has come. */
  private void publishChance(Record<byte[], byte[]> record, Exposure exposure) {
    long nowMs = Math.min(exposure.getAsOf().toEpochMilli(), record.timestamp());
    Commitments.Due due = commitments.due(chance.get(KEY), nowMs);
    chance.put(KEY, due.state());
    for (ChanceEpoch epoch : due.epochs()) {
      byte[] key = key(Commitments.topicKey(epoch));
      write(record, NodeNames.TO_CHANCE, key, Codecs.CHANCE.encode(epoch));
    }
  }

  private void price(Record<byte[], byte[]> record, Exposure exposure, Terms terms, byte[] key) {
    pricer
        .quote(exposure, fleet.get(FleetPricer.key(exposure)), terms)
        .ifPresent(
            quote -> {
              fleet.put(FleetPricer.key(exposure), quote.entry());
              write(record, NodeNames.TO_PRICES, key, Codecs.PRICE.encode(quote.price()));
              write(
                  record,
                  NodeNames.TO_CONCENTRATION,
                  key,
                  Codecs.CONCENTRATION.encode(quote.concentration()));
            });
  }

  private static int longest(RiskProfile profile) {
    return Math.max(
        profile.getWindow().size(),
        Math.max(profile.getHistogram().size(), profile.getTaskHistogram().size()));
  }

  private List<FleetEntry> entries() {
    List<FleetEntry> entries = new ArrayList<>();
    try (KeyValueIterator<String, FleetEntry> all = fleet.all()) {
      all.forEachRemaining(entry -> entries.add(entry.value));
    }
    return entries;
  }

  private void refuse(Record<byte[], byte[]> record, String detail) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    tally.internalRefused(at.topic());
    Origin origin = new Origin(at.topic(), at.partition(), at.offset(), record.timestamp());
    Refusal refusal = Refusal.of(RefusalReason.BAD_INTERNAL, "", "an exposure is " + detail);
    write(
        record,
        NodeNames.REFUSED_EXPOSURE,
        DeadLetters.key(refusal, record.key()),
        Codecs.DEAD_LETTER.encode(
            DeadLetters.of(refusal, origin, record.key(), record.value(), record.headers())));
  }
}
