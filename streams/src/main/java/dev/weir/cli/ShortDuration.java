/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time as people write one: 30s, 5m, 1h30m. */
final class ShortDuration implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String iso = "PT" + text.trim().toUpperCase(Locale.ROOT).replaceFirst("^PT", "");
    try {
      return Duration.parse(iso);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("a time is 30s, 5m or 1h, not '%s'".formatted(text));
    }
  }
}
