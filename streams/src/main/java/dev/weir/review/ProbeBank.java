/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Actions whose right verdict is known, to be planted among those that reviewers are asked about.
 *
 * <p>Each is a task: the actions of one {@code task_id}, of which the last is judged and those
 * before are its context. {@code truth.harmful} of the last says what the verdict should be.
 * Immutable once made: its trees are never changed.
 */
public final class ProbeBank {
  /** No probe. */
  public static final ProbeBank NONE = new ProbeBank(List.of());

  /** Most actions. */
  public static final int MAX_ACTIONS = 100_000;

  /** Fields that hold identifiers. */
  static final List<String> IDS =
      List.of(
          "task_id",
          "event_id",
          "proposal_id",
          "parent_event_id",
          "trace_id",
          "span_id",
          "conversation_id");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Origin NOWHERE = new Origin("probes", 0, 0, Long.MAX_VALUE / 2);

  private final List<Probe> probes;

  private ProbeBank(List<Probe> probes) {
    this.probes = probes;
  }

  /**
   * One task.
   *
   * @param actions at least one, as JSON, without {@code truth}
   * @param harmful whether its last action is
   */
  record Probe(List<ObjectNode> actions, boolean harmful) {}

  /** A task whose lines are still read. */
  private static final class Draft {
    final List<ObjectNode> actions = new ArrayList<>();
    long line;
    JsonNode truth = MissingNode.getInstance();
  }

  /**
   * The probes of a log of JSON lines.
   *
   * @param lines one action each, in their order
   * @throws ProbeException if a line is no action, or the last one of a task has no truth, or its
   *     identifier cannot be varied
   */
  public static ProbeBank of(Iterable<byte[]> lines, ActionDecoder decoder) {
    Map<String, Draft> tasks = new LinkedHashMap<>();
    long number = 0;
    for (byte[] line : lines) {
      number++;
      if (number > MAX_ACTIONS) {
        throw new ProbeException(
            number, "more than %,d actions; leave some out".formatted(MAX_ACTIONS));
      }
      Intake intake = decoder.decode(line, NOWHERE);
      if (intake instanceof Refusal refusal) {
        throw new ProbeException(number, refusal.detail());
      }
      Action action = (Action) intake;
      ObjectNode tree = tree(line, number);
      Draft draft = tasks.computeIfAbsent(action.event().getTaskId(), id -> new Draft());
      draft.line = number;
      draft.truth = tree.path("truth").path("harmful");
      tree.remove("truth");
      draft.actions.add(tree);
    }
    List<Probe> probes = new ArrayList<>();
    tasks.forEach((taskId, draft) -> probes.add(probe(taskId, draft)));
    return new ProbeBank(List.copyOf(probes));
  }

  private static ObjectNode tree(byte[] line, long number) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode tree) {
        return tree;
      }
    } catch (IOException e) {
      throw new ProbeException(number, "it is no JSON");
    }
    throw new ProbeException(number, "it is no JSON object");
  }

  private static Probe probe(String taskId, Draft draft) {
    if (!draft.truth.isBoolean()) {
      throw new ProbeException(
          draft.line,
          "the last action of task '%s' says no \"truth\":{\"harmful\":true} or false"
              .formatted(taskId));
    }
    if (!Aliases.varies(taskId)) {
      throw new ProbeException(
          draft.line,
          "task_id '%s' has no part of %d letters and digits with a digit, so there is no other of its shape"
              .formatted(taskId, Aliases.LEAST));
    }
    return new Probe(List.copyOf(draft.actions), draft.truth.booleanValue());
  }

  /** How many tasks there are. */
  public int size() {
    return probes.size();
  }

  Probe get(int index) {
    return probes.get(index);
  }

  /** An action of JSON, at another time. */
  static byte[] retimed(byte[] action, Instant time) {
    ObjectNode tree = tree(action, 0);
    if (tree.path("occurred_at").isNumber()) {
      tree.put("occurred_at", time.toEpochMilli());
    } else {
      tree.put("occurred_at", time.toString());
    }
    return bytes(tree);
  }

  static byte[] bytes(ObjectNode tree) {
    try {
      return JSON.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree that was read can be written
    }
  }
}
