/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.bench;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.review.Assessments;
import dev.weir.score.PolicyScorer;
import dev.weir.score.Provenance;
import dev.weir.score.ResultReader;
import dev.weir.score.ResultReader.Acted;
import dev.weir.score.Scored;
import dev.weir.task.Sighting;
import dev.weir.topology.Codecs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What scoring one action costs: whole ({@code json}, {@code avro}: decode, views, rules,
 * provenance, assessment) and by part. Each call takes the next action of the log with its task's
 * state, so caches are as cold as in the stream and the percentiles are those over actions. Times
 * in µs, allocation by {@code -prof gc} in bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 4, time = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class ScoreBench {
  private final ResultReader results = new ResultReader();
  private List<Replayed> log;
  private PolicyScorer scorer;
  private ActionDecoder decoder;
  private ByteBuffer digest;
  private Decision decision;
  private int at;

  /** Replays the log once. */
  @Setup
  public void replay() throws IOException {
    Policy policy = PolicyLoader.builtIn();
    scorer = new PolicyScorer(policy);
    decoder = new ActionDecoder(Replayed.LIMITS);
    digest = ByteBuffer.wrap(policy.digest());
    decision =
        Decision.newBuilder()
            .setGrants(List.of())
            .setMissingGrants(List.of())
            .setReason(EscalationReason.NONE)
            .setTier("")
            .setReviewCost(0)
            .setBaseCost(1)
            .setPrice(1)
            .setCredit(0)
            .setCutShare(0)
            .setInclusionProbability(0.001)
            .setU(0.5)
            .setChanceKeyId("0011223344556677")
            .build();
    log = Replayed.all(BenchLog.read(), scorer);
  }

  private Replayed next() {
    at = at + 1 == log.size() ? 0 : at + 1;
    return log.get(at);
  }

  /** The whole, from a record in JSON. */
  @Benchmark
  public byte[] json() {
    Replayed next = next();
    return assess(next, decoder.decode(next.json(), Replayed.ORIGIN));
  }

  /** The whole, from a record in Avro. */
  @Benchmark
  public byte[] avro() {
    Replayed next = next();
    return assess(next, decoder.decode(next.avro(), Replayed.ORIGIN));
  }

  /** Decoding and validating alone. */
  @Benchmark
  public Intake partDecodeJson() {
    return decoder.decode(next().json(), Replayed.ORIGIN);
  }

  /** The same from Avro. */
  @Benchmark
  public Intake partDecodeAvro() {
    return decoder.decode(next().avro(), Replayed.ORIGIN);
  }

  /** Views and rules alone. */
  @Benchmark
  public Scored partScore() {
    Replayed next = next();
    return scorer.score(next.action(), next.task());
  }

  /** Taking the action and its result into the task's provenance alone. */
  @Benchmark
  public Provenance partProvenance() {
    Replayed next = next();
    return fold(next, new Acted(next.action(), next.scored()));
  }

  /** Writing the assessment down alone. */
  @Benchmark
  public byte[] partAssessment() {
    Replayed next = next();
    return Codecs.ASSESSMENT.encode(assessment(next.action(), next.scored(), next));
  }

  private byte[] assess(Replayed next, Intake intake) {
    Action action = (Action) intake;
    Scored scored = scorer.score(action, next.task());
    fold(next, new Acted(action, scored));
    return Codecs.ASSESSMENT.encode(assessment(action, scored, next));
  }

  private Provenance fold(Replayed next, Acted acted) {
    results.fold(next.provenance(), acted, false, null);
    return next.provenance();
  }

  private Assessment assessment(Action action, Scored scored, Replayed next) {
    return Assessments.of(
        action, Sighting.NEW, scored.score(), next.folded(), decision, digest.duplicate());
  }

  /** Runs the benchmarks; arguments as JMH takes them. */
  public static void main(String[] args) throws Exception {
    org.openjdk.jmh.Main.main(args);
  }
}
