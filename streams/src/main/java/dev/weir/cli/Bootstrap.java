/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the cluster is: shared by the commands that talk to one. */
final class Bootstrap {
  private static final String DEFAULT_SERVERS = "127.0.0.1:9092";

  @Option(
      names = {"-b", "--bootstrap-server"},
      paramLabel = "HOST:PORT",
      description =
          "Brokers to ask first. Default: those of --config, else " + DEFAULT_SERVERS + ".")
  private @Nullable String servers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "weir.properties: topics, security and every other setting.")
  private @Nullable Path file;

  /** The properties of the file, if any, completed with the brokers. */
  Map<String, String> properties() throws IOException {
    Map<String, String> properties = new HashMap<>();
    if (file != null) {
      properties.putAll(read(file));
    }
    if (servers != null) {
      properties.put("kafka.bootstrap.servers", servers);
    }
    properties.putIfAbsent("kafka.bootstrap.servers", DEFAULT_SERVERS);
    return properties;
  }

  /** The properties in {@code file}. */
  static Map<String, String> read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new CommandFailedException(
          "there is no readable file " + file + "; --config names a weir.properties");
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(
          "%s is no file of properties: %s".formatted(file, e.getMessage()));
    }
    Map<String, String> map = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
    return map;
  }
}
