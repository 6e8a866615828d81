/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.budget.AuditBooks;
import dev.weir.budget.Commitments;
import dev.weir.budget.FleetPricer;
import dev.weir.budget.Ledger;
import dev.weir.budget.Quote;
import dev.weir.budget.Terms;
import dev.weir.event.AgentProfile;
import dev.weir.event.AuditAccount;
import dev.weir.event.AuditReport;
import dev.weir.event.ChanceEpoch;
import dev.weir.event.Concentration;
import dev.weir.event.Exposure;
import dev.weir.event.LedgerHour;
import dev.weir.event.RefusalReason;
import dev.weir.event.RiskProfile;
import dev.weir.fault.DeadLetters;
import dev.weir.metrics.Tally;
import dev.weir.policy.publish.Publication;
import dev.weir.state.ChanceState;
import dev.weir.state.FleetEntry;
import dev.weir.store.StoreNames;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Merges the partitions' exposures into the fleet's price, concentration and ledger, and what they
 * tell of agents, reviews and audits into the concentration. Their time is the fleet's clock, by
 * which commitments to the keys of chance, and the keys, are published.
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
  private KeyValueStore<String, AgentProfile> agents;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, AuditReport> audits;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, LedgerHour> hours;

  @SuppressWarnings("NullAway.Init")
  private FleetPricer pricer;

  @SuppressWarnings("NullAway.Init")
  private Ledger ledger;

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
    hours = context.getStateStore(StoreNames.LEDGER);
    agents = context.getStateStore(StoreNames.AGENT_PROFILES);
    audits = context.getStateStore(StoreNames.AUDIT_REPORTS);
    pricer = FleetPricer.restored(all(fleet), placement.partitions());
    all(agents).forEach(pricer::tell);
    all(audits).forEach(pricer::tell);
    ledger = Ledger.restored(all(hours));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    try {
      if (is(Codecs.AGENT_PROFILE, value)) {
        takeAgents(record, Codecs.AGENT_PROFILE.decode(value));
      } else if (is(Codecs.AUDIT_REPORT, value)) {
        takeAudits(record, Codecs.AUDIT_REPORT.decode(value));
      } else {
        take(record, Codecs.EXPOSURE.decode(value));
      }
    } catch (MalformedRecordException e) {
      refuse(record, String.valueOf(e.getMessage()));
    }
  }

  private static boolean is(SingleObject<?> codec, byte[] value) {
    return SingleObject.isSingleObject(value) && codec.reads(SingleObject.fingerprint(value));
  }

  private void takeAudits(Record<byte[], byte[]> record, AuditReport report) {
    if (refused(record, report.getPartition())) {
      return;
    }
    if (groups(report.getAccount()) > AuditBooks.MAX_GROUPS) {
      refuse(record, "longer than any that Weir writes");
    } else if (pricer.tell(report)) {
      audits.put(Integer.toString(report.getPartition()), report);
    }
  }

  private static int groups(AuditAccount account) {
    return Math.max(
        account.getProbes().size(),
        Math.max(account.getClasses().size(), account.getGroups().size()));
  }

  private void takeAgents(Record<byte[], byte[]> record, AgentProfile profile) {
    if (refused(record, profile.getPartition())) {
      return;
    }
    if (profile.getAgents().size() > MAX_BUCKETS) {
      refuse(record, "longer than any that Weir writes");
    } else if (pricer.tell(profile)) {
      agents.put(Integer.toString(profile.getPartition()), profile);
    }
  }

  private boolean refused(Record<byte[], byte[]> record, int partition) {
    boolean none = partition < 0 || partition >= placement.partitions();
    if (none) {
      refuse(record, "of partition %d, which is none".formatted(partition));
    }
    return none;
  }

  private void take(Record<byte[], byte[]> record, Exposure exposure) {
    if (refused(record, exposure.getPartition())) {
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

  @Override
  public void close() {
    tally.ledgerLost();
  }

  private void price(Record<byte[], byte[]> record, Exposure exposure, Terms terms, byte[] key) {
    FleetEntry held = fleet.get(FleetPricer.key(exposure));
    Exposure last = held == null ? null : held.getLast();
    Quote quote = pricer.quote(exposure, held, terms).orElse(null);
    if (quote == null) {
      return;
    }
    fleet.put(FleetPricer.key(exposure), quote.entry());
    write(record, NodeNames.TO_PRICES, key, Codecs.PRICE.encode(quote.price()));
    Concentration concentration = quote.concentration();
    if (concentration != null) {
      byte[] bytes = Codecs.CONCENTRATION.encode(concentration);
      write(record, NodeNames.TO_CONCENTRATION, key, bytes);
    }
    book(record, last, exposure, terms);
  }

  private void book(
      Record<byte[], byte[]> record, @Nullable Exposure last, Exposure exposure, Terms terms) {
    String key = ledger.key(exposure);
    LedgerHour hour =
        ledger.book(
            hours.get(key), last, exposure, terms, pricer.confirmed(exposure.getPolicyDigest()));
    hours.put(key, hour);
    write(record, NodeNames.TO_LEDGER, key(key), Codecs.LEDGER.encode(hour));
    tally.ledger(hour);
    if (ledger.advance(hour)) {
      for (LedgerHour each : all(hours)) {
        if (each.getHour().isBefore(ledger.oldestKept())) {
          hours.delete(Ledger.key(each));
        }
      }
    }
  }

  private static int longest(RiskProfile profile) {
    return IntStream.of(
            profile.getWindow().size(),
            profile.getHistogram().size(),
            profile.getTaskHistogram().size(),
            profile.getRules().size(),
            profile.getWorst().size())
        .max()
        .orElseThrow();
  }

  private static <T> List<T> all(KeyValueStore<String, T> store) {
    List<T> values = new ArrayList<>();
    try (KeyValueIterator<String, T> all = store.all()) {
      all.forEachRemaining(entry -> values.add(entry.value));
    }
    return values;
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
