/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.broker;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker and its KRaft controller inside this JVM, for the demo, local work and tests.
 *
 * <p>Invariant: it listens on 127.0.0.1 only, and only on sockets that it bound before Kafka
 * started, so a taken port is an exception and never a race. After {@link #close} no socket, no
 * lock and, for a {@link #temporary} one, no file is left. A data directory may be opened again, on
 * other ports, and still holds what was committed.
 *
 * <p>Not for production: replication factor 1, and no authentication unless it is set up. A data
 * directory that becomes unwritable while the broker runs still halts the JVM; that is Kafka's own
 * doing.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private static final String LOCK_FILE = ".weir-broker.lock";

  private final KafkaNode node;
  private final String bootstrapServers;
  private final FileChannel lock;
  private final boolean temporary;
  private final Path dir;
  private boolean closed;

  private EmbeddedBroker(KafkaNode node, int port, Path dir, FileChannel lock, boolean temporary) {
    this.node = node;
    this.bootstrapServers = "127.0.0.1:" + port;
    this.dir = dir;
    this.lock = lock;
    this.temporary = temporary;
  }

  /**
   * Starts a broker on the data in {@code dir}, which is made and formatted where it is not yet.
   * Returns once clients are served.
   *
   * @param port to listen on at 127.0.0.1; 0 takes a free one
   * @throws BindException if the port is taken
   * @throws IOException if the directory is in use by another broker, holds other files, or cannot
   *     be used
   */
  public static EmbeddedBroker start(Path dir, int port) throws IOException {
    return start(dir.toAbsolutePath(), port, false, Map.of());
  }

  /** Starts a broker on a free port whose data is deleted on {@link #close}. */
  public static EmbeddedBroker temporary() throws IOException {
    return temporary(Map.of());
  }

  /** The same with settings of Kafka's own that win over those here; its listener is PLAINTEXT. */
  static EmbeddedBroker temporary(Map<String, String> settings) throws IOException {
    Path dir = Files.createTempDirectory("weir-broker-");
    try {
      return start(dir, 0, true, settings);
    } catch (IOException | RuntimeException e) {
      deleteTree(dir);
      throw e;
    }
  }

  /** Address for clients, host:port. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Where the data is. */
  public Path dir() {
    return dir;
  }

  /** Stops the broker, within seconds even if clients are still connected. Repeats do nothing. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    node.stop(CLOSE_LIMIT);
    lock.close();
    if (temporary) {
      deleteTree(dir);
    }
  }

  private static EmbeddedBroker start(
      Path dir, int port, boolean temporary, Map<String, String> settings) throws IOException {
    ServerSocketChannel clients = bind(port);
    ServerSocketChannel controller = null;
    FileChannel lock = null;
    try {
      controller = bind(0);
      int clientPort = KafkaNode.port(clients);
      Files.createDirectories(dir);
      lock = lock(dir);
      format(dir);
      KafkaNode node = new KafkaNode(dir, clients, controller, settings);
      return new EmbeddedBroker(node, clientPort, dir, lock, temporary);
    } catch (IOException | RuntimeException e) {
      closeAll(clients, controller, lock);
      throw e;
    }
  }

  /**
   * Takes the directory. Kafka's own lock comes too late: a second controller would by then have
   * written to the first one's metadata log.
   */
  private static FileChannel lock(Path dir) throws IOException {
    FileChannel channel =
        FileChannel.open(
            dir.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // By this JVM.
    }
    if (!taken) {
      channel.close();
      throw new IOException(dir + " is in use by another broker: stop it, or choose another one");
    }
    return channel;
  }

  private static void closeAll(@Nullable Closeable... all) throws IOException {
    for (Closeable one : all) {
      if (one != null) {
        one.close();
      }
    }
  }

  private static ServerSocketChannel bind(int port) throws IOException {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      channel.configureBlocking(false);
      return channel;
    } catch (BindException e) {
      channel.close();
      throw (BindException)
          new BindException(
                  "port %d on 127.0.0.1 cannot be listened on (%s): stop what uses it, or choose"
                          .formatted(port, e.getMessage())
                      + " another port, or 0 for a free one")
              .initCause(e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void format(Path dir) throws IOException {
    if (Files.exists(dir.resolve("meta.properties"))) {
      return;
    }
    try (Stream<Path> files = Files.list(dir)) {
      if (files.anyMatch(file -> !file.endsWith(LOCK_FILE))) {
        throw new IOException(
            dir + " holds files that are not a broker's: choose an empty or a new directory");
      }
    }
    String path = dir.toString();
    try {
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(KafkaNode.ID)
          .setControllerListenerName(KafkaNode.CONTROLLER)
          .setMetadataLogDirectory(path)
          .setDirectories(Set.of(path))
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format " + dir, e);
    }
  }

  private static void deleteTree(Path dir) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(dir)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
