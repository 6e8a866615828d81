/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.action.Action;
import dev.weir.author.ExampleRun;
import dev.weir.config.WeirConfig;
import dev.weir.event.PolicyDocument;
import dev.weir.event.PolicyPointer;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Publication;
import dev.weir.policy.publish.Publisher;
import dev.weir.task.FoldRules;
import dev.weir.topology.Codecs;
import dev.weir.topology.PolicyDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy publish}. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a policy to the monitors that run: checks it, runs its examples, tries it on",
      "recent actions beside the policy in force, and, if it keeps within its limits, writes it,",
      "signed, to the topic of policies. Each partition tries it once more on its own actions",
      "before it adopts it.",
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

  @Option(names = "--dry-run", description = "Check and try it; write nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    WeirConfig config = WeirConfig.of(publishers.with(bootstrap.properties()));
    Policy policy = policy();
    String document = policy == null ? "" : document(policy);
    if (dryRun) {
      PolicyTopic topic = PolicyTopic.read(config, RunCommand.policy(config));
      return policy == null || tried(config, policy, topic) ? 0 : 1;
    }
    Signer signer = signer(config);
    try (KafkaProducer<byte[], byte[]> producer = Clients.transactional(config, "policy-publish")) {
      producer.initTransactions(); // from here on another publisher's transaction ends this one's
      PolicyTopic topic = PolicyTopic.read(config, RunCommand.policy(config));
      PolicyDesk.Call before = shadow ? topic.desk().shadow() : topic.desk().active();
      if (isSame(policy, before)) {
        say("%s is so already", name());
        return 0;
      }
      if (policy != null && !tried(config, policy, topic)) {
        return 1;
      }
      long generation = before == null ? 1 : before.generation() + 1;
      producer.beginTransaction();
      if (policy != null && !topic.holds(Publication.documentKey(digest(policy)))) {
        send(producer, config, signer.document(policy, document));
      }
      send(producer, config, signer.pointer(name(), policy, generation));
      producer.commitTransaction();
      say(
          "published %s as generation %d of the %s policy",
          policy == null ? "none" : policy, generation, name());
    }
    return 0;
  }

  private @Nullable Policy policy() throws IOException {
    if (file != null) {
      Policy policy = PolicyFile.load(file);
      long failed = ExampleRun.of(policy).stream().filter(r -> !r.holds()).count();
      if (failed > 0) {
        throw new CommandFailedException(
            "%d of the policy's own examples do not hold; 'weir policy test %s' shows them"
                .formatted(failed, file));
      }
      return policy;
    }
    if (!shadow) {
      throw new ParameterException(
          spec.commandLine(), "FILE names the policy; only --shadow does without");
    }
    return null;
  }

  private static boolean isSame(@Nullable Policy policy, PolicyDesk.@Nullable Call before) {
    if (before == null) {
      return policy == null;
    }
    Policy called = before.policy();
    return policy == null ? called == null : called != null && policy.equals(called);
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

  private boolean tried(WeirConfig config, Policy policy, PolicyTopic topic) throws IOException {
    PolicyDesk.Call active = topic.desk().active();
    Policy inForce =
        active == null || active.policy() == null ? RunCommand.policy(config) : active.policy();
    int count = recent != null ? recent : (int) Math.min(100_000, policy.limits().trialActions());
    List<Action> actions =
        log != null ? RecentLog.of(log, config, count) : RecentLog.of(config, count);
    if (actions.isEmpty()) {
      say("there are no recent actions to try it on: the partitions will, on theirs");
      return true;
    }
    FoldRules rules = log != null ? replayed(config.foldRules()) : config.foldRules();
    OfflineTrial.Result result = OfflineTrial.of(policy, inForce, actions, rules);
    PrintWriter out = spec.commandLine().getOut();
    out.print(TrialText.of(policy, inForce, result));
    out.flush();
    return result.report().passed() || shadow;
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
    if (keyFile == null) {
      throw new CommandFailedException(
          "--key names the file of the private key to sign with; 'weir keys generate' makes one");
    }
    if (!Files.isReadable(keyFile)) {
      throw new CommandFailedException("there is no readable file " + keyFile);
    }
    PrivateKey key;
    try {
      key = Ed25519.privateKey(Files.readString(keyFile));
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException("%s holds %s".formatted(keyFile, e.getMessage()));
    }
    byte[] probe = "whose key is this".getBytes(StandardCharsets.US_ASCII);
    byte[] signature = Ed25519.sign(key, probe);
    long nowMs = System.currentTimeMillis();
    for (Publisher publisher : config.publishers().values()) {
      if (publisher.validAt(nowMs) && Ed25519.verifies(publisher.key(), probe, signature)) {
        return new Signer(new Publication(config.topics().policies()), publisher.name(), key);
      }
    }
    throw new CommandFailedException(
        "%s is the key of nobody whom %s lists for today: give --config of the monitors, or --publisher; they would refuse it too"
            .formatted(keyFile, WeirConfig.POLICY_PUBLISHERS));
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
