/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.action.Refusal;
import dev.weir.budget.Ask;
import dev.weir.budget.Chance;
import dev.weir.budget.Controller;
import dev.weir.event.Assessment;
import dev.weir.event.DeadLetter;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.event.RefusalReason;
import dev.weir.event.Score;
import dev.weir.fault.DeadLetters;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.policy.Tier;
import dev.weir.review.Assessments;
import dev.weir.review.Escalations;
import dev.weir.score.Scored;
import dev.weir.state.TaskCore;
import dev.weir.store.StoreNames;
import dev.weir.task.Sighting;
import dev.weir.task.TaskSnapshot;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Decides which actions are worth a review; writes assessments, escalations and exposure. */
final class DecideProcessor extends Stage<String, TaskChange> {
  private final Policy policy;
  private final Tier tier;
  private final ByteBuffer policyDigest;
  private final Chance chance;
  private final Board<Price> prices;
  private final int maxOutputBytes;
  private final Tally tally;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<String, Controller> controllers;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, TaskCore> cores;

  DecideProcessor(
      Policy policy, byte[] chanceKey, Board<Price> prices, int maxOutputBytes, Tally tally) {
    this.policy = policy;
    this.tier = policy.tiers().get(0);
    this.policyDigest = ByteBuffer.wrap(policy.digest());
    this.chance = new Chance(chanceKey);
    this.prices = prices;
    this.maxOutputBytes = maxOutputBytes;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    controllers = context.getStateStore(StoreNames.CONTROLLER);
    cores = context.getStateStore(StoreNames.TASK_CORE);
  }

  @Override
  public void process(Record<String, TaskChange> record) {
    Controller controller = controller();
    if (record.value() instanceof TaskChange.Grown grown) {
      decide(record, grown, controller);
    } else if (record.value() instanceof TaskChange.Retired retired) {
      controller.taskRetired(retired.mass());
    }
    if (controller.exposureDue()) {
      Exposure exposure = controller.exposure(record.timestamp());
      write(record, NodeNames.TO_EXPOSURE, key(exposureKey()), Codecs.EXPOSURE.encode(exposure));
      tally.liveTasks(exposure.getPartition(), exposure.getTasks());
    }
    controllers.put(policy.digestHex(), controller);
  }

  @Override
  public void close() {
    tally.lost(context().taskId().partition());
  }

  private Controller controller() {
    Controller known = controllers.get(policy.digestHex());
    return known != null
        ? known
        : Controller.fresh(context().taskId().partition(), tier, policy.budget(), policy.digest());
  }

  private String exposureKey() {
    return context().taskId().partition() + ":" + policy.digestHex();
  }

  private void decide(
      Record<String, TaskChange> record, TaskChange.Grown grown, Controller controller) {
    Action action = grown.judged().fresh().action();
    Decision decision = controller.decide(ask(record, grown.judged()));
    controller.taskChanged(grown.folded().massBefore(), grown.folded().core().getMass());
    Assessment assessment =
        Assessments.of(
            action,
            grown.judged().fresh().sighting(),
            grown.judged().scored().score(),
            grown.folded(),
            decision,
            policyDigest);
    report(record, action, assessment);
    if (decision.getReason() != EscalationReason.NONE) {
      byte[] escalation = escalation(record.key(), action, assessment, grown.before());
      write(record, NodeNames.TO_ESCALATIONS, key(record.key()), escalation);
      TaskCore core = grown.folded().core();
      core.setEscalated(core.getEscalated() + 1);
      cores.put(record.key(), core);
    }
    tally.actionTook(context().currentSystemTimeMs() - action.origin().receivedMs());
  }

  private void report(Record<String, TaskChange> record, Action action, Assessment assessment) {
    byte[] bytes = Codecs.ASSESSMENT.encode(assessment);
    if (bytes.length <= maxOutputBytes) {
      write(record, NodeNames.TO_ASSESSMENTS, key(record.key()), bytes);
      tally.assessed(assessment);
      return;
    }
    Refusal refusal =
        new Refusal(
            RefusalReason.OUTPUT_TOO_LARGE,
            "",
            "its assessment takes %d bytes and may take %d (max.output.bytes); shorten the policy's reasons"
                .formatted(bytes.length, maxOutputBytes),
            new Refusal.Shown(
                assessment.getEventId(), assessment.getTaskId(), assessment.getPhase()));
    tally.refused(refusal.reason());
    DeadLetter letter =
        DeadLetters.of(
            refusal, action.origin(), key(record.key()), action.value(), new RecordHeaders());
    write(record, NodeNames.TO_DEAD_LETTERS, key(record.key()), Codecs.DEAD_LETTER.encode(letter));
  }

  /** The action is cut by as much as the rest needs room. */
  private byte[] escalation(
      String taskId, Action action, Assessment assessment, TaskSnapshot before) {
    byte[] nonce = chance.nonce(taskId, action.digest());
    int room = Math.min(action.value().length, maxOutputBytes);
    byte[] bytes =
        Codecs.ESCALATION.encode(Escalations.of(action, assessment, before, tier, nonce, room));
    if (bytes.length <= maxOutputBytes) {
      return bytes;
    }
    int cut = Math.max(0, room - (bytes.length - maxOutputBytes));
    return Codecs.ESCALATION.encode(Escalations.of(action, assessment, before, tier, nonce, cut));
  }

  private Ask ask(Record<String, TaskChange> record, Judged judged) {
    Scored scored = judged.scored();
    Score score = scored.score();
    boolean repeats = judged.fresh().sighting() == Sighting.CARRIES_OUT;
    Action action = judged.fresh().action();
    return new Ask(
        score.getRisk(),
        repeats ? 0 : score.getMass(),
        repeats ? 0 : scored.baseCost(),
        repeats ? EscalationReason.NONE : mandatory(judged),
        chance.draw(record.key(), action.digest()),
        chance.keyId(),
        prices.get(policy.digestHex()),
        action.origin().receivedMs());
  }

  private static EscalationReason mandatory(Judged judged) {
    if (judged.scored().catastrophic()) {
      return EscalationReason.CATASTROPHIC;
    }
    if (judged.scored().route()) {
      return EscalationReason.ROUTE;
    }
    return judged.fresh().sighting() == Sighting.ID_CONFLICT
        ? EscalationReason.ID_CONFLICT
        : EscalationReason.NONE;
  }
}
