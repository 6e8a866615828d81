/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.schema;

import dev.weir.event.ActionEvent;
import dev.weir.event.Assessment;
import dev.weir.event.Concentration;
import dev.weir.event.DeadLetter;
import dev.weir.event.DuplicateNotice;
import dev.weir.event.Escalation;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.event.TaskRisk;
import dev.weir.state.RecentIds;
import dev.weir.state.TaskContextState;
import dev.weir.state.TaskCore;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The records that stand alone: on a topic, or in a store. */
final class Records {
  /** What is on topics. */
  static final List<Class<? extends SpecificRecord>> EVENTS =
      List.of(
          ActionEvent.class,
          Assessment.class,
          Escalation.class,
          DeadLetter.class,
          DuplicateNotice.class,
          TaskRisk.class,
          Exposure.class,
          Price.class,
          Concentration.class);

  /** What is in stores. */
  static final List<Class<? extends SpecificRecord>> STATE =
      List.of(TaskCore.class, TaskContextState.class, RecentIds.class);

  private Records() {}

  static Schema schema(Class<? extends SpecificRecord> type) {
    return SpecificData.get().getSchema(type);
  }

  static List<Class<? extends SpecificRecord>> all() {
    return Stream.concat(EVENTS.stream(), STATE.stream()).toList();
  }
}
