/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.action.Action;
import dev.weir.author.ExampleRun;
import dev.weir.budget.GoLiveLimits;
import dev.weir.config.WeirConfig;
import dev.weir.event.PolicyDocument;
import dev.weir.event.PolicyPointer;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.Publication;
import dev.weir.policy.publish.Signatory;
import dev.weir.task.FoldRules;
import dev.weir.topology.Codecs;
import dev.weir.topology.PolicyDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy publish}. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a policy to the monitors that run.",
      "Checks it, runs its examples, tries it on recent actions beside the policy that partitions",
      "have adopted, and, if it keeps within its limits, writes it, signed, to the topic of",
      "policies. Each partition tries it once more on its own actions before it adopts it.",
      "Exit code 1 if the trial found a limit broken. Publishing the same again changes nothing."
    })
final class PolicyPublishCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private PublisherOptions publishers = new PublisherOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The policy's first file. Without it, and with --shadow, the shadow ends.")
  private @Nullable Path file;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The publisher's private key, as 'weir keys generate' makes it.")
  private @Nullable Path keyFile;

  @Option(
      names = "--shadow",
      description = "Let it score beside the policy in force, without effect, instead.")
  private boolean shadow;

  @Option(
      names = "--recent",
      paramLabel = "N",
      description =
          "Try it on the last N actions of the input topics. Default: as many as its limits say.")
  private @Nullable Integer recent;

  @Option(
      names = "--trial",
      paramLabel = "LOG",
      description = "Try it on the last actions of a log of JSON lines instead.")
  private @Nullable Path log;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "Compare it with this policy. Default: the one that most partitions have adopted, by"
              + " their latest assessments.")
  private @Nullable Path against;

  @Option(names = "--dry-run", description = "Check and try it; write nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    if (file == null && !shadow) {
      say("FILE names the policy; only --shadow does without. See 'weir policy publish --help'.");
      return CommandLine.ExitCode.USAGE;
    }
    WeirConfig config = WeirConfig.of(publishers.with(bootstrap.properties()));
    Policy policy = policy();
    String document = policy == null ? "" : document(policy);
    if (dryRun) {
      PolicyTopic topic = PolicyTopic.read(config, RunCommand.policy(config));
      return policy == null || tried(config, policy, topic).passes ? 0 : 1;
    }
    Signer signer = signer(config);
    try (KafkaProducer<byte[], byte[]> producer =
        Clients.transactional(config, config.clientNames().publisher())) {
      producer.initTransactions(); // from here on another publisher's transaction ends this one's
      PolicyTopic topic = PolicyTopic.read(config, RunCommand.policy(config));
      PolicyDesk.Call before = shadow ? topic.desk().shadow() : topic.desk().active();
      if (isSame(policy, before)) {
        say("%s", already(policy, before));
        return 0;
      }
      Tried tried = policy == null ? new Tried(true, 0) : tried(config, policy, topic);
      if (!tried.passes) {
        return 1;
      }
      long generation = before == null ? 1 : before.generation() + 1;
      producer.beginTransaction();
      if (policy != null && !topic.holds(Publication.documentKey(digest(policy)))) {
        send(producer, config, signer.document(policy, document));
      }
      send(producer, config, signer.pointer(name(), policy, generation));
      producer.commitTransaction();
      say("%s", published(policy, generation, tried.actions));
    }
    return 0;
  }

  private @Nullable Policy policy() throws IOException {
    if (file == null) {
      return null;
    }
    Policy policy = PolicyFile.load(file);
    long failed = ExampleRun.of(policy).stream().filter(r -> !r.holds()).count();
    if (failed > 0) {
      throw new CommandFailedException(
          "%d of the policy's own examples do not hold; 'weir policy test %s' shows them"
              .formatted(failed, file));
    }
    return policy;
  }

  private static boolean isSame(@Nullable Policy policy, PolicyDesk.@Nullable Call before) {
    if (before == null) {
      return policy == null;
    }
    Policy called = before.policy();
    return policy == null ? called == null : called != null && policy.equals(called);
  }

  /**
   * What came of the publisher's trial.
   *
   * @param passes whether it may be published
   * @param actions that each partition's trial takes; 0 if it tries nothing
   */
  private record Tried(boolean passes, long actions) {}

  private String already(@Nullable Policy policy, PolicyDesk.@Nullable Call before) {
    if (policy == null || before == null) {
      return "no policy shadows already";
    }
    return shadow
        ? "%s %s shadows already (generation %d)"
            .formatted(policy.id(), policy.version(), before.generation())
        : "%s %s is called for already (generation %d). A partition that refused it does not try again: change the policy, at least its version, and publish that."
            .formatted(policy.id(), policy.version(), before.generation());
  }

  private String published(@Nullable Policy policy, long generation, long trialActions) {
    if (policy == null) {
      return "no policy shadows any more, as of generation " + generation;
    }
    if (shadow) {
      return "%s shadows, without effect, as of generation %d".formatted(policy, generation);
    }
    String next =
        trialActions == 0
            ? "Partitions that score by it, or did just before, adopt it with their next action; any other tries it first"
            : "Each partition now tries it on its next %,d actions (or for policy.trial.max.ms, 24 h by default), then adopts or refuses it"
                .formatted(trialActions);
    return "%s is called for as generation %d. %s: watch 'weir policy status', or weir_policy_generation{kind=\"adopted\"}; who refuses it says so at /readyz."
        .formatted(policy, generation, next);
  }

  private static ByteBuffer digest(Policy policy) {
    return ByteBuffer.wrap(policy.digest());
  }

  private String name() {
    return shadow ? Publication.SHADOW : Publication.ACTIVE;
  }

  private static String document(Policy policy) {
    String document = policy.canonical();
    int bytes = document.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Publication.MAX_DOCUMENT_BYTES) {
      throw new CommandFailedException(
          "the policy has %d bytes in one document, and may have %d; shorten it"
              .formatted(bytes, Publication.MAX_DOCUMENT_BYTES));
    }
    return document;
  }

  private Tried tried(WeirConfig config, Policy policy, PolicyTopic topic) throws IOException {
    Policy inForce;
    try (AssessmentTopic assessments = AssessmentTopic.open(config)) {
      Baseline baseline = baseline(config, topic, assessments.latest());
      say("%s", baseline.told());
      inForce = baseline.policy();
      if (!shadow && isTrusted(policy, baseline, assessments)) {
        return new Tried(true, 0);
      }
    }
    long trialActions = GoLiveLimits.between(policy, inForce).trialActions();
    int asked = recent != null ? recent : (int) Math.min(100_000, trialActions);
    List<Action> actions =
        log != null ? RecentLog.of(log, config, asked) : RecentLog.of(config, asked);
    if (actions.isEmpty()) {
      say("there are no recent actions to try it on: the partitions will, on theirs");
      return new Tried(true, trialActions);
    }
    FoldRules rules = log != null ? replayed(config.foldRules()) : config.foldRules();
    OfflineTrial.Result result = OfflineTrial.of(policy, inForce, actions, rules);
    PrintWriter out = spec.commandLine().getOut();
    out.print(TrialText.of(policy, inForce, result, asked));
    out.flush();
    return new Tried(result.report().passed() || shadow, trialActions);
  }

  private Baseline baseline(WeirConfig config, PolicyTopic topic, Adopted adopted)
      throws IOException {
    Policy configured = RunCommand.policy(config);
    return Baseline.of(
        adopted,
        PolicyStatusCommand.known(configured, topic),
        configured,
        against == null ? null : PolicyFile.load(against));
  }

  /** Partitions try neither what is in force nor what was just before. */
  private boolean isTrusted(Policy policy, Baseline baseline, AssessmentTopic assessments) {
    Baseline.Witness witness = baseline.witness();
    if (witness == null) {
      return false;
    }
    if (policy.digestHex().equals(witness.stand().digestHex())) {
      say("they score by it already, and try nothing");
      return true;
    }
    Adopted.Stand before = assessments.before(witness.partition(), witness.stand());
    if (before != null && policy.digestHex().equals(before.digestHex())) {
      say("they scored by it just before, and return to it without a trial");
      return true;
    }
    return false;
  }

  private static FoldRules replayed(FoldRules rules) {
    return new FoldRules(rules.halfLifeMs(), rules.latenessMs(), rules.aheadMs(), true);
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, WeirConfig config, Map.Entry<String, byte[]> record) {
    byte[] key = record.getKey().getBytes(StandardCharsets.UTF_8);
    var unused =
        producer.send(new ProducerRecord<>(config.topics().policies(), key, record.getValue()));
  }

  private void say(String format, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(format + "%n", values);
    err.flush();
  }

  private Signer signer(WeirConfig config) throws IOException {
    PrivateKey key = KeyFile.read(keyFile);
    Signatory publisher =
        KeyFile.owner(key, config.publishers())
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "%s is the key of nobody whom %s lists for today: give --config of the monitors, or --publisher; they would refuse it too"
                            .formatted(keyFile, WeirConfig.POLICY_PUBLISHERS)));
    return new Signer(new Publication(config.topics().policies()), publisher.name(), key);
  }

  /** Signs as one publisher. */
  private record Signer(Publication publication, String name, PrivateKey key) {

    Map.Entry<String, byte[]> document(Policy policy, String text) {
      ByteBuffer digest = digest(policy);
      PolicyDocument unsigned =
          new PolicyDocument(
              policy.id(), policy.version(), digest, text, name, now(), ByteBuffer.allocate(0));
      return Map.entry(
          Publication.documentKey(digest),
          Codecs.POLICY_DOCUMENT.encode(publication.sign(unsigned, key)));
    }

    Map.Entry<String, byte[]> pointer(String recordKey, @Nullable Policy policy, long generation) {
      PolicyPointer unsigned =
          new PolicyPointer(
              generation,
              policy == null ? null : digest(policy),
              name,
              now(),
              ByteBuffer.allocate(0));
      return Map.entry(
          recordKey, Codecs.POLICY_POINTER.encode(publication.sign(recordKey, unsigned, key)));
    }

    private static Instant now() {
      return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
  }
}
