/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Phase;
import dev.weir.policy.publish.Publication;
import dev.weir.topology.Codecs;
import dev.weir.topology.Placement;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An action as it was assessed some time ago, and what became of it.
 *
 * @param assessment as it stands on the topic
 * @param partition of the topic of assessments
 * @param offset there
 * @param disposition the final one; null if it was no proposal, or none is on the topic
 */
record PastAction(
    Assessment assessment, int partition, long offset, @Nullable DispositionKind disposition) {

  /**
   * Which action is meant.
   *
   * @param taskId of its task
   * @param eventId its own
   * @param digest beginning of its digest in hexadecimal, "" for any
   * @param since no earlier one is looked at
   */
  record Wanted(String taskId, String eventId, String digest, Instant since) {
    boolean is(Assessment assessment) {
      return assessment.getTaskId().equals(taskId)
          && assessment.getEventId().equals(eventId)
          && hex(assessment).startsWith(digest);
    }

    @Override
    public String toString() {
      return "%s of task %s".formatted(eventId, taskId)
          + (digest.isEmpty() ? "" : " with digest " + digest);
    }
  }

  /** Finds an action among all of its task's partition. */
  static PastAction find(WeirConfig config, Wanted wanted) {
    try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config)) {
      Search search = new Search(consumer, config, wanted);
      PastAction found = search.assessment();
      return new PastAction(
          found.assessment, found.partition, found.offset, search.disposition(found.assessment));
    }
  }

  private static String hex(Assessment assessment) {
    return Publication.hex(assessment.getDigest());
  }

  /** One search, by a consumer of its own. */
  private static final class Search {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final WeirConfig config;
    private final Wanted wanted;
    private @Nullable PastAction found;
    private @Nullable DispositionKind disposition;

    Search(KafkaConsumer<byte[], byte[]> consumer, WeirConfig config, Wanted wanted) {
      this.consumer = consumer;
      this.config = config;
      this.wanted = wanted;
    }

    PastAction assessment() {
      String topic = config.topics().assessments();
      read(topic, wanted.since, Codecs.ASSESSMENT, this::assessment);
      if (found == null) {
        throw new CommandFailedException(
            "no assessment of %s is on %s since %s; it may be older than the topic keeps"
                .formatted(wanted, topic, wanted.since));
      }
      return found;
    }

    private void assessment(ConsumerRecord<byte[], byte[]> record, Assessment assessment) {
      if (!wanted.is(assessment)) {
        return;
      }
      if (found != null && !found.assessment.getDigest().equals(assessment.getDigest())) {
        throw new CommandFailedException(
            "there are several actions %s: --digest tells %s from %s"
                .formatted(wanted, hex(found.assessment), hex(assessment)));
      }
      found = new PastAction(assessment, record.partition(), record.offset(), null);
    }

    /** Of a proposal, the last one that is final. */
    @Nullable DispositionKind disposition(Assessment of) {
      if (of.getPhase() != Phase.PROPOSED) {
        return null;
      }
      read(
          config.topics().dispositions(),
          of.getReceivedAt(),
          Codecs.DISPOSITION,
          (record, one) -> {
            if (isOf(one, of) && one.getKind() != DispositionKind.HELD) {
              disposition = one.getKind();
            }
          });
      return disposition;
    }

    private static boolean isOf(Disposition disposition, Assessment assessment) {
      return disposition.getTaskId().equals(assessment.getTaskId())
          && disposition.getEventId().equals(assessment.getEventId())
          && disposition.getDigest().equals(assessment.getDigest());
    }

    /** Hands over what of the task's partition is there now, from a time on. */
    private <T extends SpecificRecord> void read(
        String topic,
        Instant since,
        SingleObject<T> codec,
        BiConsumer<ConsumerRecord<byte[], byte[]>, T> taker) {
      List<TopicPartition> all = Clients.partitions(consumer, topic);
      TopicPartition home = all.get(new Placement(all.size()).of(wanted.taskId));
      Clients.readSince(
          consumer,
          List.of(home),
          since,
          record -> {
            T value = decoded(codec, record.value());
            if (value != null) {
              taker.accept(record, value);
            }
          });
    }

    private static <T extends SpecificRecord> @Nullable T decoded(
        SingleObject<T> codec, byte @Nullable [] value) {
      try {
        return value == null ? null : codec.decode(value);
      } catch (MalformedRecordException e) {
        return null; // a stranger's
      }
    }
  }
}
