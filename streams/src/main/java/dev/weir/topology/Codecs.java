/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.AgentExposure;
import dev.weir.event.AgentProfile;
import dev.weir.event.AgentRecord;
import dev.weir.event.Assessment;
import dev.weir.event.AuditReport;
import dev.weir.event.ChanceEpoch;
import dev.weir.event.Concentration;
import dev.weir.event.DeadLetter;
import dev.weir.event.Disposition;
import dev.weir.event.DuplicateNotice;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationEnded;
import dev.weir.event.ExpiryNotice;
import dev.weir.event.Exposure;
import dev.weir.event.Grant;
import dev.weir.event.GrantNotice;
import dev.weir.event.Handover;
import dev.weir.event.LedgerHour;
import dev.weir.event.Outcome;
import dev.weir.event.PolicyDocument;
import dev.weir.event.PolicyPointer;
import dev.weir.event.Price;
import dev.weir.event.Reviewer;
import dev.weir.event.ShadowSample;
import dev.weir.event.Signal;
import dev.weir.event.TaskRisk;
import dev.weir.event.Verdict;
import dev.weir.wire.SingleObject;

/** How each record on a topic looks. */
public final class Codecs {
  public static final SingleObject<Assessment> ASSESSMENT = SingleObject.of(Assessment.class);
  public static final SingleObject<Escalation> ESCALATION = SingleObject.of(Escalation.class);
  public static final SingleObject<EscalationEnded> ESCALATION_ENDED =
      SingleObject.of(EscalationEnded.class);
  public static final SingleObject<DeadLetter> DEAD_LETTER = SingleObject.of(DeadLetter.class);
  public static final SingleObject<DuplicateNotice> DUPLICATE =
      SingleObject.of(DuplicateNotice.class);
  public static final SingleObject<Disposition> DISPOSITION = SingleObject.of(Disposition.class);
  public static final SingleObject<Handover> HANDOVER = SingleObject.of(Handover.class);
  public static final SingleObject<Verdict> VERDICT = SingleObject.of(Verdict.class);
  public static final SingleObject<ExpiryNotice> EXPIRY_NOTICE =
      SingleObject.of(ExpiryNotice.class);
  public static final SingleObject<GrantNotice> GRANT_NOTICE = SingleObject.of(GrantNotice.class);
  public static final SingleObject<Outcome> OUTCOME = SingleObject.of(Outcome.class);
  public static final SingleObject<Reviewer> REVIEWER = SingleObject.of(Reviewer.class);
  public static final SingleObject<Grant> GRANT = SingleObject.of(Grant.class);
  public static final SingleObject<Signal> SIGNAL = SingleObject.of(Signal.class);
  public static final SingleObject<TaskRisk> TASK_RISK = SingleObject.of(TaskRisk.class);
  public static final SingleObject<Exposure> EXPOSURE = SingleObject.of(Exposure.class);
  public static final SingleObject<AgentProfile> AGENT_PROFILE =
      SingleObject.of(AgentProfile.class);
  public static final SingleObject<AuditReport> AUDIT_REPORT = SingleObject.of(AuditReport.class);
  public static final SingleObject<Price> PRICE = SingleObject.of(Price.class);
  public static final SingleObject<Concentration> CONCENTRATION =
      SingleObject.of(Concentration.class);
  public static final SingleObject<ChanceEpoch> CHANCE = SingleObject.of(ChanceEpoch.class);
  public static final SingleObject<LedgerHour> LEDGER = SingleObject.of(LedgerHour.class);
  public static final SingleObject<PolicyDocument> POLICY_DOCUMENT =
      SingleObject.of(PolicyDocument.class);
  public static final SingleObject<PolicyPointer> POLICY_POINTER =
      SingleObject.of(PolicyPointer.class);
  public static final SingleObject<ShadowSample> SHADOW_SAMPLE =
      SingleObject.of(ShadowSample.class);

  public static final SingleObject<AgentExposure> AGENT_EXPOSURE =
      SingleObject.of(AgentExposure.class);
  public static final SingleObject<AgentRecord> AGENT_RECORD = SingleObject.of(AgentRecord.class);

  private Codecs() {}
}
