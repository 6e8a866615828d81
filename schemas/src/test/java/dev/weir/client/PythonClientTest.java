/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.wire.SingleObject;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's client in Python, against what Java writes; a stub stands for Kafka's client. */
class PythonClientTest {
  private static final Pattern BLOCK = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
  private static final byte[] DIGEST = new byte[32];

  /** A broker that answers each proposal with what the test wrote, its digest put in. */
  private static final String STUB =
      """
      import hashlib, sys, types
      answers, sent = [], []
      class TopicPartition:
          def __init__(self, topic, partition, offset=0): self.topic, self.partition = topic, partition
      class Producer:
          def __init__(self, settings): assert settings["partitioner"] == "murmur2_random"
          def produce(self, topic, value, key): sent.append(value)
          def poll(self, seconds): pass
      class Message:
          def __init__(self, value): self.bytes = value
          def error(self): return None
          def value(self): return self.bytes.replace(bytes(32), hashlib.sha256(sent[-1]).digest())
      class Consumer:
          def __init__(self, settings): assert settings["isolation.level"] == "read_committed"
          def list_topics(self, name):
              return types.SimpleNamespace(topics={name: types.SimpleNamespace(partitions={0: None})})
          def get_watermark_offsets(self, partition): return (0, 7)
          def assign(self, partitions): pass
          def poll(self, seconds): return Message(answers.pop(0)) if answers else None
      stub = types.ModuleType("confluent_kafka")
      stub.TopicPartition, stub.Producer, stub.Consumer = TopicPartition, Producer, Consumer
      sys.modules["confluent_kafka"] = stub
      """;

  private static final String USE =
      """
      weir = Weir("127.0.0.1:9092")
      answers.extend(bytes.fromhex(line) for line in sys.argv[1:])
      print(weir.propose({"task_id": "täsk", "event_id": "e"}, 20))
      print(weir.propose({"task_id": "täsk", "event_id": "e"}, 0.01))
      """;

  @TempDir private Path dir;

  @BeforeAll
  static void needPython() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3"))),
        "there is no python3");
  }

  @Test
  void shouldEndAsWeirSaysWhenTheProposalIsAnswered() throws Exception {
    for (DispositionKind kind : EnumSet.complementOf(EnumSet.of(DispositionKind.HELD))) {
      String output =
          run(
              answer("other", DispositionKind.RELEASED),
              answer("e", DispositionKind.HELD),
              answer("e", kind));
      assertThat(output.lines())
          .as(output)
          .containsExactly(kind == DispositionKind.OTHER ? "DENIED" : kind.name(), "DENIED");
    }
  }

  @Test
  void shouldStayShortWhenItIsShown() throws IOException {
    assertThat(client().lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(40);
  }

  private String run(String... answers) throws Exception {
    Path file = Files.writeString(dir.resolve("client.py"), STUB + client() + USE);
    String[] command = {"python3", file.toString()};
    String[] all = Stream.of(command, answers).flatMap(Arrays::stream).toArray(String[]::new);
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String client() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static String answer(String event, DispositionKind kind) {
    return HexFormat.of()
        .formatHex(
            SingleObject.of(Disposition.class)
                .encode(
                    new Disposition(
                        event,
                        "täsk",
                        ByteBuffer.wrap(DIGEST),
                        kind,
                        false,
                        Instant.ofEpochMilli(1),
                        null)));
  }
}
