/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.Escalation;
import dev.weir.event.EscalationEnded;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.reviewer.Counts.Skip;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the escalations of one tier, has several judged at a time, signs and publishes the answers.
 *
 * <p>Invariant: a verdict and the progress that says so are committed in one transaction, so no
 * escalation is lost and none is answered twice, whenever the process ends. Escalations are judged
 * by what is urgent: those that somebody waits for by deadline, then the waiting queue by risk.
 */
public final class ReviewWorker {
  private static final SingleObject<Escalation> ESCALATION = SingleObject.of(Escalation.class);
  private static final SingleObject<EscalationEnded> ENDED = SingleObject.of(EscalationEnded.class);
  private static final SingleObject<Verdict> VERDICT = SingleObject.of(Verdict.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long COMMIT_EVERY_MS = 1000;
  private static final int MAX_FAILURES = 5;

  /**
   * What a worker works on.
   *
   * @param topics that it reads
   * @param verdicts topic that it writes
   * @param concurrency how many it has judged at a time, at least 1
   * @param once whether it ends when it has answered all that was there when it began
   */
  public record Job(List<String> topics, String verdicts, int concurrency, boolean once) {}

  /** Hears of answers once they are committed. */
  @FunctionalInterface
  public interface Progressed {
    /** An escalation was answered. */
    void answered(Escalation escalation, Draft draft);
  }

  /** What came of a task; no draft if the worker was ended before. */
  private record Finished(Backlog.Task task, @Nullable Draft draft) {}

  private final Job job;
  private final Identity identity;
  private final Judge judge;
  private final Clock clock;
  private final Progressed progressed;
  private final Counts counts = new Counts();
  private final Map<TopicPartition, Progress> partitions = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Backlog backlog = new Backlog();
  private final ConcurrentLinkedQueue<Finished> results = new ConcurrentLinkedQueue<>();
  private final List<Finished> finished = new ArrayList<>();
  private int running;
  private boolean assigned;
  private boolean dirty;
  private long committedMs;
  private int failures;
  private volatile @Nullable JudgeUnusableException unusable;

  /** A worker; {@code judge} must be safe for use by several threads. */
  public ReviewWorker(Job job, Identity identity, Judge judge, Clock clock, Progressed progressed) {
    this.job = job;
    this.identity = identity;
    this.judge = judge;
    this.clock = clock;
    this.progressed = progressed;
  }

  /**
   * Works until it is asked to stop, or has caught up.
   *
   * @param consumer of committed records, in the reviewer's group, which commits nothing by itself
   * @param producer of transactions
   * @return what it did
   * @throws JudgeUnusableException if the judge cannot judge anything; what is open stays open
   */
  public Counts run(
      Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, BooleanSupplier stop)
      throws InterruptedException {
    producer.initTransactions();
    ExecutorService judges = Executors.newFixedThreadPool(job.concurrency, ReviewWorker::thread);
    try {
      consumer.subscribe(job.topics, new Assignment(consumer, producer));
      while (unusable == null && !stop.getAsBoolean() && !(job.once && isCaughtUp(consumer))) {
        consumer.poll(POLL).forEach(this::take);
        hold(consumer);
        start(judges);
        collect();
        if (!finished.isEmpty() || (dirty && clock.millis() - committedMs >= COMMIT_EVERY_MS)) {
          commit(consumer, producer);
        }
      }
      collect();
      commit(consumer, producer);
      JudgeUnusableException fault = unusable;
      if (fault != null) {
        throw fault;
      }
      return counts;
    } finally {
      judges.shutdownNow();
      judges.awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Progress progress = partitions.get(partition);
    if (progress == null || !progress.take(record.offset())) {
      return;
    }
    byte[] value = record.value() == null ? new byte[0] : record.value();
    try {
      if (SingleObject.isSingleObject(value) && ENDED.reads(SingleObject.fingerprint(value))) {
        backlog
            .end(ENDED.decode(value).getEscalationId())
            .ifPresent(task -> skip(task, Skip.ENDED));
        progress.done(record.offset());
        dirty = true;
        return;
      }
      Escalation escalation = ESCALATION.decode(value);
      Backlog.Task task = new Backlog.Task(partition, progress, record.offset(), escalation);
      if (!escalation.getTier().equals(identity.tier())) {
        skip(task, Skip.OTHER_TIER);
      } else {
        backlog.add(task);
      }
    } catch (MalformedRecordException e) {
      counts.skipped(Skip.UNREADABLE);
      progress.done(record.offset());
      dirty = true;
    }
  }

  private void skip(Backlog.Task task, Skip why) {
    counts.skipped(why);
    task.progress().done(task.offset());
    dirty = true;
  }

  /** Fetches no more than can be kept. */
  private void hold(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> full = new ArrayList<>();
    List<TopicPartition> free = new ArrayList<>();
    partitions.forEach(
        (partition, progress) ->
            (backlog.isFull() || progress.isFull() ? full : free).add(partition));
    consumer.pause(full);
    consumer.resume(free);
  }

  private void start(ExecutorService judges) {
    while (running < job.concurrency && !backlog.isEmpty()) {
      Backlog.Task task = backlog.next();
      if (isOver(task)) {
        skip(task, Skip.PAST_DEADLINE);
      } else {
        running++;
        judges.execute(() -> judge(task));
      }
    }
  }

  private boolean isOver(Backlog.Task task) {
    return !clock.instant().isBefore(task.escalation().getDeadline());
  }

  private void judge(Backlog.Task task) {
    Draft draft = null;
    try {
      draft = judge.judge(task.escalation());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the worker ends: whoever goes on asks again
    } catch (JudgeUnusableException e) {
      unusable = e;
    } catch (JudgeException | RuntimeException | StackOverflowError e) {
      draft = Draft.of(VerdictDecision.ABSTAIN, "no answer: " + e.getMessage());
    }
    results.add(new Finished(task, draft));
  }

  private void collect() {
    for (Finished one = results.poll(); one != null; one = results.poll()) {
      running--;
      if (one.draft != null && isOurs(one.task)) {
        if (isOver(one.task)) {
          skip(one.task, Skip.LATE);
        } else {
          finished.add(one);
        }
      }
    }
  }

  /** Whether its partition is still this worker's, and was all along. */
  private boolean isOurs(Backlog.Task task) {
    return partitions.get(task.partition()) == task.progress();
  }

  private void commit(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
    if (finished.isEmpty() && !dirty) {
      return;
    }
    try {
      producer.beginTransaction();
      for (Finished one : finished) {
        publish(producer, one.task.escalation(), one.draft);
        one.task.progress().done(one.task.offset());
      }
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      partitions.forEach((partition, progress) -> offsets.put(partition, progress.commit()));
      producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
      producer.commitTransaction();
    } catch (ProducerFencedException | AuthorizationException e) {
      throw e;
    } catch (KafkaException e) {
      if (++failures >= MAX_FAILURES) {
        throw e;
      }
      producer.abortTransaction();
      return; // all of it is tried again, or is another worker's by then
    }
    failures = 0;
    dirty = false;
    committedMs = clock.millis();
    for (Finished one : finished) {
      if (one.draft != null) {
        counts.answered(one.draft.decision());
        progressed.answered(one.task.escalation(), one.draft);
      }
    }
    finished.clear();
  }

  private void publish(
      Producer<byte[], byte[]> producer, Escalation escalation, @Nullable Draft draft) {
    if (draft == null) {
      return;
    }
    Verdict verdict = identity.sign(escalation, draft, clock.instant());
    byte[] key = escalation.getTaskId().getBytes(StandardCharsets.UTF_8);
    var unused = producer.send(new ProducerRecord<>(job.verdicts, key, VERDICT.encode(verdict)));
  }

  private boolean isCaughtUp(Consumer<byte[], byte[]> consumer) {
    return assigned
        && backlog.isEmpty()
        && running == 0
        && finished.isEmpty()
        && ends.entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "weir-judge");
    thread.setDaemon(true);
    return thread;
  }

  /** Partitions that come, with what was answered of them, and go. */
  private final class Assignment implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;

    Assignment(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
      this.consumer = consumer;
      this.producer = producer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> come) {
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(come));
      come.forEach(partition -> partitions.put(partition, new Progress(committed.get(partition))));
      if (job.once) {
        ends.putAll(consumer.endOffsets(come));
      }
      assigned = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> gone) {
      collect();
      commit(consumer, producer);
      onPartitionsLost(gone);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> gone) {
      gone.forEach(partitions::remove);
      gone.forEach(ends::remove);
      finished.removeIf(one -> gone.contains(one.task.partition()));
      backlog.drop(gone);
    }
  }
}
