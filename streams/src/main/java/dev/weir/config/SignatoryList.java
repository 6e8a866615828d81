/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Signatory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Takes a list of those whose signatures count, each with a key given inline or by file. */
final class SignatoryList implements ConfigDef.Validator {
  private static final String FILE = "file:";

  @Override
  public void ensureValid(String key, Object value) {
    try {
      of(value instanceof List<?> list ? list : List.of(value));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("%s: %s".formatted(key, e.getMessage()));
    }
  }

  /**
   * They, by name.
   *
   * @throws IllegalArgumentException if one is not written as it should be, or stands there twice
   */
  static Map<String, Signatory> of(Collection<?> texts) {
    Map<String, Signatory> publishers = new TreeMap<>();
    for (Object text : texts) {
      Signatory publisher = Signatory.parse(String.valueOf(text), SignatoryList::key);
      if (publishers.put(publisher.name(), publisher) != null) {
        throw new IllegalArgumentException(publisher.name() + " stands there twice");
      }
    }
    return publishers;
  }

  private static PublicKey key(String text) {
    if (!text.startsWith(FILE)) {
      return Ed25519.publicKey(text);
    }
    String path = text.substring(FILE.length());
    try {
      return Ed25519.publicKey(Files.readString(Path.of(path)));
    } catch (IOException e) {
      throw new IllegalArgumentException("there is no readable file " + path, e);
    }
  }

  @Override
  public String toString() {
    return "NAME=KEY or NAME=KEY;from=DATE;until=DATE, KEY an Ed25519 public key in base64, or"
        + " file:PATH of one in PEM";
  }
}
