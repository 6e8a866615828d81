/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the test's class path in a JVM of its own, with a temporary folder of its own. */
final class Jvm implements AutoCloseable {
  private final Process process;
  private final Path dir;

  private Jvm(Process process, Path dir) {
    this.process = process;
    this.dir = dir;
  }

  static Jvm start(Class<?> main, String... args) throws IOException {
    return start(main, List.of(args));
  }

  static Jvm start(Class<?> main, List<String> args) throws IOException {
    Path dir = Files.createTempDirectory("weir-jvm-");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx768m");
    command.add("-XX:TieredStopAtLevel=1"); // it lives for seconds
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(dir.resolve("tmp")));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(args);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dir.resolve("out").toFile())
            .redirectError(dir.resolve("err").toFile())
            .start();
    return new Jvm(process, dir);
  }

  String out() throws IOException {
    return Files.readString(dir.resolve("out"), StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return Files.readString(dir.resolve("err"), StandardCharsets.UTF_8);
  }

  /** What lies in its temporary folder. */
  List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("tmp"))) {
      return files.toList();
    }
  }

  /** Waits for its end; its exit code. */
  int exit() throws Exception {
    assertThat(process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
        .as("it ended; it says: %s", err())
        .isTrue();
    return process.exitValue();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** kill -9. */
  void kill() throws Exception {
    process.destroyForcibly();
    exit();
  }

  /** Sends it a signal: TERM, INT. */
  void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Ends its standard input. */
  void hangUp() throws IOException {
    process.getOutputStream().close();
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly();
    exit();
    Cluster.delete(dir);
  }
}
