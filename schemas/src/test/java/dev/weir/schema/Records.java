/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.schema;

import dev.weir.event.ActionEvent;
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
import dev.weir.event.SignalRow;
import dev.weir.event.TaskRisk;
import dev.weir.event.Verdict;
import dev.weir.state.TaskProvenance;
import java.io.File;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The records that stand alone: on a topic, or in a store. */
final class Records {
  /** What is on topics, and in exports. */
  static final List<Class<? extends SpecificRecord>> EVENTS =
      List.of(
          ActionEvent.class,
          Assessment.class,
          Escalation.class,
          EscalationEnded.class,
          DeadLetter.class,
          DuplicateNotice.class,
          TaskRisk.class,
          Exposure.class,
          Price.class,
          Concentration.class,
          ChanceEpoch.class,
          LedgerHour.class,
          PolicyDocument.class,
          PolicyPointer.class,
          ShadowSample.class,
          Verdict.class,
          Disposition.class,
          Handover.class,
          ExpiryNotice.class,
          GrantNotice.class,
          Reviewer.class,
          Grant.class,
          Signal.class,
          SignalRow.class,
          Outcome.class,
          AgentExposure.class,
          AgentProfile.class,
          AuditReport.class,
          AgentRecord.class);

  /** What is in a store of its own, and a part of another record too. */
  private static final List<Class<? extends SpecificRecord>> BOTH = List.of(TaskProvenance.class);

  private Records() {}

  /** What is in stores: the records of dev.weir.state that are not only a part of another. */
  static List<Class<? extends SpecificRecord>> state() {
    List<Class<? extends SpecificRecord>> records =
        compiled("dev.weir.state").stream()
            .filter(SpecificRecord.class::isAssignableFrom)
            .<Class<? extends SpecificRecord>>map(type -> type.asSubclass(SpecificRecord.class))
            .toList();
    Map<String, Schema> parts = new TreeMap<>();
    for (Class<? extends SpecificRecord> type : records) {
      schema(type).getFields().forEach(field -> Types.walk(field.schema(), parts));
    }
    return records.stream()
        .filter(type -> !parts.containsKey(type.getName()) || BOTH.contains(type))
        .toList();
  }

  static List<Class<? extends SpecificRecord>> all() {
    return Stream.concat(EVENTS.stream(), state().stream()).toList();
  }

  static Schema schema(Class<? extends SpecificRecord> type) {
    return SpecificData.get().getSchema(type);
  }

  /** All types of a package that were generated from the schemas, by name. */
  static List<Class<?>> compiled(String packageName) {
    List<Class<?>> types = new ArrayList<>();
    try {
      File classes =
          new File(ActionEvent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      String[] files = new File(classes, packageName.replace('.', '/')).list();
      Arrays.sort(files);
      for (String file : files) {
        if (file.endsWith(".class") && !file.contains("$")) {
          types.add(Class.forName(packageName + "." + file.substring(0, file.length() - 6)));
        }
      }
    } catch (URISyntaxException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
    return types;
  }
}
