/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.RefusalReason;
import dev.weir.review.Ruling;
import dev.weir.wire.SingleObject;
import org.jspecify.annotations.Nullable;

/** Judges records of a log that others write into, before they are decoded. */
final class Incoming {
  /** Says that a record does not decode. */
  static final Ruling.Refused MALFORMED =
      no(RefusalReason.MALFORMED_AVRO, "the bytes after the Avro header do not decode");

  private Incoming() {}

  /**
   * What is wrong with a record before it is decoded; null if one of the codecs reads it.
   *
   * @param mostBytes the longest that is taken
   * @param wanted what others are to send
   * @param own what Weir itself sends there
   */
  static Ruling.@Nullable Refused fault(
      byte @Nullable [] value, int mostBytes, SingleObject<?> wanted, SingleObject<?>... own) {
    if (value == null) {
      return no(RefusalReason.NO_VALUE, "the record has no value");
    } else if (value.length > mostBytes) {
      return no(RefusalReason.TOO_LARGE, "at most %d bytes are taken".formatted(mostBytes));
    } else if (!SingleObject.isSingleObject(value)) {
      return no(
          RefusalReason.UNKNOWN_ENCODING,
          "send %s in Avro single-object encoding".formatted(wanted.schema().getName()));
    }
    long fingerprint = SingleObject.fingerprint(value);
    boolean known = wanted.reads(fingerprint);
    for (SingleObject<?> codec : own) {
      known |= codec.reads(fingerprint);
    }
    return known
        ? null
        : no(RefusalReason.UNKNOWN_SCHEMA, "it was written with a schema that is not known here");
  }

  private static Ruling.Refused no(RefusalReason reason, String detail) {
    return new Ruling.Refused(reason, "", detail);
  }
}
