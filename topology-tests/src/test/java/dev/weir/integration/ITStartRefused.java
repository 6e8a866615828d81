/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.topology.StartRefusedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;

/** What is wrong with a cluster is said before the start, in a sentence that says what mends it. */
class ITStartRefused {

  @Test
  void shouldNameWhatIsWrongWhenTopicsAreNotAsPlanned() throws Exception {
    try (Cluster cluster = Cluster.start("it-refused")) {
      String rekey = cluster.topics().rekey();
      String actions = cluster.topics().actions();
      cluster.set(rekey, "message.timestamp.type", "CreateTime");
      assertThat(refusal(cluster))
          .contains("LogAppendTime")
          .contains(rekey)
          .doesNotContain(actions);
      cluster.set(actions, "message.timestamp.type", "CreateTime");
      assertThat(refusal(cluster)).contains("LogAppendTime").contains(actions).contains(rekey);

      Map<String, String> offline = cluster.properties("offline");
      offline.put("time", "occurred-at");
      cluster.run("offline", offline).close(); // the log's own times are wanted

      String risks = cluster.topics().taskRisk();
      cluster
          .admin()
          .createPartitions(Map.of(risks, NewPartitions.increaseTo(Cluster.PARTITIONS + 1)))
          .all()
          .get();
      Await.until(
          "the new partition",
          () ->
              cluster
                      .admin()
                      .describeTopics(List.of(risks))
                      .allTopicNames()
                      .get()
                      .get(risks)
                      .partitions()
                      .size()
                  == Cluster.PARTITIONS + 1);
      assertThat(refusal(cluster)).contains(risks + " has 5 and needs 4");

      String prices = cluster.topics().prices();
      cluster.admin().deleteTopics(List.of(prices)).all().get();
      Await.until(
          "the topic's end", () -> !cluster.admin().listTopics().names().get().contains(prices));
      assertThat(refusal(cluster)).contains("Missing topic " + prices).contains("topics create");
    }
  }

  @Test
  void shouldNameEveryTopicWhenThereIsNone() throws Exception {
    try (Cluster cluster = Cluster.bare("it-none")) {
      assertThat(refusal(cluster))
          .contains(cluster.topics().actions())
          .contains(cluster.topics().concentration());
    }
  }

  @Test
  void shouldSayThatNobodyAnswersWhenBrokersAreUnreachable() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    try (Cluster cluster = Cluster.bare("it-nobody")) {
      Map<String, String> properties = cluster.properties("one");
      properties.put("kafka.bootstrap.servers", "127.0.0.1:" + free);
      assertThat(refusal(cluster, properties)).contains("kafka.bootstrap.servers");
    }
  }

  @Test
  void shouldSayThatTheAddressIsWrongWhenItHasNoHost() throws Exception {
    try (Cluster cluster = Cluster.bare("it-nowhere")) {
      Map<String, String> properties = cluster.properties("one");
      properties.put("kafka.bootstrap.servers", "no-such-host.invalid:9092");
      assertThat(refusal(cluster, properties)).contains("kafka.bootstrap.servers");
    }
  }

  private static String refusal(Cluster cluster) {
    return refusal(cluster, cluster.properties("one"));
  }

  /** The one sentence that the start is refused with. */
  private static String refusal(Cluster cluster, Map<String, String> properties) {
    Throwable refused = catchThrowable(() -> cluster.run("one", properties));
    assertThat(refused).isInstanceOf(StartRefusedException.class);
    assertThat(refused.getMessage()).endsWith(".").doesNotContain("\n").doesNotContain("Exception");
    return refused.getMessage();
  }
}
