/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fleet;

/**
 * One record of the simulated fleet. A retry is a second record, equal in every component.
 *
 * @param taskId the task, and so the Kafka key
 * @param eventId the action's id, or "" for a malformed record
 * @param json the record's value: one line of UTF-8 JSON without line end; a malformed record may
 *     be anything else
 * @param harmful ground truth, which also stands under "truth" in a well-formed record
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its ids; a copy each would be waste
public record SimulatedAction(String taskId, String eventId, byte[] json, boolean harmful) {}
