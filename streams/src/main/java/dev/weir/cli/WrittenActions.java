/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.policy.PolicyException;
import dev.weir.policy.PolicyLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads actions as authors write them: JSON lines in full or in short, or one action in YAML over
 * several lines.
 */
final class WrittenActions {
  private static final int MAX = 100_000;

  private WrittenActions() {}

  /** The actions; {@code second} numbers the first one of those that tell no time. */
  static List<Action> read(Path file, String source, int second) throws IOException {
    List<byte[]> lines = lines(file);
    List<Action> actions = new ArrayList<>();
    if (!lines.isEmpty() && lines.get(0)[0] != '{') {
      return List.of(PolicyLoader.action(file.toString(), joined(lines), source, second));
    }
    try {
      for (byte[] line : lines) {
        actions.add(
            action(file + ":" + (actions.size() + 1), line, source, second + actions.size()));
      }
    } catch (PolicyException e) {
      if (!actions.isEmpty() || lines.size() == 1) {
        throw e;
      }
      actions.add(PolicyLoader.action(file.toString(), joined(lines), source, second));
    }
    if (actions.isEmpty()) {
      throw new CommandFailedException(file + " holds no action");
    }
    return actions;
  }

  private static List<byte[]> lines(Path file) throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (LogFile lines = LogFile.open(file)) {
      for (byte[] line = lines.next(); line != null && all.size() < MAX; line = lines.next()) {
        all.add(line);
      }
    }
    return all;
  }

  private static Action action(String name, byte[] line, String source, int second) {
    ActionDecoder decoder = new ActionDecoder(Limits.DEFAULT.withAheadMs(Long.MAX_VALUE));
    Intake intake = decoder.decode(line, new Origin(source, 0, second, 0));
    return intake instanceof Action action
        ? action
        : PolicyLoader.action(name, line, source, second);
  }

  private static byte[] joined(List<byte[]> lines) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      all.writeBytes(line);
      all.write('\n');
    }
    return all.toByteArray();
  }
}
