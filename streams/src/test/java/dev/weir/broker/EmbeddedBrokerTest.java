/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final String TOPIC = "kept";

  @TempDir Path dir;

  @Test
  void shouldKeepCommittedRecordsWhenDirIsOpenedAgain() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0)) {
      createTopic(broker);
      sendInTransaction(broker, "first");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0)) {
      sendInTransaction(broker, "second");
      assertThat(read(broker)).containsExactly("first", "second");
    }
  }

  @Test
  void shouldSayWhichPortIsTakenWhenItCannotBind() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int taken = other.getLocalPort();
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(() -> EmbeddedBroker.start(dir, taken))
          .withMessageContaining("port " + taken + " on 127.0.0.1");
    }
  }

  @Test
  void shouldRefuseWhenDirIsInUse() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0)) {
      assertThatIOException()
          .isThrownBy(() -> EmbeddedBroker.start(dir, 0))
          .withMessageContaining(dir + " is in use by another broker");
      createTopic(broker);
    }
  }

  @Test
  void shouldRefuseWhenDirHoldsOtherFiles() throws Exception {
    Files.writeString(dir.resolve("thesis.txt"), "mine");
    assertThatIOException()
        .isThrownBy(() -> EmbeddedBroker.start(dir, 0))
        .withMessageContaining("holds files that are not a broker's");
    assertThat(dir).isDirectoryContaining(path -> path.endsWith("thesis.txt"));
  }

  @Test
  void shouldLeaveNothingBehindWhenClosed() throws Exception {
    EmbeddedBroker warmUp = EmbeddedBroker.temporary(); // static daemon threads of Kafka's metrics
    warmUp.close();
    Set<String> before = threads();

    EmbeddedBroker broker = EmbeddedBroker.temporary();
    int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
    createTopic(broker);
    broker.close();
    broker.close();

    assertThat(broker.dir()).doesNotExist();
    assertThat(threads()).isEqualTo(before);
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(free.isBound()).isTrue();
    }
  }

  @Test
  void shouldNotMakeTopicsWhenTheyAreOnlyAskedFor() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.temporary();
        KafkaConsumer<String, String> consumer = consumer(broker);
        Admin admin = admin(broker)) {
      assertThat(consumer.listTopics()).isEmpty();
      assertThat(admin.listTopics().names().get()).isEmpty();
    }
  }

  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> !name.matches("ForkJoinPool.*|Attach Listener|process reaper.*"))
        .forEach(names::add);
    return names;
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (Admin admin = admin(broker)) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void sendInTransaction(EmbeddedBroker broker, String value) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(TOPIC, value));
      producer.commitTransaction();
    }
  }

  private static KafkaConsumer<String, String> consumer(EmbeddedBroker broker) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }

  private static List<String> read(EmbeddedBroker broker) throws IOException {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<String, String> consumer = consumer(broker)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<String> values = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(10))) {
          values.add(record.value());
        }
      }
      return values;
    }
  }
}
