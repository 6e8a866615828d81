/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A started broker and controller, put together as Kafka's own KafkaRaftServer does it, but with
 * two changes that make it fit to live inside another program: it takes sockets that are bound
 * already, and a failed start is an exception, where KafkaRaftServer halts the JVM.
 *
 * <p>Not a public API of Kafka: pinned to its version, and used by {@link EmbeddedBroker} only.
 */
final class KafkaNode {
  static final int ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  private final ControllerServer controllerServer;
  private final BrokerServer brokerServer;

  /**
   * Starts, and takes both sockets over.
   *
   * @param settings that win over those here
   * @throws IOException if it could not; then the sockets are the caller's to close
   */
  KafkaNode(
      Path dir,
      ServerSocketChannel clients,
      ServerSocketChannel controller,
      Map<String, String> settings)
      throws IOException {
    Map<String, ServerSocketChannel> bound = Map.of("PLAINTEXT", clients, CONTROLLER, controller);
    Properties properties = properties(dir, port(clients), port(controller));
    properties.putAll(settings);
    KafkaConfig config = new KafkaConfig(properties, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
        KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(KafkaNode.class), "");
    SharedServer shared =
        new SharedServer(
            config,
            formatted._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(Map.of(ID, address(controller))),
            List.of(),
            (name, fatal, action) -> new LoggingFaultHandler(name, action),
            reuse(bound));
    controllerServer = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
    brokerServer = new BrokerServer(shared);
    try {
      controllerServer.startup();
      brokerServer.startup();
    } catch (RuntimeException e) {
      stop(Duration.ZERO);
      throw new IOException("cannot start a broker on " + dir + ": " + e.getMessage(), e);
    }
  }

  void stop(Duration limit) {
    brokerServer.shutdown(limit);
    controllerServer.shutdown();
    brokerServer.awaitShutdown();
    controllerServer.awaitShutdown();
  }

  static int port(ServerSocketChannel channel) throws IOException {
    return address(channel).getPort();
  }

  private static InetSocketAddress address(ServerSocketChannel channel) throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  private static ServerSocketFactory reuse(Map<String, ServerSocketChannel> bound) {
    return (listener, address, backlog, receiveBuffer) -> {
      ServerSocketChannel channel = bound.get(listener);
      if (channel == null) {
        throw new BindException("no socket was bound for listener " + listener);
      }
      return channel;
    };
  }

  private static Properties properties(Path dir, int clients, int controller) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", Integer.toString(ID));
    p.put("log.dirs", dir.toString());
    String listener = "PLAINTEXT://127.0.0.1:" + clients;
    p.put("listeners", listener + "," + CONTROLLER + "://127.0.0.1:" + controller);
    p.put("advertised.listeners", listener);
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    p.put("controller.listener.names", CONTROLLER);
    p.put("controller.quorum.voters", ID + "@127.0.0.1:" + controller);
    p.put("auto.create.topics.enable", "false");
    p.put("default.replication.factor", "1");
    p.put("min.insync.replicas", "1");
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      p.put(topic + ".replication.factor", "1");
      p.put(topic + ".num.partitions", "4");
    }
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("share.coordinator.state.topic.num.partitions", "4");
    p.put("group.initial.rebalance.delay.ms", "0");
    // A broker that was killed keeps its registration this long, and a restart waits for it.
    p.put("broker.session.timeout.ms", "1500");
    p.put("broker.heartbeat.interval.ms", "300");
    // Heap that the default size would take: 128 MiB for the cleaner alone.
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("num.recovery.threads.per.data.dir", "1");
    return p;
  }
}
