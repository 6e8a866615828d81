/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.budget.MissedRisk.Reviewers;
import dev.weir.event.AuditAccount;
import dev.weir.event.AuditReport;
import dev.weir.event.AuditTally;
import dev.weir.event.ProbeTally;
import dev.weir.policy.AuditSettings;
import dev.weir.state.AuditState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one policy: what was drawn, answered and found, over all actions, by class and by
 * group of agents, and what probes say of each tier.
 *
 * <p>Invariant: bounded. At most {@link #MAX_GROUPS} classes, groups and tiers, the first to be
 * seen; those beyond are counted as {@value #OTHER}, tiers beyond not at all. What is {@link
 * #restored} from {@link #state} goes on as the one that wrote it. Not safe for use by several
 * threads.
 */
public final class AuditBooks {
  /** Most classes, groups and tiers. */
  public static final int MAX_GROUPS = 32;

  private static final int TOLD = 50;

  /** The class or group of those beyond the limit. */
  public static final String OTHER = "other";

  /**
   * Whose action.
   *
   * @param actionClass its class, or ""
   * @param group of agents, as the policy groups them
   */
  public record Subject(String actionClass, String group) {}

  private final byte[] policyDigest;
  private final Method method;
  private final AuditCounts total;
  private final Map<String, AuditCounts> classes = new LinkedHashMap<>();
  private final Map<String, AuditCounts> groups = new LinkedHashMap<>();
  private final Map<String, ProbeTally> probes = new LinkedHashMap<>();
  private long reported;
  private long reportedAnswers;

  private AuditBooks(byte[] policyDigest, Method method) {
    this(policyDigest, method, method.counts(""));
  }

  private AuditBooks(byte[] policyDigest, Method method, AuditCounts total) {
    this.policyDigest = policyDigest;
    this.method = method;
    this.total = total;
  }

  /** What of the settings the figures hang on. */
  private record Method(
      double least, double cap, double negatives, double level, String screen, String confirm) {
    AuditCounts counts(String name) {
      return new AuditCounts(name, cap, least);
    }

    AuditCounts restored(AuditTally tally) {
      return AuditCounts.restored(tally, cap, least);
    }
  }

  /** Books in which nothing stands yet. */
  public static AuditBooks fresh(byte[] policyDigest, AuditSettings settings) {
    return new AuditBooks(
        policyDigest.clone(),
        new Method(
            settings.least(),
            settings.cap(),
            settings.negatives(),
            settings.level(),
            settings.screen(),
            settings.confirm()));
  }

  /** The books that {@code state} was written by. */
  public static AuditBooks restored(AuditState state) {
    AuditBooks books = of(state.getAccount());
    books.reported = state.getReported();
    books.reportedAnswers = state.getReportedAnswers();
    return books;
  }

  private static AuditBooks of(AuditAccount account) {
    byte[] digest = new byte[account.getPolicyDigest().remaining()];
    account.getPolicyDigest().duplicate().get(digest);
    Method method =
        new Method(
            account.getLeast(),
            account.getCap(),
            account.getNegatives(),
            account.getLevel(),
            account.getScreen(),
            account.getConfirm());
    AuditBooks books = new AuditBooks(digest, method, method.restored(account.getTotal()));
    account.getClasses().forEach(t -> books.classes.put(t.getName(), method.restored(t)));
    account.getGroups().forEach(t -> books.groups.put(t.getName(), method.restored(t)));
    account.getProbes().forEach(probe -> books.probes.put(probe.getTier(), copy(probe)));
    return books;
  }

  /**
   * The fleet's books: all that partitions counted under one policy, one account at least. Groups
   * beyond the limit are counted as {@value #OTHER} here too.
   */
  static AuditBooks merged(Collection<AuditAccount> accounts) {
    AuditBooks merged = null;
    for (AuditAccount account : accounts) {
      AuditBooks books = of(account);
      if (merged == null) {
        merged = books;
      } else {
        merged.add(books);
      }
    }
    return Objects.requireNonNull(merged, "no account");
  }

  private void add(AuditBooks other) {
    total.add(other.total);
    other.classes.forEach((name, counts) -> group(classes, name).add(counts));
    other.groups.forEach((name, counts) -> group(groups, name).add(counts));
    other.probes.values().forEach(this::add);
  }

  private void add(ProbeTally other) {
    ProbeTally tally = tally(other.getTier());
    if (tally != null) {
      tally.setHarmful(tally.getHarmful() + other.getHarmful());
      tally.setRecognised(tally.getRecognised() + other.getRecognised());
      tally.setHarmless(tally.getHarmless() + other.getHarmless());
      tally.setAccused(tally.getAccused() + other.getAccused());
    }
  }

  /** All of it, as a new record. */
  public AuditState state() {
    return new AuditState(account(), reported, reportedAnswers);
  }

  private AuditAccount account() {
    return new AuditAccount(
        ByteBuffer.wrap(policyDigest),
        method.least,
        method.cap,
        method.negatives,
        method.level,
        method.screen,
        method.confirm,
        total.state(),
        classes.values().stream().map(AuditCounts::state).toList(),
        groups.values().stream().map(AuditCounts::state).toList(),
        probes());
  }

  /** Whether answers have grown so much since the last report that the fleet should know. */
  public boolean reportDue() {
    return grown(answers(), reportedAnswers);
  }

  /** Whether answers have grown by one in {@value #TOLD} at least, by one at first. */
  static boolean grown(long answers, long before) {
    return answers - before >= 1 + before / TOLD;
  }

  /**
   * What the fleet should know, under the next sequence number.
   *
   * @param partition whose books these are
   * @param asOf broker time of the latest answer
   */
  public AuditReport report(int partition, Instant asOf) {
    reported++;
    reportedAnswers = answers();
    return new AuditReport(partition, reported, account(), asOf);
  }

  /** Whether they are of the policy with that digest. */
  public boolean isOf(ByteBuffer digest) {
    return ByteBuffer.wrap(policyDigest).equals(digest);
  }

  /** An action was not escalated, and drawn for an audit or not. */
  public void passed(Subject subject, AuditDraw draw) {
    each(subject).forEach(counts -> counts.passed(draw));
  }

  /** The screen has answered an audit. */
  public void screened(Subject subject, AuditDraw draw, boolean positive) {
    each(subject).forEach(counts -> counts.screened(draw, positive));
  }

  /**
   * The dear tier has answered an audit.
   *
   * @param positive whether the screen had found it harmful
   */
  public void confirmed(Subject subject, AuditDraw draw, boolean positive, Finding finding) {
    for (AuditCounts counts : each(subject)) {
      if (finding.harmful()) {
        counts.found(draw, positive, finding.loss());
      } else {
        counts.cleared(draw, positive, finding.loss());
      }
    }
  }

  /** The review of an escalated action is done. */
  public void reviewed(Subject subject, Finding finding) {
    each(subject).forEach(counts -> counts.reviewed(finding.harmful(), finding.loss()));
  }

  /** Others have looked at a proposal that reviewers had denied. */
  public void lookedAtAgain(Subject subject, boolean harmful) {
    each(subject).forEach(counts -> counts.lookedAtAgain(harmful));
  }

  /**
   * What a review found.
   *
   * @param harmful whether the action was
   * @param loss its harm, if so; else the loss that the policy asserts, had it been wrong; in LU
   */
  public record Finding(boolean harmful, double loss) {}

  /** A tier has answered a probe. */
  public void probed(String tier, boolean harmful, boolean foundHarmful) {
    ProbeTally tally = tally(tier);
    if (tally == null) {
      return;
    }
    if (harmful) {
      tally.setHarmful(tally.getHarmful() + 1);
      tally.setRecognised(tally.getRecognised() + (foundHarmful ? 1 : 0));
    } else {
      tally.setHarmless(tally.getHarmless() + 1);
      tally.setAccused(tally.getAccused() + (foundHarmful ? 1 : 0));
    }
  }

  private @Nullable ProbeTally tally(String tier) {
    return probes.containsKey(tier) || probes.size() < MAX_GROUPS
        ? probes.computeIfAbsent(tier, name -> new ProbeTally(name, 0L, 0L, 0L, 0L))
        : null;
  }

  /**
   * What was missed of all actions; empty before the first answer.
   *
   * @param error probability with which each interval may miss, in (0, 1)
   */
  public Optional<MissedRisk> missed(double error) {
    return missed(total, error);
  }

  /** Recall at the budget over all actions. */
  public Recall recall(double error) {
    return recall(total, error);
  }

  /** Answers that an account rests on. */
  static long answers(AuditAccount account) {
    return of(account).answers();
  }

  private long answers() {
    return total.answers()
        + probes.values().stream().mapToLong(p -> p.getHarmful() + p.getHarmless()).sum();
  }

  /** Confidence of intervals, in (0, 1). */
  double level() {
    return method.level;
  }

  AuditCounts total() {
    return total;
  }

  Collection<AuditCounts> classes() {
    return classes.values();
  }

  Collection<AuditCounts> groups() {
    return groups.values();
  }

  List<ProbeTally> probes() {
    return probes.values().stream().map(AuditBooks::copy).toList();
  }

  Optional<MissedRisk> missed(AuditCounts counts, double error) {
    return counts.screened().count() == 0
        ? Optional.empty()
        : Optional.of(MissedRisk.of(counts, method.negatives, reviewers(error)));
  }

  Recall recall(AuditCounts counts, double error) {
    return Recall.of(counts, method.negatives, reviewers(error));
  }

  /** How well the tiers review, as their probes say: without probes, anything is possible. */
  private Reviewers reviewers(double error) {
    return new Reviewers(error(method.screen), error(method.confirm), error);
  }

  private ReviewerError error(String tier) {
    ProbeTally tally = probes.getOrDefault(tier, new ProbeTally(tier, 0L, 0L, 0L, 0L));
    return ReviewerError.probed(
        new Proportion(tally.getRecognised(), tally.getHarmful()),
        new Proportion(tally.getAccused(), tally.getHarmless()));
  }

  private List<AuditCounts> each(Subject subject) {
    return List.of(total, group(classes, subject.actionClass()), group(groups, subject.group()));
  }

  private AuditCounts group(Map<String, AuditCounts> of, String name) {
    String key = of.containsKey(name) || of.size() < MAX_GROUPS - 1 ? name : OTHER;
    return of.computeIfAbsent(key, k -> method.counts(k));
  }

  private static ProbeTally copy(ProbeTally tally) {
    return ProbeTally.newBuilder(tally).build();
  }
}
