/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a file to which actions added: it keeps where each of the last {@value #MAX_PIECES}
 * pieces begins, so that any one of them can be left out.
 */
final class Appended {
  /** Between two pieces. */
  private static final char SEAM = '\u0001';

  /** What stands for that character where an action itself writes it: no program knows either. */
  private static final char WRITTEN = '\u0002';

  private static final int MAX_PIECES = 8;

  private Appended() {}

  /** A text that an action writes, as one piece. */
  static String piece(String text) {
    return text.replace(SEAM, WRITTEN);
  }

  /** With one more piece at its end. */
  static String add(String pieces, String piece) {
    String all = pieces + SEAM + piece;
    return seams(all) < MAX_PIECES ? all : all.replaceFirst(String.valueOf(SEAM), "");
  }

  /** As it stands in the file. */
  static String whole(String pieces) {
    return pieces.indexOf(SEAM) < 0 ? pieces : pieces.replace(String.valueOf(SEAM), "");
  }

  /** All that it would be if one of its pieces had not been added. */
  static List<String> withoutOne(String pieces) {
    List<String> all = new ArrayList<>(MAX_PIECES);
    for (int from = 0; from <= pieces.length(); ) {
      int seam = pieces.indexOf(SEAM, from);
      int to = seam < 0 ? pieces.length() : seam;
      all.add(whole(pieces.substring(0, from) + pieces.substring(to)));
      from = to + 1;
    }
    return all;
  }

  private static int seams(String pieces) {
    int seams = 0;
    for (int i = pieces.indexOf(SEAM); i >= 0; i = pieces.indexOf(SEAM, i + 1)) {
      seams++;
    }
    return seams;
  }
}
