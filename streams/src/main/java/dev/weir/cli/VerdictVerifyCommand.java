/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.event.Verdict;
import dev.weir.policy.publish.Ed25519;
import dev.weir.review.RecordSignature;
import dev.weir.reviewer.Shown;
import dev.weir.wire.MalformedRecordException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir verdict verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Tells who signed a verdict and whether it holds: by a public key, or by the registry as it",
      "stands, at the broker's time where the file tells it, else now.",
      "Whether its escalation is open, and the reviewer independent, monitors alone can tell.",
      "Exit code 1 if it does not hold."
    })
final class VerdictVerifyCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private RegistrarOptions registrars = new RegistrarOptions();

  @Parameters(
      paramLabel = "FILE",
      description =
          "The verdict, as 'weir verdict sign' or 'weir tail verdicts' prints it; - is stdin.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "Check it with this key alone; asks no broker.")
  private @Nullable Path publicKey;

  @Override
  public Integer call() throws IOException {
    VerdictFile read = VerdictFile.read(file);
    byte[] value = read.verdict();
    Verdict verdict = decode(value);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s on %s by %s for %s, key %s%n",
        verdict.getDecision(),
        Shown.line(verdict.getEscalationId()),
        Shown.line(verdict.getReviewerId()),
        Shown.line(verdict.getTier()),
        Shown.line(verdict.getKeyId()));
    String fault =
        publicKey != null
            ? (RecordSignature.VERDICT.verifies(value, KeyFile.readPublic(publicKey))
                ? null
                : "it is not signed by that key")
            : fault(value, verdict, Optional.ofNullable(read.appended()).orElseGet(Instant::now));
    out.println(fault == null ? "holds" : "does not hold: " + fault);
    out.flush();
    return fault == null ? 0 : 1;
  }

  private Verdict decode(byte[] value) {
    try {
      return VerdictFile.CODEC.decode(value);
    } catch (MalformedRecordException e) {
      throw new CommandFailedException("%s holds no verdict: %s".formatted(file, e.getMessage()));
    }
  }

  private @Nullable String fault(byte[] value, Verdict verdict, Instant at) throws IOException {
    WeirConfig config = WeirConfig.of(registrars.with(bootstrap.properties()));
    if (config.registrars().isEmpty()) {
      throw new CommandFailedException(
          "no %s says whose registrations count: give --config of the monitors, --registrar, or --public-key"
              .formatted(WeirConfig.REVIEW_REGISTRARS));
    }
    Reviewer reviewer = SignedTopic.reviewers(config).find(verdict.getReviewerId());
    if (reviewer == null) {
      return "the reviewer is not registered";
    }
    if (reviewer.getRevokedAt() != null && !at.isBefore(reviewer.getRevokedAt())) {
      return "the reviewer was revoked at " + reviewer.getRevokedAt();
    }
    if (!reviewer.getTiers().contains(verdict.getTier())) {
      return "the reviewer is not registered for that tier";
    }
    for (ReviewerKey key : reviewer.getKeys()) {
      if (key.getKeyId().equals(verdict.getKeyId())) {
        return fault(value, key, at, reviewer);
      }
    }
    return "the reviewer has no such key";
  }

  private @Nullable String fault(byte[] value, ReviewerKey key, Instant at, Reviewer reviewer) {
    if (!RecordSignature.VERDICT.verifies(value, Ed25519.publicKey(key.getPublicKey()))) {
      return "it is not signed by that key";
    }
    if (at.isBefore(key.getValidFrom()) || !at.isBefore(key.getValidUntil())) {
      return "the key counts from %s to %s, and the verdict is of %s"
          .formatted(key.getValidFrom(), key.getValidUntil(), at);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s is a %s, registered by %s at %s%n",
        Shown.line(reviewer.getReviewerId()),
        reviewer.getKind().name().toLowerCase(Locale.ROOT),
        reviewer.getRegistrar(),
        reviewer.getRegisteredAt());
    return null;
  }
}
