/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.event.Reviewer;
import dev.weir.policy.publish.Signatory;
import dev.weir.review.RecordSignature;
import dev.weir.review.ReviewerCheck;
import dev.weir.topology.Codecs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes one reviewer's next record, signed as a registrar: shared by those who change one. */
final class Registrar {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private RegistrarOptions registrars = new RegistrarOptions();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The registrar's private key, as 'weir keys generate' makes it.")
  private @Nullable Path keyFile;

  /** What a change makes of a reviewer. */
  @FunctionalInterface
  interface Change {
    /**
     * The reviewer as it should be; generation, registrar and signature are set later.
     *
     * @param before as registered last; null if it never was
     * @param now in whole milliseconds
     */
    Reviewer of(@Nullable Reviewer before, Instant now) throws IOException;
  }

  /** Publishes what {@code change} makes of the reviewer. */
  void publish(String id, Change change) throws IOException {
    WeirConfig config = WeirConfig.of(registrars.with(bootstrap.properties()));
    PrivateKey key = KeyFile.read(keyFile);
    Signatory registrar =
        KeyFile.owner(key, config.registrars())
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "%s is the key of nobody whom %s lists for today: give --config of the monitors, or --registrar; they would refuse it too"
                            .formatted(keyFile, WeirConfig.REVIEW_REGISTRARS)));
    String topic = config.topics().reviewers();
    SignedWriter<Reviewer> writer =
        new SignedWriter<>(
            config.clientNames().registrar(),
            topic,
            SignedTopic::reviewers,
            Reviewer::getGeneration,
            reviewer ->
                Codecs.REVIEWER.encode(RecordSignature.ofReviewers(topic).sign(reviewer, key)));
    say(writer.publish(config, id, before -> next(before, registrar, change)));
  }

  private static Reviewer next(@Nullable Reviewer before, Signatory registrar, Change change)
      throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Reviewer next = change.of(before, now);
    next.setGeneration(before == null ? 1 : before.getGeneration() + 1);
    next.setRegistrar(registrar.name());
    next.setRegisteredAt(now);
    ReviewerCheck.fault(next)
        .ifPresent(
            fault -> {
              throw new CommandFailedException("monitors would refuse it: " + fault);
            });
    return next;
  }

  /** The reviewer, who must be registered. */
  static Reviewer registered(String id, @Nullable Reviewer before) {
    if (before == null) {
      throw new CommandFailedException(
          "no reviewer %s is registered; 'weir reviewer list' shows who is".formatted(id));
    }
    return before;
  }

  /** A record that is signed with nothing yet. */
  static ByteBuffer unsigned() {
    return ByteBuffer.allocate(0);
  }

  private void say(Reviewer reviewer) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%s is generation %d of %s; monitors take it up without a restart%n",
        reviewer.getRevokedAt() == null ? "registered" : "revoked",
        reviewer.getGeneration(),
        reviewer.getReviewerId());
    err.flush();
  }
}
