/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import dev.weir.event.ActionEvent;
import java.util.Map;

/**
 * One decoded and validated action. Every string in {@code event} is valid Unicode within its
 * limit, every number finite, {@code arguments} is the parsed form of {@code event.arguments}.
 *
 * @param event the record; where it came as JSON, arguments holds the object's text
 * @param arguments parsed: Map, List, String, Long, Double, Boolean or null; empty where there are
 *     none
 * @param value the record's value, byte for byte as received
 * @param digest SHA-256 of {@code value}
 * @param origin where it was first read; its topic is the action's source
 * @param unknownKeys JSON keys that were ignored
 */
@SuppressWarnings(
    "ArrayRecordComponent") // identity is never asked for; copies cost on the hot path
public record Action(
    ActionEvent event,
    Map<String, Object> arguments,
    byte[] value,
    byte[] digest,
    Origin origin,
    int unknownKeys)
    implements Intake {

  /** The topic that vouches, or not, for the action's fields. */
  public String source() {
    return origin.topic();
  }
}
