/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.event.ReviewerKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A reviewer's public key, and for how long it counts. */
final class ReviewerKeyOptions {
  private static final Duration DEFAULT_VALIDITY = Duration.ofDays(365);

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "The reviewer's public key: the .pub that 'weir keys generate' makes.")
  private @Nullable Path file;

  @Option(
      names = "--key-id",
      paramLabel = "NAME",
      description = "What verdicts call the key. Default: k1, k2, and so on.")
  private @Nullable String name;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      converter = Moment.class,
      description = "When the key ends, a day or moment in UTC. Default: in 365 days.")
  private @Nullable Instant until;

  /** Whether a key is given. */
  boolean given() {
    return file != null;
  }

  /** The key, valid from {@code now}; {@code others} are those whose names are taken. */
  ReviewerKey key(Instant now, List<ReviewerKey> others) throws IOException {
    if (file == null) {
      throw new CommandFailedException("--public-key names the reviewer's public key");
    }
    ByteBuffer der = ByteBuffer.wrap(KeyFile.readPublic(file).getEncoded());
    Instant end = until == null ? now.plus(DEFAULT_VALIDITY) : until;
    return new ReviewerKey(name == null ? free(others) : name, der, now, end);
  }

  private static String free(List<ReviewerKey> others) {
    Set<String> taken = new HashSet<>();
    others.forEach(key -> taken.add(key.getKeyId()));
    return IntStream.iterate(1, i -> i + 1)
        .mapToObj(i -> "k" + i)
        .filter(free -> !taken.contains(free))
        .findFirst()
        .orElseThrow();
  }

  /** The kinds that one may register as. */
  static ReviewerKind kind(String text) {
    for (ReviewerKind kind : ReviewerKind.values()) {
      if (kind != ReviewerKind.OTHER && kind.name().equalsIgnoreCase(text)) {
        return kind;
      }
    }
    throw new CommandFailedException("--kind is person, model or program");
  }

  /** A copy that can be changed. */
  static Reviewer copy(Reviewer reviewer) {
    return Reviewer.newBuilder(reviewer).build();
  }
}
