/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Limits;
import dev.weir.budget.AuditBooks;
import dev.weir.budget.Controller;
import dev.weir.budget.Terms;
import dev.weir.budget.Trial;
import dev.weir.config.Topics;
import dev.weir.event.AgentProfile;
import dev.weir.event.AgentRecord;
import dev.weir.event.AuditReport;
import dev.weir.event.Concentration;
import dev.weir.event.LedgerHour;
import dev.weir.event.Price;
import dev.weir.metrics.Tally;
import dev.weir.policy.publish.Publication;
import dev.weir.review.FindingRates;
import dev.weir.review.Grants;
import dev.weir.review.Holds;
import dev.weir.review.Registry;
import dev.weir.score.Provenance;
import dev.weir.serde.RecordSerde;
import dev.weir.state.AgentBucket;
import dev.weir.state.AgentShelf;
import dev.weir.state.AuditState;
import dev.weir.state.ChanceState;
import dev.weir.state.ControllerState;
import dev.weir.state.FindingState;
import dev.weir.state.FleetEntry;
import dev.weir.state.OpenReview;
import dev.weir.state.PolicyStanding;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskHolds;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskProvenance;
import dev.weir.state.TaskRecent;
import dev.weir.state.TrialState;
import dev.weir.store.StoreNames;
import dev.weir.store.TaskStores;
import dev.weir.task.FoldRules;
import dev.weir.task.TaskFold;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The map of the stream. One sub-topology does all per-task work, a second one of one partition
 * prices the budget; what the second finds returns to the first through global tables.
 *
 * @param topics names of the topics
 * @param placement where tasks live
 * @param limits what an action may hold
 * @param foldRules how time passes for a task
 * @param stores how state is kept
 * @param shelf compiled policies, the configured one among them
 * @param desk which policies are called for
 * @param trials how candidates are tried
 * @param chances what every chance is drawn from
 * @param probes what is planted among reviews
 * @param maxAgents how many agents are kept apart at most, in a partition and in all
 * @param idleMs after which a task is forgotten, in ms
 * @param maxOutputBytes longest value written
 * @param prices where the fleet's price hangs
 * @param concentrations where the fleet's concentration hangs
 * @param registry who may review
 * @param grants which agents may perform what is reserved
 * @param tally counts every record
 */
