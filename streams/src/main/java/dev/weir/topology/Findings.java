/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.AgentExposure;
import dev.weir.event.Assessment;
import dev.weir.event.Escalation;
import dev.weir.event.ReviewOutcome;
import dev.weir.metrics.Tally;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.Publication;
import dev.weir.review.Answer;
import dev.weir.review.FindingRates;
import dev.weir.review.Signals;
import dev.weir.state.OpenReview;
import dev.weir.state.TaskCore;
import dev.weir.store.StoreNames;
import dev.weir.task.AgentLine;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tells agents' records what reviewers found in the end, and what the same answers about anybody's
 * work would have let expect. Only of agents whose source says who acts: others could be anybody.
 */
final class Findings {
  /** For which what was found of one task counts once, in ms: it is one piece of evidence. */
  private static final long ONCE_MS = 3_600_000;

  private static final String KEY = "rates";

  private final ProcessorContext<Object, Object> context;
  private final PolicyShelf shelf;
  private final Tally tally;
  private final KeyValueStore<String, FindingRates> rates;
  private final KeyValueStore<String, TaskCore> cores;

  Findings(ProcessorContext<Object, Object> context, PolicyShelf shelf, Tally tally) {
    this.context = context;
    this.shelf = shelf;
    this.tally = tally;
    this.rates = context.getStateStore(StoreNames.FINDINGS);
    this.cores = context.getStateStore(StoreNames.TASK_CORE);
  }

  /** A review has ended so, and no other tier is asked. */
  void ended(Record<?, ?> record, OpenReview review, ReviewOutcome outcome) {
    Escalation escalation = review.getEscalation();
    Assessment assessment = escalation.getAssessment();
    Policy policy = shelf.get(Publication.hex(assessment.getPolicyDigest()));
    Answer answer = Answer.of(assessment, Signals.stage(review), outcome).orElse(null);
    if (answer == null
        || policy == null
        || !policy.attests(assessment.getTopic(), Attestable.AGENT)) {
      return;
    }
    FindingRates known = rates.get(KEY);
    FindingRates all = known == null ? new FindingRates() : known;
    FindingRates.Stated expected = all.add(answer);
    rates.put(KEY, all);
    boolean found = answer.harmful() && first(assessment.getTaskId(), record.timestamp());
    AgentExposure told =
        AgentExposure.newBuilder()
            .setSource(assessment.getTopic())
            .setAgentId(assessment.getAgentId())
            .setPartition(context.taskId().partition())
            .setActions(0)
            .setEscalated(0)
            .setMass(0)
            .setUnreviewedMass(0)
            .setLineMass(policy.lines().agentMass())
            .setAsOf(assessment.getTaskTime())
            .setAnswers(1)
            .setFound(found ? 1 : 0)
            .setExpected(expected.high())
            .setExpectedLeast(expected.low())
            .build();
    byte[] key = Stage.key(AgentLine.key(told.getSource(), told.getAgentId()));
    byte[] value = Codecs.AGENT_EXPOSURE.encode(told);
    Stage.write(context, record, NodeNames.TO_AGENT_EXPOSURE, key, value);
    tally.agentTold();
  }

  /** Whether nothing of the task was found within the hour; remembers it. */
  private boolean first(String taskId, long atMs) {
    TaskCore core = cores.get(taskId);
    if (core == null) {
      return true; // a task that was idle for so long that it is forgotten
    }
    if (core.getFoundMs() != 0 && atMs < core.getFoundMs() + ONCE_MS) {
      return false;
    }
    core.setFoundMs(atMs);
    cores.put(taskId, core);
    return true;
  }
}
