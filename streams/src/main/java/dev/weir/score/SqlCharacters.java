/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.io.IOException;
import net.sf.jsqlparser.parser.SimpleCharStream;
import net.sf.jsqlparser.parser.StringProvider;

/**
 * A statement's characters, for JSqlParser's lexer, which looks for the end of every bracket and
 * comment that may not have one, again and again: ends with an exception once it has read each
 * character {@value #AGAIN} times over on average.
 */
final class SqlCharacters extends SimpleCharStream {
  private static final int AGAIN = 8;
  private static final int ALWAYS = 512;

  private int left;

  SqlCharacters(String text) {
    super(new StringProvider(text));
    this.left = ALWAYS + AGAIN * text.length();
  }

  @Override
  public char readChar() throws IOException {
    if (left-- <= 0) {
      throw new IllegalStateException("takes too long to read");
    }
    return super.readChar();
  }
}
