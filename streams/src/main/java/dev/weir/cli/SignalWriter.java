/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.SignalRow;
import dev.weir.serde.RecordTree;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** Writes rows of signals, in a format that others read. */
sealed interface SignalWriter extends Closeable {

  /** What an export may be. */
  enum Format {
    /** A JSON object a line, times as ISO 8601, ASCII alone. */
    JSONL,
    /** An Avro object container file, deflated: it holds its schema, with every column's doc. */
    AVRO;

    /** A writer to {@code out}, which it closes. */
    SignalWriter to(OutputStream out) throws IOException {
      return this == JSONL ? new Lines(out) : new Container(out);
    }
  }

  /** One row more. */
  void write(SignalRow row) throws IOException;

  /** JSON lines. */
  record Lines(OutputStream out) implements SignalWriter {
    @Override
    public void write(SignalRow row) throws IOException {
      out.write(PolicyJson.text(RecordTree.of(row)).getBytes(StandardCharsets.US_ASCII));
      out.write('\n');
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** A container file of Avro. */
  final class Container implements SignalWriter {
    private static final int LEVEL = 6;

    private final DataFileWriter<SignalRow> file;

    Container(OutputStream out) throws IOException {
      file = new DataFileWriter<>(new SpecificDatumWriter<>(SignalRow.class));
      file.setCodec(CodecFactory.deflateCodec(LEVEL));
      file.create(SignalRow.getClassSchema(), out);
    }

    @Override
    public void write(SignalRow row) throws IOException {
      file.append(row);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
