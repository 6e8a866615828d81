/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Topics;
import dev.weir.event.Assessment;
import dev.weir.event.DeadLetter;
import dev.weir.event.DuplicateNotice;
import dev.weir.event.TaskRisk;
import dev.weir.topology.Codecs;
import dev.weir.wire.MalformedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what the monitors committed, as anyone could, and adds up what became of each record. */
final class Ledger implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Map<Place, List<String>> ends = new HashMap<>();
  private final List<Assessment> assessments = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final List<DuplicateNotice> duplicates = new ArrayList<>();
  private final Map<String, TaskRisk> taskRisks = new HashMap<>();
  private final Map<String, Long> told = new HashMap<>();
  private final Map<String, Long> booked = new HashMap<>();
  private long rekeyed;

  Ledger(String bootstrapServers, Topics topics) {
    this.topics = topics;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                5000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(
            topics.assessments(),
            topics.deadLetters(),
            topics.duplicates(),
            topics.taskRisk(),
            topics.exposure(),
            topics.ledger(),
            topics.rekey())) {
      consumer
          .partitionsFor(topic)
          .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on until {@code met}; fails at the deadline. */
  void await(String what, Predicate<Ledger> met) throws Exception {
    Await.until(
        what,
        () -> {
          consumer.poll(POLL).forEach(this::add);
          return met.test(this);
        },
        this::toString);
  }

  /** Reads on until every record at {@code places} has an outcome. */
  void awaitAll(Collection<Place> places) throws Exception {
    Set<Place> left = new HashSet<>(places);
    await(
        "an outcome of every record",
        ledger -> {
          left.removeAll(ends.keySet());
          return left.isEmpty();
        });
  }

  /** Reads what is committed now. */
  void drain() throws Exception {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    await(
        "the end of what is committed",
        ledger ->
            ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    byte[] value = record.value();
    if (topic.equals(topics.assessments())) {
      Assessment a = Codecs.ASSESSMENT.decode(value);
      assessments.add(a);
      end(new Place(a.getTopic(), a.getPartition(), a.getOffset()), "assessment");
    } else if (topic.equals(topics.deadLetters())) {
      DeadLetter d = Codecs.DEAD_LETTER.decode(value);
      deadLetters.add(d);
      end(new Place(d.getTopic(), d.getPartition(), d.getOffset()), "dead letter");
    } else if (topic.equals(topics.duplicates())) {
      DuplicateNotice n = Codecs.DUPLICATE.decode(value);
      duplicates.add(n);
      end(new Place(n.getTopic(), n.getPartition(), n.getOffset()), "duplicate");
    } else if (topic.equals(topics.rekey())) {
      rekeyed++;
    } else if (topic.equals(topics.exposure())) {
      tell(record);
    } else if (topic.equals(topics.ledger())) {
      booked.put(new String(record.key(), UTF_8), Codecs.LEDGER.decode(value).getActions());
    } else if (value != null) {
      TaskRisk risk = Codecs.TASK_RISK.decode(value);
      taskRisks.put(risk.getTaskId(), risk);
    }
  }

  /** What is no exposure is a stray, and told as a dead letter. */
  private void tell(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    try {
      long actions = Codecs.EXPOSURE.decode(record.value()).getActions();
      told.put(new String(record.key(), UTF_8), actions);
    } catch (MalformedRecordException stray) {
      told.remove(new String(record.key(), UTF_8));
    }
  }

  private void end(Place place, String outcome) {
    ends.computeIfAbsent(place, unused -> new ArrayList<>(1)).add(outcome);
  }

  /** Reads on until the hours add up to what partitions told last: no more, and no less. */
  void awaitHours() throws Exception {
    await("hours that add up", ledger -> sum(ledger.told) > 0 && sum(told) == sum(booked));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  List<Assessment> assessments() {
    return assessments;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  List<DuplicateNotice> duplicates() {
    return duplicates;
  }

  /** Records on the re-key topic. */
  long rekeyed() {
    return rekeyed;
  }

  /** What became of the record at {@code place}, in the order in which it did. */
  List<String> of(Place place) {
    return ends.getOrDefault(place, List.of());
  }

  /** Invariant 1: each record ended in exactly one outcome, and nothing else did. */
  void assertOneOutcomeOfEach(Collection<Place> places) {
    assertThat(ends.keySet()).as("records with an outcome").hasSameElementsAs(places);
    assertThat(ends.entrySet().stream().filter(end -> end.getValue().size() != 1).toList())
        .as("records with several outcomes")
        .isEmpty();
  }

  /** Folds are exact: the n assessments of a task count 1 to n in the order of the log. */
  void assertFoldsExact() {
    Map<String, List<Long>> counts = new LinkedHashMap<>();
    for (Assessment a : assessments) {
      counts.computeIfAbsent(a.getTaskId(), task -> new ArrayList<>()).add(a.getTaskActions());
    }
    counts.forEach(
        (task, seen) -> {
          for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i) != i + 1) {
              throw new AssertionError("task %s counts %s".formatted(task, seen));
            }
          }
          assertThat(taskRisks.get(task).getActions()).as(task).isEqualTo(seen.size());
        });
  }

  @Override
  public String toString() {
    return "%d assessments, %d dead letters, %d duplicates, %d rekeyed, %d told and %d booked by the hour"
        .formatted(
            assessments.size(),
            deadLetters.size(),
            duplicates.size(),
            rekeyed,
            sum(told),
            sum(booked));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
