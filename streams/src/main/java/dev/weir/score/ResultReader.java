/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.action.Action;
import dev.weir.event.Result;
import org.jspecify.annotations.Nullable;

/**
 * Takes an action and what its tool returned into the task's provenance, after the action was
 * scored: context for later actions only. One pass over the result. Reused; one thread.
 */
public final class ResultReader {
  private final Tokens tokens = new Tokens();
  private final TextScanner scanner = new TextScanner(tokens);

  /**
   * Folds an action into {@code provenance}.
   *
   * @param trusted whether its result may be believed, by a source that may say so
   * @param objective what the task is for, where attested, else null
   */
  public void fold(
      Provenance provenance, Action action, boolean trusted, @Nullable String objective) {
    Result result = action.event().getResult();
    String excerpt = result == null ? null : result.getExcerpt();
    tokens.clear();
    if (excerpt != null) {
      scanner.scan(excerpt);
      Passages.share(tokens);
    }
    String tool = action.event().getTool().getName();
    Arguments arguments = new Arguments(action.arguments());
    Deed deed = Deed.of(Naming.of(tool), arguments);
    ActionValues values = new ActionValues(tool, deed, arguments);
    boolean named = objective != null && Evidence.isNamed(values, provenance.purpose(objective));

    provenance.cool();
    Evidence.use(values, provenance);
    if (excerpt != null) {
      provenance.meet(tokens, trusted, named);
    }
    if (result != null && result.getPartial()) {
      provenance.meetCut();
    }
  }
}
