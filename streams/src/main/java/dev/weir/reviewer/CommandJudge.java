/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.Escalation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program as a judge: gets {@link EscalationJson} on stdin and answers on stdout as {@link
 * DraftReader} reads it. It is started without a shell, with the arguments as they were given, so
 * that nothing of an action is ever a command.
 *
 * <p>Invariant: a program and what it started is ended when its time is over or it says more than
 * {@link #MAX_OUTPUT_BYTES}.
 */
public final class CommandJudge implements Judge {
  /** Most that a program may answer. */
  public static final int MAX_OUTPUT_BYTES = 1 << 20;

  private static final int KEPT_ERROR_BYTES = 1 << 10;

  private final List<String> command;
  private final Duration timeout;
  private final Executor pipes;

  /**
   * A judge that starts the program for each escalation.
   *
   * @param timeout for one answer
   * @param pipes where its streams are read and written; must never queue
   */
  public CommandJudge(List<String> command, Duration timeout, Executor pipes) {
    this.command = List.copyOf(command);
    this.timeout = timeout;
    this.pipes = pipes;
  }

  @Override
  public Draft judge(Escalation escalation) throws JudgeException, InterruptedException {
    byte[] question =
        EscalationJson.line(EscalationJson.of(escalation)).getBytes(StandardCharsets.US_ASCII);
    Process process = start();
    try {
      return DraftReader.read(answer(process, question));
    } finally {
      end(process);
    }
  }

  private Process start() {
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new JudgeUnusableException("the program does not start: " + e.getMessage());
    }
  }

  private byte[] answer(Process process, byte[] question)
      throws JudgeException, InterruptedException {
    CompletableFuture<byte[]> output =
        CompletableFuture.supplyAsync(() -> read(process.getInputStream()), pipes);
    CompletableFuture<byte[]> errors =
        CompletableFuture.supplyAsync(() -> beginning(process.getErrorStream()), pipes);
    pipes.execute(() -> write(process.getOutputStream(), question));
    long untilNs = System.nanoTime() + timeout.toNanos();
    byte[] answer = await(output, untilNs);
    if (!process.waitFor(untilNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new JudgeException("the program did not end in " + seconds());
    }
    if (process.exitValue() != 0) {
      throw new JudgeException(
          "the program ended with exit code %d: %s"
              .formatted(
                  process.exitValue(),
                  new String(await(errors, untilNs), StandardCharsets.UTF_8).strip()));
    }
    return answer;
  }

  private byte[] await(CompletableFuture<byte[]> output, long untilNs)
      throws JudgeException, InterruptedException {
    try {
      return output.get(untilNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new JudgeException("the program did not answer in " + seconds());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new JudgeException(String.valueOf(cause.getMessage()));
    }
  }

  private String seconds() {
    return timeout.toMillis() / 1e3 + " s";
  }

  private static byte[] read(InputStream in) {
    try (in) {
      byte[] read = in.readNBytes(MAX_OUTPUT_BYTES + 1);
      if (read.length > MAX_OUTPUT_BYTES) {
        throw new CompletionException(
            new IOException("the program answered more than %d bytes".formatted(MAX_OUTPUT_BYTES)));
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first bytes; the rest is read and forgotten, so that the program does not stand still. */
  private static byte[] beginning(InputStream in) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[KEPT_ERROR_BYTES];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        kept.write(buffer, 0, Math.min(n, KEPT_ERROR_BYTES - kept.size()));
      }
    } catch (IOException e) {
      // it was ended: what it said before is what there is
    }
    return kept.toByteArray();
  }

  /** A program need not read its question to the end. */
  private static void write(OutputStream out, byte[] question) {
    try (out) {
      out.write(question);
    } catch (IOException e) {
      // what it did not want to know
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
