/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.action.Digest;
import dev.weir.event.Vetting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The evidence that an agent was vetted. */
final class VettingOptions {
  @Option(
      names = "--evaluation",
      paramLabel = "NAME",
      description = "The evaluation that the agent passed, with its version.")
  private @Nullable String evaluation;

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "What documents it, such as its report or log; only its SHA-256 is published.")
  private @Nullable Path evidence;

  @Option(
      names = "--evidence-digest",
      paramLabel = "HEX",
      description = "The SHA-256 itself, where the file is elsewhere.")
  private @Nullable String digest;

  @Option(
      names = "--evaluated",
      paramLabel = "DATE",
      converter = Moment.class,
      description = "When the evaluation was concluded, a day or moment in UTC.")
  private @Nullable Instant concludedAt;

  /** Whether anything of it is given. */
  boolean given() {
    return evaluation != null || evidence != null || digest != null || concludedAt != null;
  }

  /** All of it. */
  Vetting vetting() throws IOException {
    if (evaluation == null || concludedAt == null || (evidence == null) == (digest == null)) {
      throw new CommandFailedException(
          "evidence of the vetting is --evaluation, --evaluated, and one of --evidence and"
              + " --evidence-digest");
    }
    return new Vetting(evaluation, ByteBuffer.wrap(digest()), concludedAt);
  }

  private byte[] digest() throws IOException {
    if (evidence != null) {
      if (!Files.isReadable(evidence)) {
        throw new CommandFailedException("there is no readable file " + evidence);
      }
      return Digest.of(Files.readAllBytes(evidence));
    }
    try {
      return HexFormat.of().parseHex(String.valueOf(digest));
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(
          "--evidence-digest is a SHA-256 in hexadecimal, as sha256sum prints it");
    }
  }
}
