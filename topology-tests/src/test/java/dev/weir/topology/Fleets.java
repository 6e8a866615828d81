/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.fleet.FleetSettings;
import dev.weir.fleet.FleetSimulator;
import dev.weir.fleet.SimulatedAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Logs of simulated fleets, for properties. */
final class Fleets {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fleets() {}

  /** One record of a task's log, with the broker's time of it. */
  record Logged(String taskId, byte[] value, Instant receivedAt) {}

  /** Where every fifth record or so is flawed. */
  static FleetSettings flawed(long seed, int tasks) {
    return FleetSettings.of(seed, tasks, Flume.NOON).withFlaws(0.2, 0.2, 0.2).withHarmfulTasks(0.3);
  }

  /** Without flaws, where a third of the tasks ends in harm. */
  static FleetSettings harmful(long seed, int tasks) {
    return FleetSettings.of(seed, tasks, Flume.NOON).withFlaws(0, 0, 0).withHarmfulTasks(0.3);
  }

  /** Each task's own log. A broker's time belongs to the record, whatever lies between. */
  static Map<String, List<Logged>> logs(FleetSettings settings) {
    Map<String, List<Logged>> logs = new LinkedHashMap<>();
    for (SimulatedAction action : new FleetSimulator(settings)) {
      List<Logged> log = logs.computeIfAbsent(action.taskId(), id -> new ArrayList<>());
      Instant receivedAt = Flume.NOON.plusSeconds(7L * log.size());
      log.add(new Logged(action.taskId(), action.json(), receivedAt));
    }
    return logs;
  }

  /** One partition's log: the tasks' logs in some order of turns, each in its own order. */
  static List<Logged> interleaved(Map<String, List<Logged>> logs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Deque<Logged>> open = new ArrayList<>();
    logs.values().forEach(log -> open.add(new ArrayDeque<>(log)));
    List<Logged> all = new ArrayList<>();
    while (!open.isEmpty()) {
      int turn = random.nextInt(open.size());
      Deque<Logged> log = open.get(turn);
      for (int run = 1 + random.nextInt(5); run > 0 && !log.isEmpty(); run--) {
        all.add(log.remove());
      }
      if (log.isEmpty()) {
        open.remove(turn);
      }
    }
    return all;
  }

  static ObjectNode parse(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
