/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir tail}. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Prints committed records of any topic as JSON, one a line:",
      "topic, partition, offset, timestamp, key, value."
    })
final class TailCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(
      paramLabel = "TOPIC",
      description = "A topic, in full, or without its prefix: escalations is weir.escalations.")
  private String topic = "";

  @Option(names = "--from-beginning", description = "Start at the oldest record, not at the next.")
  private boolean fromBeginning;

  @Option(names = "--once", description = "Stop at what is the end now; implies --from-beginning.")
  private boolean once;

  @Option(
      names = {"-n", "--max"},
      paramLabel = "N",
      description = "Stop after so many records.")
  private long max = Long.MAX_VALUE;

  @Option(names = "--values", description = "Print the values alone.")
  private boolean values;

  /** Agents' text is escaped to ASCII: what they wrote does not steer a reader's terminal. */
  private final ObjectMapper mapper =
      new ObjectMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  private final RecordJson json = new RecordJson();

  @Override
  public Integer call() throws IOException {
    WeirConfig config = WeirConfig.of(bootstrap.properties());
    PrintWriter out = spec.commandLine().getOut();
    try (Stop stop = Stop.onShutdown();
        KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config)) {
      List<TopicPartition> partitions = partitions(consumer, config);
      consumer.assign(partitions);
      if (fromBeginning || once) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long printed = 0;
      while (!stop.asked() && printed < max && !(once && reached(consumer, ends))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (printed < max) {
            out.println(mapper.writeValueAsString(values ? json.of(record.value()) : line(record)));
            printed++;
          }
        }
        out.flush();
      }
    }
    return 0;
  }

  private List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, WeirConfig config) {
    Map<String, List<PartitionInfo>> all = consumer.listTopics();
    String prefixed = config.topics().prefix() + '.' + topic;
    String name = all.containsKey(topic) ? topic : prefixed;
    List<PartitionInfo> found = all.get(name);
    if (found == null) {
      throw new CommandFailedException(
          "there is no topic %s and no %s; there is %s"
              .formatted(
                  topic, prefixed, String.join(", ", all.keySet().stream().sorted().toList())));
    }
    return found.stream().map(p -> new TopicPartition(name, p.partition())).toList();
  }

  private static boolean reached(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private ObjectNode line(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode line = mapper.createObjectNode();
    line.put("topic", record.topic());
    line.put("partition", record.partition());
    line.put("offset", record.offset());
    line.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
    line.put("key", record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8));
    line.set("value", json.of(record.value()));
    return line;
  }
}
