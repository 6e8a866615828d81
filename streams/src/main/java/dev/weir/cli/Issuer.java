/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.event.Grant;
import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Signatory;
import dev.weir.review.GrantCheck;
import dev.weir.review.RecordSignature;
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

/** Publishes a grant's next record, signed as an issuer: shared by those who change one. */
final class Issuer {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private IssuerOptions issuers = new IssuerOptions();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The issuer's private key, as 'weir keys generate' makes it.")
  private @Nullable Path keyFile;

  /** What a change makes of a grant. */
  @FunctionalInterface
  interface Change {
    /**
     * The grant as it should be; generation, issuer and signature are set later.
     *
     * @param before as issued last; null if it never was
     * @param now in whole milliseconds
     */
    Grant of(@Nullable Grant before, Instant now) throws IOException;
  }

  /** The configuration of the cluster. */
  WeirConfig config() throws IOException {
    return WeirConfig.of(issuers.with(bootstrap.properties()));
  }

  /** Publishes what {@code change} makes of the grant. */
  void publish(WeirConfig config, String id, Change change) throws IOException {
    PrivateKey key = KeyFile.read(keyFile);
    Signatory issuer =
        KeyFile.owner(key, config.issuers())
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "%s is the key of nobody whom %s lists for today: give --config of the monitors, or --issuer; they would refuse it too"
                            .formatted(keyFile, WeirConfig.GRANT_ISSUERS)));
    String topic = config.topics().grants();
    SignedWriter<Grant> writer =
        new SignedWriter<>(
            config.clientNames().issuer(),
            topic,
            SignedTopic::grants,
            Grant::getGeneration,
            grant -> Codecs.GRANT.encode(RecordSignature.ofGrants(topic).sign(grant, key)));
    say(writer.publish(config, id, before -> next(before, issuer, change)));
  }

  private static Grant next(@Nullable Grant before, Signatory issuer, Change change)
      throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Grant next = change.of(before, now);
    next.setGeneration(before == null ? 1 : before.getGeneration() + 1);
    next.setIssuer(issuer.name());
    next.setIssuerKeyId(Ed25519.id(issuer.key()));
    next.setIssuedAt(now);
    GrantCheck.fault(next)
        .ifPresent(
            fault -> {
              throw new CommandFailedException("monitors would refuse it: " + fault);
            });
    return next;
  }

  /** A record that is signed with nothing yet. */
  static ByteBuffer unsigned() {
    return ByteBuffer.allocate(0);
  }

  private void say(Grant grant) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%s is generation %d of %s; monitors take it up without a restart%n",
        grant.getRevokedAt() == null ? "issued" : "revoked",
        grant.getGeneration(),
        grant.getGrantId());
    err.flush();
  }
}
