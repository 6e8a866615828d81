/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.bench;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.policy.PolicyLoader;
import dev.weir.score.PolicyScorer;
import dev.weir.score.Scored;
import dev.weir.score.TaskView;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Looks for the action, within the limits, that takes longest to decode and score: first a list of
 * suspects, then a search that keeps the slowest and changes them. Times are CPU time of this
 * thread in ms: the least of several runs while it looks, the median of many for what it found. Run
 * it by its main method; arguments: seconds to search, seed.
 */
public final class WorstCase {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int KEPT = 24;
  private static final int REPEATS = 101;
  private static final Comparator<Found> SLOWEST = Comparator.comparingDouble(Found::ms).reversed();

  private final ActionDecoder decoder = new ActionDecoder(Replayed.LIMITS);
  private final PolicyScorer scorer = new PolicyScorer(PolicyLoader.builtIn());
  private final List<Found> worst = new ArrayList<>();
  private int tried;

  private record Found(Hostile action, double decodeMs, double scoreMs) {
    double ms() {
      return decodeMs + scoreMs;
    }
  }

  private WorstCase() {}

  /** Prints the slowest. */
  public static void main(String[] args) {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    WorstCase search = new WorstCase();
    for (int round = 0; round < 2; round++) { // the first one warms up
      search.worst.clear();
      Hostile.all().forEach(search::trial);
      search.print("suspects");
    }
    search.climb(new Random(seed), seconds);
    search.worst.replaceAll(search::median);
    search.worst.sort(SLOWEST);
    search.print("search");
  }

  private void climb(Random random, int seconds) {
    long end = THREADS.getCurrentThreadCpuTime() + seconds * 1_000_000_000L;
    while (THREADS.getCurrentThreadCpuTime() < end) {
      boolean fresh = random.nextInt(4) == 0;
      trial(
          fresh
              ? Hostile.random(random)
              : worst.get(random.nextInt(worst.size())).action().mutated(random));
    }
  }

  private void trial(Hostile action) {
    tried++;
    byte[] json = action.json();
    if (json.length > Replayed.LIMITS.recordBytes()) {
      return;
    }
    Found found = measure(action, json);
    for (int again = 0; again < 4 && isSlow(found); again++) {
      Found next = measure(action, json);
      found = next.ms() < found.ms() ? next : found;
    }
    if (isSlow(found) && worst.stream().noneMatch(w -> w.action().equals(action))) {
      worst.add(found);
      worst.sort(SLOWEST);
      if (worst.size() > KEPT) {
        worst.remove(KEPT);
      }
    }
  }

  private boolean isSlow(Found found) {
    return worst.size() < KEPT || found.ms() > worst.get(KEPT - 1).ms();
  }

  private Found median(Found found) {
    byte[] json = found.action().json();
    return Stream.generate(() -> measure(found.action(), json))
        .limit(REPEATS)
        .sorted(SLOWEST)
        .toList()
        .get(REPEATS / 2);
  }

  private Found measure(Hostile action, byte[] json) {
    long start = THREADS.getCurrentThreadCpuTime();
    Intake intake = decoder.decode(json, Replayed.ORIGIN);
    long decoded = THREADS.getCurrentThreadCpuTime();
    Scored scored = intake instanceof Action a ? scorer.score(a, TaskView.none()) : null;
    long end = THREADS.getCurrentThreadCpuTime();
    if (scored != null && scored.score().getContributions().isEmpty()) {
      throw new IllegalStateException("a score without reasons");
    }
    return new Found(action, (decoded - start) / 1e6, (end - decoded) / 1e6);
  }

  private void print(String what) {
    System.out.printf(Locale.ROOT, "%s: %,d tried; slowest in ms (decode + score)%n", what, tried);
    for (Found f : worst) {
      String shown = f.action().toString().replace("\n", "\\n").replace("\r", "\\r");
      System.out.printf(Locale.ROOT, "%8.2f + %6.2f  %s%n", f.decodeMs(), f.scoreMs(), shown);
    }
  }
}
