/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import dev.weir.config.WeirConfig;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.topology.Monitor;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A monitor in a process of its own, to be killed. Runs until its standard input ends. */
final class MonitorProcess {
  private MonitorProcess() {}

  public static void main(String[] args) throws Exception {
    Properties read = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(args[0]))) {
      read.load(in);
    }
    Map<String, String> properties = new HashMap<>();
    read.stringPropertyNames().forEach(key -> properties.put(key, read.getProperty(key)));
    WeirConfig config = WeirConfig.of(properties);
    try (Monitor monitor = Monitor.of(config, policy(config), Cluster.CHANCE_KEY, Tally.NONE)) {
      monitor.start();
      while (System.in.read() >= 0) {
        // Nothing is said on it; its end is the end.
      }
    }
  }

  private static Policy policy(WeirConfig config) throws IOException {
    String file = config.getString(WeirConfig.POLICY_FILE);
    return file.isEmpty()
        ? Cluster.POLICY
        : PolicyLoader.load(file, Files.readAllBytes(Path.of(file)));
  }
}
