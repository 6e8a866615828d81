/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

/**
 * Where a record was first read.
 *
 * @param topic source topic
 * @param partition its partition
 * @param offset its offset there
 * @param receivedMs broker append time, epoch ms
 */
public record Origin(String topic, int partition, long offset, long receivedMs) {}
