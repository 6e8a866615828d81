/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.Settings;
import dev.weir.config.WeirConfig;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.topology.Monitor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigDef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the monitor against a real cluster until it is told to stop.")
final class RunCommand implements Callable<Integer> {
  private static final long LOOK_MS = 500;
  private static final int MIN_KEY_BYTES = 32;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "weir.properties; --settings lists what may stand in it.")
  private Path file = Path.of("weir.properties");

  @Option(names = "--settings", description = "Print every setting and stop.")
  private boolean settings;

  @Option(names = "--check", description = "Check settings, policy and topics, and stop.")
  private boolean check;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (settings) {
      printSettings();
      return 0;
    }
    Map<String, String> properties = new HashMap<>(Bootstrap.read(file));
    WeirConfig config = WeirConfig.of(properties);
    needed(properties, "kafka.bootstrap.servers", "the brokers to ask first, host:port");
    needed(properties, WeirConfig.STATE_DIR, "a folder on a volume of its own");
    Policy policy = policy(config);
    byte[] key = chanceKey(config);
    if (check) {
      Monitor.of(config, policy, key, Tally.NONE).close();
      err.println("settings, policy and topics are as they should be");
      err.flush();
      return 0;
    }
    try (Stop stop = Stop.onShutdown();
        Service service = Service.start(config, policy, key, config.getInt(WeirConfig.HTTP_PORT))) {
      err.printf(
          "weir starts with policy %s %s (partitions that adopted another keep it); metrics at http://%s:%d/metrics%n",
          policy.id(),
          policy.version(),
          config.getString(WeirConfig.HTTP_HOST),
          service.httpPort());
      err.flush();
      while (!stop.await(LOOK_MS)) {
        if (service.failed()) {
          throw new CommandFailedException(
              "the monitor stopped after a fault that is logged above; what is uncommitted is done"
                  + " again at the next start");
        }
      }
    }
    return 0;
  }

  private static void needed(Map<String, String> properties, String key, String what) {
    if (properties.getOrDefault(key, "").isEmpty()) {
      throw new CommandFailedException("%s is not set: it names %s".formatted(key, what));
    }
  }

  /** The policy that the configuration names, or the pack that Weir brings. */
  static Policy policy(WeirConfig config) throws IOException {
    String file = config.getString(WeirConfig.POLICY_FILE);
    if (file.isEmpty()) {
      return PolicyLoader.builtIn();
    }
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      throw new CommandFailedException(
          "%s names %s, which is no readable file".formatted(WeirConfig.POLICY_FILE, file));
    }
    return PolicyFile.load(path);
  }

  private static byte[] chanceKey(WeirConfig config) throws IOException {
    String file = config.getString(WeirConfig.CHANCE_KEY_FILE);
    String mend = "; make one with: head -c 32 /dev/urandom > chance.key";
    if (file.isEmpty() || !Files.isReadable(Path.of(file))) {
      throw new CommandFailedException(
          WeirConfig.CHANCE_KEY_FILE + " names no readable file" + mend);
    }
    byte[] key = Files.readAllBytes(Path.of(file));
    if (key.length < MIN_KEY_BYTES) {
      throw new CommandFailedException(
          "%s holds %d bytes and needs %d%s"
              .formatted(WeirConfig.CHANCE_KEY_FILE, key.length, MIN_KEY_BYTES, mend));
    }
    return key;
  }

  private void printSettings() {
    PrintWriter out = spec.commandLine().getOut();
    for (ConfigDef.ConfigKey key : Settings.DEFINITION.configKeys().values()) {
      out.printf("%s=%s%n    %s%n", key.name, display(key.defaultValue), key.documentation);
    }
    out.printf("kafka.*%n    Any setting of Kafka's own, without the prefix.%n");
    out.flush();
  }

  private static String display(Object value) {
    return value instanceof java.util.List<?> list && list.isEmpty() ? "" : String.valueOf(value);
  }
}
