/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's decoder, which refuses text that is not UTF-8 where Avro puts U+FFFD in silence, and
 * counts the entries of maps, so that a key that stands twice shows. A decoder and not a datum
 * reader, so that Avro's fast reader stays in use.
 */
final class StrictDecoder extends Decoder {
  private static final char REPLACEMENT = '\ufffd';
  private static final int KEEP_BYTES = 1 << 16;

  private Utf8 scratch = new Utf8();
  private BinaryDecoder in = DecoderFactory.get().binaryDecoder(new byte[0], null);
  private long mapEntries;

  /** Starts to read {@code value} after its first {@code from} bytes. */
  StrictDecoder start(byte[] value, int from) {
    in = DecoderFactory.get().binaryDecoder(value, from, value.length - from, in);
    mapEntries = 0;
    return this;
  }

  boolean isEnd() throws IOException {
    return in.isEnd();
  }

  /** Entries of all maps read since the start, keys that stand twice included. */
  long mapEntries() {
    return mapEntries;
  }

  @Override
  public String readString() throws IOException {
    scratch = in.readString(scratch);
    String text = strict(scratch);
    if (scratch.getByteLength() > KEEP_BYTES) {
      scratch = new Utf8();
    }
    return text;
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) throws IOException {
    Utf8 text = in.readString(old);
    strict(text);
    return text;
  }

  private static String strict(Utf8 bytes) throws CharacterCodingException {
    String text = bytes.toString();
    if (text.indexOf(REPLACEMENT) >= 0) { // sent as such, or put in the place of bad bytes
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(), 0, bytes.getByteLength()));
    }
    return text;
  }

  @Override
  public long readMapStart() throws IOException {
    return counted(in.readMapStart());
  }

  @Override
  public long mapNext() throws IOException {
    return counted(in.mapNext());
  }

  private long counted(long entries) {
    mapEntries += entries;
    return entries;
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
    return in.readBytes(old);
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length);
  }

  @Override
  public int remainingBytes() {
    return in.remainingBytes();
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public void skipString() throws IOException {
    in.skipString();
  }

  @Override
  public void skipBytes() throws IOException {
    in.skipBytes();
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }

  @Override
  public long readArrayStart() throws IOException {
    return in.readArrayStart();
  }

  @Override
  public long arrayNext() throws IOException {
    return in.arrayNext();
  }

  @Override
  public long skipArray() throws IOException {
    return in.skipArray();
  }

  @Override
  public long skipMap() throws IOException {
    return in.skipMap();
  }

  @Override
  public int readIndex() throws IOException {
    return in.readIndex();
  }
}
