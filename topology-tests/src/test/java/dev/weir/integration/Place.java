/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import org.apache.kafka.clients.producer.RecordMetadata;

/** Where a record lies: what tells one input record from every other. */
record Place(String topic, int partition, long offset) {
  static Place of(RecordMetadata at) {
    return new Place(at.topic(), at.partition(), at.offset());
  }
}
