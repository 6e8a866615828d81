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
import dev.weir.event.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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
   * @param line of its last action
   * @param lastMs when that occurred, epoch ms
   * @param actions at least one, as JSON, without {@code truth}
   * @param harmful whether its last action is
   */
  record Probe(long line, long lastMs, List<ObjectNode> actions, boolean harmful) {
    String taskId() {
      return actions.get(0).path("task_id").asText();
    }

    /**
     * Its actions as they would come in another place, the last one in that phase.
     *
     * @param name what its identifiers are called there
     * @param last where the last one stands, and when the broker appended it
     * @return none if one of them is refused
     */
    List<Action> actions(
        UnaryOperator<String> name, Origin last, Phase phase, ActionDecoder decoder) {
      List<Action> come = new ArrayList<>();
      int left = actions.size();
      for (ObjectNode tree : actions) {
        left--;
        Origin origin =
            new Origin(
                last.topic(),
                last.partition(),
                Math.max(0, last.offset() - left),
                last.receivedMs() - left);
        ObjectNode renamed = renamed(tree, name);
        if (left == 0) {
          renamed.put("phase", phase.name());
        }
        if (!(decoder.decode(bytes(renamed), origin) instanceof Action action)) {
          return List.of();
        }
        come.add(action);
      }
      return come;
    }

    private static ObjectNode renamed(ObjectNode tree, UnaryOperator<String> name) {
      ObjectNode renamed = tree.deepCopy();
      for (String field : IDS) {
        if (renamed.path(field).isTextual()) {
          renamed.put(field, name.apply(renamed.path(field).textValue()));
        }
      }
      return renamed;
    }
  }

  /**
   * What a log of probes holds.
   *
   * @param bank of what is good
   * @param faults of what is not, in the order of lines
   */
  public record Reading(ProbeBank bank, List<ProbeException> faults) {}

  /** A task whose lines are still read. */
  private static final class Draft {
    final List<ObjectNode> actions = new ArrayList<>();
    long line;
    long lastMs;
    JsonNode truth = MissingNode.getInstance();
  }

  /** The lines of a file's text, blank ones too. */
  public static List<byte[]> lines(String text) {
    return text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /**
   * The probes of a log of JSON lines.
   *
   * @param lines one action each, in their order; blank ones count as lines alone
   * @throws ProbeException if a line is no action, or the last one of a task has no truth, or its
   *     identifier cannot be varied
   */
  public static ProbeBank of(Iterable<byte[]> lines, ActionDecoder decoder) {
    Reading reading = read(lines, decoder);
    if (!reading.faults().isEmpty()) {
      throw reading.faults().get(0);
    }
    return reading.bank();
  }

  /** The same, with all that is no good instead of the first of it. */
  public static Reading read(Iterable<byte[]> lines, ActionDecoder decoder) {
    Map<String, Draft> tasks = new LinkedHashMap<>();
    List<ProbeException> faults = new ArrayList<>();
    long number = 0;
    int actions = 0;
    for (byte[] line : lines) {
      number++;
      if (isBlank(line)) {
        continue;
      }
      actions++;
      if (actions > MAX_ACTIONS) {
        faults.add(
            new ProbeException(
                number, "more than %,d actions; leave some out".formatted(MAX_ACTIONS)));
        break;
      }
      try {
        add(tasks, line, number, decoder);
      } catch (ProbeException e) {
        faults.add(e);
      }
    }
    List<Probe> probes = new ArrayList<>();
    tasks.forEach(
        (taskId, draft) -> {
          try {
            probes.add(probe(taskId, draft));
          } catch (ProbeException e) {
            faults.add(e);
          }
        });
    faults.sort(Comparator.comparing(ProbeException::line));
    return new Reading(new ProbeBank(List.copyOf(probes)), List.copyOf(faults));
  }

  private static void add(
      Map<String, Draft> tasks, byte[] line, long number, ActionDecoder decoder) {
    Intake intake = decoder.decode(line, NOWHERE);
    if (intake instanceof Refusal refusal) {
      throw new ProbeException(number, refusal.detail());
    }
    Action action = (Action) intake;
    ObjectNode tree = tree(line, number);
    Draft draft = tasks.computeIfAbsent(action.event().getTaskId(), id -> new Draft());
    draft.line = number;
    draft.lastMs = action.event().getOccurredAt().toEpochMilli();
    draft.truth = tree.path("truth").path("harmful");
    tree.remove("truth");
    draft.actions.add(tree);
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
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
    return new Probe(
        draft.line, draft.lastMs, List.copyOf(draft.actions), draft.truth.booleanValue());
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
