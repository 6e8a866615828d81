/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.state.TaskObjective;
import dev.weir.state.TaskRecent;
import dev.weir.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class RecordSerdeTest {
  private static final String TOPIC = "changelog";

  private final Serde<TaskObjective> records = RecordSerde.of(TaskObjective.class);
  private final Serde<String> texts =
      RecordSerde.of(
          TaskObjective.class, text -> new TaskObjective(text, true), TaskObjective::getText);

  @Test
  void shouldReadWhatItWroteWhenValueIsRecord() {
    TaskObjective objective = new TaskObjective("Pay the invoice.", true);

    byte[] bytes = records.serializer().serialize(TOPIC, objective);

    assertThat(records.deserializer().deserialize(TOPIC, bytes)).isEqualTo(objective);
  }

  @Test
  void shouldReadWhatItWroteWhenValueHasRecordAsState() {
    byte[] bytes = texts.serializer().serialize(TOPIC, "Pay.");

    assertThat(texts.deserializer().deserialize(TOPIC, bytes)).isEqualTo("Pay.");
    assertThat(records.deserializer().deserialize(TOPIC, bytes))
        .isEqualTo(new TaskObjective("Pay.", true));
  }

  @Test
  void shouldPassNullOnWhenEntryIsDeleted() {
    assertThat(texts.serializer().serialize(TOPIC, null)).isNull();
    assertThat(texts.deserializer().deserialize(TOPIC, null)).isNull();
  }

  @Test
  void shouldNameTheTopicWhenBytesAreNoState() {
    byte[] whole = records.serializer().serialize(TOPIC, new TaskObjective("Pay.", true));
    byte[] other =
        RecordSerde.of(TaskRecent.class)
            .serializer()
            .serialize(
                TOPIC, new TaskRecent(ByteBuffer.allocate(0), List.of(), ByteBuffer.allocate(0)));

    for (byte[] bytes :
        new byte[][] {{}, {1, 2, 3}, Arrays.copyOf(whole, whole.length - 1), other}) {
      assertThatThrownBy(() -> records.deserializer().deserialize(TOPIC, bytes))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining(TOPIC)
          .hasCauseInstanceOf(MalformedRecordException.class);
    }
  }
}
