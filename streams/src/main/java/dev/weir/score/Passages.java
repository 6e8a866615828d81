/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

/**
 * How much a passage of a text reads like an order to the agent that reads it. A sentence's heat
 * counts, once each, an act ordered (1), the reader addressed (½), an agent or model named (1), its
 * user spoken of (½), its task (½), what went before set aside (1), what is to be done before or
 * after (½), urgency (½), secrecy (½), a tag that switches roles (1). Sentences after it share it,
 * less by a third a sentence, those before it by a half, or a quarter where they order nothing;
 * less by a half from row to row of a table, and nothing passes the border of a field of JSON.
 * Honest about its limits: a lexical score, in a few European languages; an order in plain business
 * prose is an {@link #ORDER} only, and one without any order's words none.
 */
final class Passages {
  /** From here on something is asked for, of whomever. */
  static final float ORDER = 1;

  /** From here on an agent is told what to do. */
  static final float INSTRUCTION = 2;

  private static final float AFTER = 0.67f;
  private static final float BEFORE = 0.5f;
  private static final float ROW = 0.5f;

  private Passages() {}

  /** The heat of one sentence. */
  static float heat(long said, boolean ordered) {
    float heat = ordered ? 1 : 0;
    heat += (said & Cues.YOU) != 0 ? 0.5f : 0;
    heat += (said & Cues.AGENT) != 0 ? 1 : 0;
    heat += (said & Cues.USER) != 0 ? 0.5f : 0;
    heat += (said & Cues.TASK) != 0 ? 0.5f : 0;
    heat += (said & Cues.OVERRIDE) != 0 ? 1 : 0;
    heat += (said & Cues.BEFORE) != 0 ? 0.5f : 0;
    heat += (said & Cues.URGENT) != 0 ? 0.5f : 0;
    heat += (said & Cues.QUIET) != 0 ? 0.5f : 0;
    return heat;
  }

  private static float across(long said) {
    return (said & Cues.APART) != 0 ? 0 : (said & Cues.ROW) != 0 ? ROW : 1;
  }

  /** Lets sentences share the heat of those around them; an order adds half of its own. */
  static void share(Tokens tokens) {
    int count = tokens.sentences();
    float[] after = new float[count];
    float carried = 0;
    for (int i = count - 1; i >= 0; i--) {
      after[i] = carried;
      boolean opens = (tokens.cues(i) & Cues.TAG) != 0;
      carried = opens ? 0 : Math.max(tokens.heat(i), carried) * BEFORE * across(tokens.cues(i));
    }
    carried = 0;
    for (int i = 0; i < count; i++) {
      float own = tokens.heat(i);
      carried *= across(tokens.cues(i));
      boolean ordered = (tokens.cues(i) & Cues.BASE) != 0;
      float around = Math.max(carried, ordered ? after[i] : after[i] * BEFORE);
      tokens.heat(i, Math.max(own, ordered ? around + own / 2 : around));
      carried = Math.max(own, carried) * AFTER;
    }
  }
}
