/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * Where something stands in a policy's files; line and column from 1. In a policy that came as one
 * canonical document: where in that.
 */
public record Place(String file, int line, int column) {
  /** The file's name without folder and ending: what it is about, in a policy of several files. */
  public String topic() {
    String name = file.substring(file.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
