/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes one record type in Avro single-object encoding: 0xC3 0x01, the writer
 * schema's CRC-64-AVRO fingerprint in little-endian order, then the binary record (Avro 1.12
 * specification, "Single-object encoding").
 *
 * <p>Invariant: {@code decode} accepts exactly the schemas that the instance was made with, and
 * refuses trailing bytes, text that is not UTF-8 and keys that stand twice. Safe for use by several
 * threads.
 *
 * @param <T> the record type
 */
public final class SingleObject<T extends SpecificRecord> {
  /** Bytes before the record: marker and fingerprint. */
  public static final int HEADER_BYTES = 10;

  private static final byte MARKER_0 = (byte) 0xC3;
  private static final byte MARKER_1 = 0x01;

  static {
    TrustedRecords.trust(); // where Avro's service loader does not see them
  }

  private final Schema schema;
  private final int[] maps;
  private final byte[] header;
  private final SpecificDatumWriter<T> writer;
  private final Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();
  private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);

  private SingleObject(Class<T> type, List<Schema> earlier) {
    SpecificData data = SpecificData.getForClass(type);
    this.schema = data.getSchema(type);
    this.maps = maps(schema);
    this.header = header(schema);
    this.writer = new SpecificDatumWriter<>(schema, writing(type, data));
    readers.put(fingerprint(schema), new SpecificDatumReader<>(schema, schema, data));
    for (Schema written : earlier) {
      readers.put(fingerprint(written), new SpecificDatumReader<>(written, schema, data));
    }
  }

  /** Writing by the records' own generated coders takes a third less than field by field. */
  private static SpecificData writing(Class<?> type, SpecificData data) {
    SpecificData own = new SpecificData(type.getClassLoader());
    data.getConversions().forEach(own::addLogicalTypeConversion);
    own.setCustomCoders(true);
    return own;
  }

  /** A codec that writes, and reads, the schema that {@code type} was compiled from. */
  public static <T extends SpecificRecord> SingleObject<T> of(Class<T> type) {
    return new SingleObject<>(type, List.of());
  }

  /** The same, which also reads records written with any of {@code earlier}. */
  public static <T extends SpecificRecord> SingleObject<T> of(Class<T> type, List<Schema> earlier) {
    return new SingleObject<>(type, earlier);
  }

  /** True if {@code value} starts as single-object encoding does; its schema may be unknown. */
  public static boolean isSingleObject(byte[] value) {
    return value.length >= HEADER_BYTES && value[0] == MARKER_0 && value[1] == MARKER_1;
  }

  /** The fingerprint that {@code value} carries; meaningful only if {@link #isSingleObject}. */
  public static long fingerprint(byte[] value) {
    return ByteBuffer.wrap(value, 2, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** CRC-64-AVRO of the schema's parsing canonical form. */
  public static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  /** The schema that this codec writes. */
  public Schema schema() {
    return schema;
  }

  /** True if this codec reads records written with the schema of that fingerprint. */
  public boolean reads(long fingerprint) {
    return readers.containsKey(fingerprint);
  }

  /** Header and record, as a new array. */
  public byte[] encode(T record) {
    Buffers own = buffers.get();
    own.out.reset();
    own.out.writeBytes(header);
    try {
      own.encoder = EncoderFactory.get().directBinaryEncoder(own.out, own.encoder);
      writer.write(record, own.encoder);
      own.encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = own.out.toByteArray();
    if (own.out.size() > Buffers.KEEP_BYTES) {
      buffers.remove();
    }
    return bytes;
  }

  /**
   * The record in {@code value}.
   *
   * @throws MalformedRecordException if the header, the fingerprint or the record is not as it
   *     should be, or bytes follow the record
   */
  public T decode(byte[] value) {
    if (!isSingleObject(value)) {
      throw new MalformedRecordException("not in Avro single-object encoding");
    }
    SpecificDatumReader<T> reader = readers.get(fingerprint(value));
    if (reader == null) {
      throw new MalformedRecordException(
          "written with schema %016x, which %s does not know"
              .formatted(fingerprint(value), schema.getName()));
    }
    Buffers own = buffers.get();
    StrictDecoder in = own.decoder.start(value, HEADER_BYTES);
    try {
      T record = reader.read(null, in);
      if (!in.isEnd()) {
        throw new MalformedRecordException("bytes follow the record");
      }
      if (in.mapEntries() != mapEntries(record)) {
        throw new MalformedRecordException("a key stands twice in one map");
      }
      return record;
    } catch (MalformedRecordException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Avro's readers throw many kinds, and name none: the bytes are hostile.
      throw new MalformedRecordException("does not decode as " + schema.getName(), e);
    }
  }

  private long mapEntries(T record) {
    long entries = 0;
    for (int field : maps) {
      entries += ((Map<?, ?>) record.get(field)).size();
    }
    return entries;
  }

  /** Positions of the schema's maps, which stand at its top level only. */
  private static int[] maps(Schema schema) {
    return schema.getFields().stream()
        .filter(field -> field.schema().getType() == Schema.Type.MAP)
        .mapToInt(Schema.Field::pos)
        .toArray();
  }

  private static byte[] header(Schema schema) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARKER_0)
        .put(MARKER_1)
        .putLong(fingerprint(schema))
        .array();
  }

  private static final class Buffers {
    static final int KEEP_BYTES = 1 << 16;
    final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    @Nullable BinaryEncoder encoder;
    final StrictDecoder decoder = new StrictDecoder();
  }
}
