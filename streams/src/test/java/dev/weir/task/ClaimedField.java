/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.event.ActionEvent;
import dev.weir.event.ToolAnnotations;
import dev.weir.policy.Attestable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A field of the action event that says something about the action, and is not the action itself:
 * it may be left out, and set to what flatters. Read off the schema, so that a new field is one too
 * until it is said to be content.
 *
 * @param path its name, dotted
 * @param type its type, without null
 * @param leftOut what it is where it is left out
 */
record ClaimedField(String path, Schema type, @Nullable Object leftOut) {
  /**
   * What is no claim, for without it the record tells of something else: identifiers and time are
   * required, tool and arguments are the call, and an excerpt is what the task has met: it may make
   * a later value known, which lowers a score, or foreign, which raises it.
   */
  static final Set<String> CONTENT =
      Set.of(
          "event_id",
          "occurred_at",
          "task_id",
          "tool.name",
          "arguments",
          "arguments_raw",
          "result.excerpt");

  /** All of them, in the schema's order. */
  static final List<ClaimedField> ALL = all();

  private static final Map<String, Attestable> ATTESTED =
      Map.of(
          "agent", Attestable.AGENT,
          "objective", Attestable.OBJECTIVE,
          "environment", Attestable.ENVIRONMENT,
          "tool.server", Attestable.ANNOTATIONS,
          "tool.type", Attestable.ANNOTATIONS,
          "tool.annotations", Attestable.ANNOTATIONS,
          "trust", Attestable.TRUST,
          "cost", Attestable.COST,
          "attributes", Attestable.ATTRIBUTES,
          "phase", Attestable.PHASE);

  /** What a source must be able to attest for the field to lower a score; null: none ever may. */
  @Nullable Attestable attestable() {
    String parent = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : path;
    return ATTESTED.getOrDefault(path, ATTESTED.get(parent));
  }

  boolean isObjective() {
    return path.equals("objective");
  }

  /** Values that fit its type, as an author may invent them. */
  List<Object> values() {
    return switch (type.getType()) {
      case STRING -> List.of("good", "safe", "small", "x", "root", "", "OK", "default");
      case BOOLEAN -> List.of(true, false);
      case DOUBLE -> List.of(0.0, 1e9, 0.25);
      case LONG -> List.of(0L, Long.MAX_VALUE);
      case ENUM -> List.copyOf(symbols());
      case MAP -> List.of(Map.of("ok", "1"), Map.of("approved", "true", "risk", "none"));
      default -> throw new IllegalStateException(path + " is a " + type + ": say what to try");
    };
  }

  private List<Object> symbols() {
    SpecificData data = SpecificData.getForClass(ActionEvent.class);
    List<Object> all = new ArrayList<>();
    type.getEnumSymbols().forEach(symbol -> all.add(data.createEnum(symbol, type)));
    return all;
  }

  /** Sets the field; nothing where what it belongs to is not there, but hints, which then are. */
  void set(ActionEvent event, @Nullable Object value) {
    SpecificRecord at = event;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      if (at == event.getTool() && event.getTool().getAnnotations() == null && value != null) {
        event.getTool().setAnnotations(new ToolAnnotations());
      }
      Object inner = at.get(at.getSchema().getField(names[i]).pos());
      if (inner == null) {
        return;
      }
      at = (SpecificRecord) inner;
    }
    at.put(at.getSchema().getField(names[names.length - 1]).pos(), value);
  }

  /** Leaves the field out. */
  void clear(ActionEvent event) {
    set(event, leftOut);
  }

  /** The event as it is without any of them. */
  static ActionEvent bare(ActionEvent event) {
    ActionEvent copy = ActionEvent.newBuilder(event).build();
    for (ClaimedField field : ALL) {
      if (!field.path.equals("agent.id")) {
        field.clear(copy);
      }
    }
    return copy;
  }

  private static List<ClaimedField> all() {
    List<ClaimedField> found = new ArrayList<>();
    collect("", ActionEvent.getClassSchema(), found);
    return List.copyOf(found);
  }

  private static void collect(String prefix, Schema record, List<ClaimedField> found) {
    for (Schema.Field field : record.getFields()) {
      Schema type = withoutNull(field.schema());
      String path = prefix + field.name();
      if (type.getType() == Schema.Type.RECORD) {
        collect(path + ".", type, found);
      } else if (!CONTENT.contains(path)) {
        Object otherwise =
            field.hasDefaultValue()
                ? SpecificData.getForClass(ActionEvent.class).getDefaultValue(field)
                : "";
        found.add(new ClaimedField(path, type, otherwise));
      }
    }
  }

  private static Schema withoutNull(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream()
            .filter(type -> type.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : schema;
  }

  @Override
  public String toString() {
    return path;
  }
}
