/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.action.Action;
import dev.weir.event.ActionEvent;
import dev.weir.state.Bucket;
import dev.weir.state.Remembered;
import dev.weir.state.TaskCore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds one action into its task's state. The clock never runs backwards: it takes {@code max(last,
 * min(occurred_at, append time + allowance))}. Decayed mass is halved for each half-life of that
 * clock; an action that comes late adds its mass whole, so no date makes it count less. Total:
 * never throws on a validated action and a finite score.
 */
public final class TaskFold {
  static final int MAX_BUCKETS = 32;
  static final int MAX_WORST = 3;
  private static final int MAX_NAME = 64;
  private static final int LOWEST_BUCKET = -16;

  private final FoldRules rules;
  private final HalfLife halfLife;

  public TaskFold(FoldRules rules) {
    this.rules = rules;
    this.halfLife = new HalfLife(rules.halfLifeMs());
  }

  /**
   * Folds {@code action}, whose risk is log10 LU and mass LU; a mass of 0 counts the action and
   * adds nothing else. Changes and returns {@code before}, or makes a task.
   */
  public Folded fold(@Nullable TaskCore before, Action action, double risk, double mass) {
    ActionEvent event = action.event();
    long occurredMs = event.getOccurredAt().toEpochMilli();
    long believedMs = rules.believed(occurredMs, action.origin().receivedMs());
    TaskCore core = before == null ? open(action, believedMs) : before;
    double massBefore = before == null ? Double.NaN : core.getMass();

    long clockMs = Math.max(core.getLastSeenMs(), believedMs);
    long behindMs = core.getLastSeenMs() - occurredMs;
    Timing timing = new Timing(clockMs, behindMs > 0, behindMs > rules.latenessMs());

    double kept = halfLife.kept(clockMs - core.getLastSeenMs());
    core.setDecayedMass(core.getDecayedMass() * kept + mass);
    double unreviewedBefore =
        TaskLine.count(core, kept, TaskLine.isOpeners(core, action) ? mass : 0);
    core.setLastSeenMs(clockMs);
    core.setActions(core.getActions() + 1);
    if (mass > 0) {
      core.setMass(core.getMass() + mass);
      core.setMaxRisk(Math.max(core.getMaxRisk(), risk));
      count(core.getHistogram(), risk, mass);
      keepIfWorst(core.getWorst(), action, risk);
    }
    return new Folded(core, timing, massBefore, unreviewedBefore);
  }

  /** The partition's clock as {@code action} shows it, epoch ms. */
  public long partitionTime(Action action) {
    return rules.partitionTime(
        action.event().getOccurredAt().toEpochMilli(), action.origin().receivedMs());
  }

  /** {@code event} in short, with at most {@code maxArguments} characters of its arguments. */
  static Remembered remember(Action action, double risk, int maxArguments) {
    ActionEvent event = action.event();
    String arguments =
        event.getArguments() != null ? event.getArguments() : event.getArgumentsRaw();
    return new Remembered(
        event.getEventId(),
        cut(event.getAgent().getId(), MAX_NAME),
        cut(event.getTool().getName(), MAX_NAME),
        arguments == null ? "" : cut(arguments, maxArguments),
        event.getOccurredAt().toEpochMilli(),
        risk,
        ByteBuffer.wrap(action.digest()));
  }

  private static TaskCore open(Action action, long timeMs) {
    return new TaskCore(
        action.event().getAgent().getId(),
        action.source(),
        0L,
        0L,
        0.0,
        0.0,
        Double.NEGATIVE_INFINITY,
        timeMs,
        timeMs,
        Long.MIN_VALUE,
        new ArrayList<>(4),
        new ArrayList<>(MAX_WORST),
        0.0,
        0L,
        0,
        0L);
  }

  private static void count(List<Bucket> histogram, double risk, double mass) {
    int index =
        Math.max(LOWEST_BUCKET, Math.min(LOWEST_BUCKET + MAX_BUCKETS - 1, (int) Math.floor(risk)));
    int at = 0;
    while (at < histogram.size() && histogram.get(at).getIndex() < index) {
      at++;
    }
    if (at < histogram.size() && histogram.get(at).getIndex() == index) {
      Bucket bucket = histogram.get(at);
      bucket.setCount(bucket.getCount() + 1);
      bucket.setMass(bucket.getMass() + mass);
    } else {
      histogram.add(at, new Bucket(index, 1L, mass));
    }
  }

  private static void keepIfWorst(List<Remembered> worst, Action action, double risk) {
    int at = worst.size();
    while (at > 0 && worst.get(at - 1).getRisk() < risk) {
      at--;
    }
    if (at >= MAX_WORST) {
      return;
    }
    worst.add(at, remember(action, risk, 0));
    if (worst.size() > MAX_WORST) {
      worst.remove(MAX_WORST);
    }
  }

  static String cut(String text, int maxChars) {
    if (text.length() <= maxChars) {
      return text;
    }
    boolean splitsPair = maxChars > 0 && Character.isHighSurrogate(text.charAt(maxChars - 1));
    return text.substring(0, splitsPair ? maxChars - 1 : maxChars);
  }
}
