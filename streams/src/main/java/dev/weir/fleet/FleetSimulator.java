/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A simulated fleet of agents: coders, support, research, operations, finance and ML engineers work
 * on tasks that run side by side. Risk is concentrated, as it is in life: most actions are harmless
 * reads, few are large and wanted, about one in 1,500 is a catastrophe. What is which stands under
 * "truth", which no scorer may read.
 *
 * <p>Invariant: equal settings give equal bytes; every iterator starts anew. No clock is read:
 * times follow from the settings' start. Records come in order of publication; an action's own time
 * may lie earlier. Memory is bounded by the tasks that are live at once (some hundred at the usual
 * rate), not by the number of tasks.
 */
public final class FleetSimulator implements Iterable<SimulatedAction> {
  /** Mean calls of a task, for turning a rate of actions into one of tasks. */
  private static final double MEAN_CALLS = 10;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private final FleetSettings settings;

  /** The usual fleet, starting 2026-01-01T00:00:00Z. */
  public FleetSimulator(long seed, int tasks) {
    this(FleetSettings.of(seed, tasks, Instant.parse("2026-01-01T00:00:00Z")));
  }

  public FleetSimulator(FleetSettings settings) {
    this.settings = settings;
  }

  @Override
  public Iterator<SimulatedAction> iterator() {
    return new Run(settings);
  }

  /** The same as a sequential stream. */
  public Stream<SimulatedAction> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  private record Planned(Instant publishAt, long number, SimulatedAction action) {}

  private static final class Run implements Iterator<SimulatedAction> {
    private final FleetSettings settings;
    private final String prefix;
    private final SplittableRandom arrivals;
    private final PriorityQueue<Planned> planned =
        new PriorityQueue<>(
            Comparator.comparing(Planned::publishAt).thenComparing(Planned::number));
    private Instant nextTask;
    private int started;
    private long number;

    Run(FleetSettings settings) {
      this.settings = settings;
      this.arrivals = new SplittableRandom(settings.seed());
      // Two runs on one topic must not share ids unless they share bytes.
      long run = mix(settings.seed() ^ mix(settings.start().toEpochMilli()));
      this.prefix = "t" + Long.toHexString(run | Long.MIN_VALUE).substring(8) + "-";
      this.nextTask = settings.start();
    }

    @Override
    public boolean hasNext() {
      return started < settings.tasks() || !planned.isEmpty();
    }

    @Override
    public SimulatedAction next() {
      Planned first = planned.peek();
      while (started < settings.tasks()
          && (first == null || !nextTask.isAfter(first.publishAt()))) {
        startTask();
        first = planned.peek();
      }
      if (first == null) {
        throw new NoSuchElementException();
      }
      planned.remove();
      return first.action();
    }

    private void startTask() {
      long seed = mix(settings.seed() + mix(started));
      Story story = new Story(seed, settings.harmfulTasks());
      Scene flaws = new Scene(mix(seed)); // of their own, so that they change no action
      String taskId = prefix + started;
      ObjectNode agent = ActionJson.agent(story.scene, story.archetype.kind());
      Instant at = nextTask;
      for (int i = 0; i < story.calls.size(); i++) {
        Call call = story.calls.get(i);
        String eventId = taskId + "-" + i;
        String objective = i == 0 ? story.archetype.objective() : "";
        byte[] json =
            ActionJson.write(call, new ActionJson.Setting(taskId, eventId, agent, at), objective);
        publish(flaws, at, new SimulatedAction(taskId, eventId, json, call.harmful));
        at = at.plus(pause(story.scene, 12));
      }
      started++;
      double tasksPerSecond = settings.actionsPerSecond() / MEAN_CALLS;
      nextTask = nextTask.plus(wait(arrivals.nextDouble(), 1 / tasksPerSecond));
    }

    private void publish(Scene flaws, Instant at, SimulatedAction action) {
      Instant when =
          flaws.chance(settings.outOfOrder()) ? at.plusSeconds(flaws.between(30, 120)) : at;
      plan(when, action);
      if (flaws.chance(settings.duplicates())) {
        plan(when.plus(pause(flaws, 3)), action);
      }
      if (flaws.chance(settings.malformed())) {
        byte[] broken = ActionJson.spoil(action.json(), flaws.between(0, 4));
        plan(when, new SimulatedAction(action.taskId(), "", broken, false));
      }
    }

    private void plan(Instant when, SimulatedAction action) {
      planned.add(new Planned(when, number++, action));
    }

    private static Duration pause(Scene scene, double meanSeconds) {
      Duration pause = wait(scene.unit(), meanSeconds).plusMillis(200);
      return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Exponential waiting time by inversion, in whole milliseconds. */
    private static Duration wait(double uniform, double meanSeconds) {
      return Duration.ofMillis(Math.round(-1000 * meanSeconds * StrictMath.log1p(-uniform)));
    }

    /** SplitMix64's finaliser (Steele, Lea, Flood 2014): neighbours become unrelated. */
    private static long mix(long value) {
      long z = value + 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }
  }
}