public record WeirTopology(
    Topics topics,
    Placement placement,
    Limits limits,
    FoldRules foldRules,
    TaskStores stores,
    PolicyShelf shelf,
    PolicyDesk desk,
    TrialSettings trials,
    ChanceSettings chances,
    ProbeSettings probes,
    int maxAgents,
    long idleMs,
    int maxOutputBytes,
    Board<Price> prices,
    Board<Concentration> concentrations,
    Registry registry,
    Grants grants,
    Tally tally) {

  private static final ByteArrayDeserializer READ = new ByteArrayDeserializer();
  private static final ByteArraySerializer WRITE = new ByteArraySerializer();

  /** The topology, top to bottom, with every node, store and topic named. */
  public Topology build(TopologyConfig config) {
    Topology map = new Topology(config);
    Board<AgentRecord> agents = new Board<>();

    map.addSource(NodeNames.ACTIONS, READ, READ, topics.sources().toArray(String[]::new))
        .addSource(NodeNames.REKEYED, READ, READ, topics.rekey())
        .addProcessor(NodeNames.DECODE, decode(), NodeNames.ACTIONS, NodeNames.REKEYED)
        .addSink(NodeNames.TO_REKEY, topics.rekey(), WRITE, WRITE, NodeNames.DECODE)
        .addProcessor(NodeNames.DEDUPLICATE, deduplicate(), NodeNames.DECODE)
        .addSink(NodeNames.TO_DUPLICATES, topics.duplicates(), WRITE, WRITE, NodeNames.DEDUPLICATE)
        .addProcessor(NodeNames.SCORE, score(agents), NodeNames.DEDUPLICATE)
        .addProcessor(NodeNames.FOLD, fold(), NodeNames.SCORE)
        .addSink(NodeNames.TO_TASK_RISK, topics.taskRisk(), WRITE, WRITE, NodeNames.FOLD)
        .addProcessor(NodeNames.DECIDE, decide(agents), NodeNames.FOLD)
        .addSink(NodeNames.TO_ASSESSMENTS, topics.assessments(), WRITE, WRITE, NodeNames.DECIDE)
        .addProcessor(NodeNames.REVIEW, review(), NodeNames.DECIDE)
        .addSource(NodeNames.VERDICTS, READ, READ, topics.verdicts())
        .addProcessor(NodeNames.SETTLE, settle(agents), NodeNames.VERDICTS)
        .addSink(
            NodeNames.TO_ESCALATIONS,
            topics.escalations(),
            WRITE,
            WRITE,
            NodeNames.REVIEW,
            NodeNames.SETTLE)
        .addSink(NodeNames.TO_WAITING, topics.waiting(), WRITE, WRITE, NodeNames.REVIEW)
        .addSink(
            NodeNames.TO_DISPOSITIONS,
            topics.dispositions(),
            WRITE,
            WRITE,
            NodeNames.DECODE,
            NodeNames.DEDUPLICATE,
            NodeNames.REVIEW,
            NodeNames.SETTLE)
        .addSink(NodeNames.TO_HANDOVERS, topics.handovers(), WRITE, WRITE, NodeNames.SETTLE)
        .addSink(NodeNames.TO_VERDICTS, topics.verdicts(), WRITE, WRITE, NodeNames.SETTLE)
        .addSource(NodeNames.OUTCOMES, READ, READ, topics.outcomes())
        .addProcessor(NodeNames.LEARN, learn(), NodeNames.OUTCOMES)
        .addSink(
            NodeNames.TO_SIGNALS, topics.signals(), WRITE, WRITE, NodeNames.SETTLE, NodeNames.LEARN)
        .addSink(
            NodeNames.TO_DEAD_LETTERS,
            topics.deadLetters(),
            WRITE,
            WRITE,
            NodeNames.DECODE,
            NodeNames.DECIDE,
            NodeNames.SETTLE,
            NodeNames.LEARN)
        .addSink(
            NodeNames.TO_EXPOSURE,
            topics.exposure(),
            WRITE,
            WRITE,
            NodeNames.DECIDE,
            NodeNames.SETTLE)
        .addSink(
            NodeNames.TO_AGENT_EXPOSURE,
            topics.agentExposure(),
            WRITE,
            WRITE,
            NodeNames.DECIDE,
            NodeNames.SETTLE)
        .addSink(NodeNames.TO_SHADOW, topics.shadow(), WRITE, WRITE, NodeNames.DECIDE);

    map.addStateStore(
            stores.keyed(StoreNames.TASK_CORE, RecordSerde.of(TaskCore.class)),
            NodeNames.SCORE,
            NodeNames.FOLD,
            NodeNames.REVIEW,
            NodeNames.SETTLE)
        .addStateStore(
            stores.keyed(StoreNames.TASK_RECENT, RecordSerde.of(TaskRecent.class)),
            NodeNames.DEDUPLICATE,
            NodeNames.FOLD,
            NodeNames.REVIEW,
            NodeNames.SETTLE)
        .addStateStore(
            stores.keyed(StoreNames.TASK_OBJECTIVE, RecordSerde.of(TaskObjective.class)),
            NodeNames.SCORE,
            NodeNames.FOLD)
        .addStateStore(
            stores.keyed(StoreNames.TASK_PROVENANCE, provenanceSerde()),
            NodeNames.SCORE,
            NodeNames.FOLD)
        .addStateStore(stores.ordered(StoreNames.TASK_IDLE), NodeNames.FOLD)
        .addStateStore(
            stores.keyed(
                StoreNames.TASK_HOLDS,
                RecordSerde.of(TaskHolds.class, Holds::state, Holds::restored)),
            NodeNames.FOLD,
            NodeNames.DECIDE,
            NodeNames.REVIEW,
            NodeNames.SETTLE)
        .addStateStore(
            stores.large(StoreNames.OPEN_REVIEWS, RecordSerde.of(OpenReview.class)),
            NodeNames.REVIEW,
            NodeNames.SETTLE)
        .addStateStore(stores.ordered(StoreNames.DEADLINES), NodeNames.REVIEW, NodeNames.SETTLE)
        .addStateStore(
            stores.keyed(
                StoreNames.FINDINGS,
                RecordSerde.of(FindingState.class, FindingRates::state, FindingRates::restored)),
            NodeNames.SETTLE)
        .addStateStore(stores.ordered(StoreNames.REQUESTS), NodeNames.REVIEW, NodeNames.SETTLE)
        .addStateStore(stores.ordered(StoreNames.OUTCOMES), NodeNames.LEARN)
        .addStateStore(
            stores.keyed(StoreNames.CONTROLLER, controllerSerde()),
            NodeNames.DECIDE,
            NodeNames.SETTLE)
        .addStateStore(
            stores.keyed(
                StoreNames.AUDIT,
                RecordSerde.of(AuditState.class, AuditBooks::state, AuditBooks::restored)),
            NodeNames.DECIDE,
            NodeNames.SETTLE)
        .addStateStore(
            stores.keyed(StoreNames.AGENTS, RecordSerde.of(AgentBucket.class)),
            NodeNames.DECIDE,
            NodeNames.SETTLE)
        .addStateStore(
            stores.keyed(StoreNames.POLICY_STANDING, RecordSerde.of(PolicyStanding.class)),
            NodeNames.SCORE,
            NodeNames.DECIDE)
        .addStateStore(
            stores.keyed(
                StoreNames.POLICY_TRIAL,
                RecordSerde.of(TrialState.class, Trial::state, Trial::restored)),
            NodeNames.DECIDE);

    map.addSource(NodeNames.EXPOSURE, READ, READ, topics.exposure())
        .addProcessor(NodeNames.PRICE, price(), NodeNames.EXPOSURE)
        .addStateStore(
            stores.keyed(StoreNames.FLEET, RecordSerde.of(FleetEntry.class)), NodeNames.PRICE)
        .addStateStore(
            stores.keyed(StoreNames.CHANCE, RecordSerde.of(ChanceState.class)), NodeNames.PRICE)
        .addStateStore(
            stores.keyed(StoreNames.LEDGER, RecordSerde.of(LedgerHour.class)), NodeNames.PRICE)
        .addStateStore(
            stores.keyed(StoreNames.AGENT_PROFILES, RecordSerde.of(AgentProfile.class)),
            NodeNames.PRICE)
        .addStateStore(
            stores.keyed(StoreNames.AUDIT_REPORTS, RecordSerde.of(AuditReport.class)),
            NodeNames.PRICE)
        .addSink(NodeNames.TO_CHANCE, topics.chance(), WRITE, WRITE, NodeNames.PRICE)
        .addSink(NodeNames.TO_PRICES, topics.prices(), WRITE, WRITE, NodeNames.PRICE)
        .addSink(NodeNames.TO_CONCENTRATION, topics.concentration(), WRITE, WRITE, NodeNames.PRICE)
        .addSink(NodeNames.TO_LEDGER, topics.ledger(), WRITE, WRITE, NodeNames.PRICE)
        .addSink(NodeNames.REFUSED_EXPOSURE, topics.deadLetters(), WRITE, WRITE, NodeNames.PRICE);

    map.addSource(NodeNames.AGENT_EXPOSURE, READ, READ, topics.agentExposure())
        .addProcessor(
            NodeNames.FOLD_AGENTS,
            () -> new FoldAgentsProcessor(agentTerms(), chances.chance(), tally),
            NodeNames.AGENT_EXPOSURE)
        .addStateStore(
            stores.keyed(StoreNames.AGENT_SHELVES, RecordSerde.of(AgentShelf.class)),
            NodeNames.FOLD_AGENTS)
        .addSink(
            NodeNames.TO_AGENT_RECORD, topics.agentRecord(), WRITE, WRITE, NodeNames.FOLD_AGENTS)
        .addSink(NodeNames.TO_AGENT_PROFILE, topics.exposure(), WRITE, WRITE, NodeNames.FOLD_AGENTS)
        .addSink(
            NodeNames.MOVED_AGENTS, topics.agentExposure(), WRITE, WRITE, NodeNames.FOLD_AGENTS)
        .addSink(
            NodeNames.REFUSED_AGENTS, topics.deadLetters(), WRITE, WRITE, NodeNames.FOLD_AGENTS);

    map.addGlobalStore(
            global(StoreNames.PRICES),
            NodeNames.PRICES,
            READ,
            READ,
            topics.prices(),
            NodeNames.KEEP_PRICES,
            () ->
                new KeepProcessor<>(
                    topics.prices(), StoreNames.PRICES, Codecs.PRICE, prices, tally::price, tally))
        .addGlobalStore(
            global(StoreNames.CONCENTRATIONS),
            NodeNames.CONCENTRATION,
            READ,
            READ,
            topics.concentration(),
            NodeNames.KEEP_CONCENTRATION,
            () ->
                new KeepProcessor<>(
                    topics.concentration(),
                    StoreNames.CONCENTRATIONS,
                    Codecs.CONCENTRATION,
                    concentrations,
                    tally::concentration,
                    tally))
        .addGlobalStore(
            global(StoreNames.POLICIES),
            NodeNames.POLICIES,
            READ,
            READ,
            topics.policies(),
            NodeNames.KEEP_POLICIES,
            () -> new KeepPoliciesProcessor(desk))
        .addGlobalStore(
            global(StoreNames.REVIEWERS),
            NodeNames.REVIEWERS,
            READ,
            READ,
            topics.reviewers(),
            NodeNames.KEEP_REVIEWERS,
            () ->
                new KeepSignedProcessor<>(
                    topics.reviewers(),
                    StoreNames.REVIEWERS,
                    Codecs.REVIEWER,
                    registry::take,
                    new KeepSignedProcessor.Told(
                        tally::reviewerRefused, () -> tally.reviewers(registry.size()))))
        .addGlobalStore(
            global(StoreNames.GRANTS),
            NodeNames.GRANTS,
            READ,
            READ,
            topics.grants(),
            NodeNames.KEEP_GRANTS,
            () ->
                new KeepSignedProcessor<>(
                    topics.grants(),
                    StoreNames.GRANTS,
                    Codecs.GRANT,
                    grants::take,
                    new KeepSignedProcessor.Told(
                        tally::grantRefused, () -> tally.grants(grants.size()))));
    map.addGlobalStore(
        global(StoreNames.AGENT_RECORDS),
        NodeNames.AGENT_RECORD,
        READ,
        READ,
        topics.agentRecord(),
        NodeNames.KEEP_AGENT_RECORDS,
        () -> new KeepAgentsProcessor(topics.agentRecord(), agents, tally));
    return map;
  }

  /** Bytes of a global topic, in memory. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> global(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled();
  }

  private ProcessorSupplier<byte[], byte[], Object, Object> decode() {
    return () -> new DecodeProcessor(limits, placement, topics.rekey(), tally);
  }

  private ProcessorSupplier<String, Action, Object, Object> deduplicate() {
    return () -> new DeduplicateProcessor(tally);
  }

  private ProcessorSupplier<String, Fresh, Object, Object> score(Board<AgentRecord> agents) {
    return () -> new ScoreProcessor(shelf, desk, grants, agents, tally);
  }

  private ProcessorSupplier<String, Judged, Object, Object> fold() {
    return () -> new FoldProcessor(new TaskFold(foldRules), idleMs);
  }

  private ProcessorSupplier<String, TaskChange, Object, Object> decide(Board<AgentRecord> agents) {
    Rehearsal.Terms rehearsals = new Rehearsal.Terms(trials, desk, tally);
    DecideProcessor.Grounds grounds =
        new DecideProcessor.Grounds(chances, placement, prices, lines(agents), maxOutputBytes);
    return () -> new DecideProcessor(shelf, rehearsals, grounds, tally);
  }

  private ProcessorSupplier<String, Decided, Object, Object> review() {
    return () -> new ReviewProcessor(chances, maxOutputBytes, tally);
  }

  private AgentLines.Terms lines(Board<AgentRecord> agents) {
    return new AgentLines.Terms(agentTerms(), agents, placement, tally);
  }

  private ProcessorSupplier<byte[], byte[], Object, Object> settle(Board<AgentRecord> agents) {
    return () ->
        new SettleProcessor(
            new SettleProcessor.Terms(
                registry,
                grants,
                new ActionDecoder(limits),
                chances,
                probes,
                placement,
                shelf,
                foldRules,
                lines(agents),
                maxOutputBytes,
                tally));
  }

  private ProcessorSupplier<byte[], byte[], Object, Object> learn() {
    return () ->
        new LearnProcessor(registry, new ActionDecoder(limits), placement, maxOutputBytes, tally);
  }

  private ProcessorSupplier<byte[], byte[], Object, Object> price() {
    return () -> new PriceProcessor(shelf, placement, chances, tally);
  }

  private FoldAgentsProcessor.AgentTerms agentTerms() {
    return new FoldAgentsProcessor.AgentTerms(maxAgents, foldRules);
  }

  private static RecordSerde<Provenance, TaskProvenance> provenanceSerde() {
    return RecordSerde.of(TaskProvenance.class, Provenance::state, Provenance::restored);
  }

  /** A controller of a policy that is not known here is only ever replaced: any terms will do. */
  private RecordSerde<Controller, ControllerState> controllerSerde() {
    return RecordSerde.of(
        ControllerState.class,
        Controller::state,
        state -> {
          Terms terms = shelf.terms(Publication.hex(state.getPolicyDigest()));
          Terms by = terms == null ? shelf.configuredTerms() : terms;
          return Controller.restored(state, by);
        });
  }
}
