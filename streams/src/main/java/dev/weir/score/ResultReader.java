/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.action.Action;
import dev.weir.event.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes an action and what its tool returned into the task's provenance, after the action was
 * scored: context for later actions only. One pass over the result. Reused; one thread.
 */
public final class ResultReader {
  private final Tokens tokens = new Tokens();
  private final TextScanner scanner = new TextScanner(tokens);

  /**
   * An action, with its values where scoring has read them.
   *
   * @param read null where it has not
   * @param left what the action leaves for later ones
   * @param vouched whether its source is one that can make a tool or target no news to the task; to
   *     any other, who could use it first to make it look familiar, it stays new
   */
  public record Acted(
      Action action, @Nullable ActionValues read, List<Leftover> left, boolean vouched) {
    /** An action of a vouched source as it was scored. */
    public Acted(Action action, Scored scored) {
      this(action, scored, true);
    }

    /** An action as it was scored. */
    public Acted(Action action, Scored scored, boolean vouched) {
      this(action, scored.read(), scored.left(), vouched);
    }

    ActionValues values() {
      if (read != null) {
        return read;
      }
      String tool = action.event().getTool().getName();
      Arguments arguments = new Arguments(action.arguments());
      return new ActionValues(tool, Deed.of(Naming.of(tool), arguments), arguments);
    }
  }

  /** Folds an action that was not scored. */
  void fold(Provenance provenance, Action action, boolean trusted, @Nullable String objective) {
    fold(provenance, new Acted(action, null, List.of(), true), trusted, objective);
  }

  /**
   * Folds an action into {@code provenance}.
   *
   * @param trusted whether its result may be believed, by a source that may say so
   * @param objective what the task is for, where attested, else null
   */
  public void fold(
      Provenance provenance, Acted acted, boolean trusted, @Nullable String objective) {
    Result result = acted.action().event().getResult();
    String excerpt = result == null ? null : result.getExcerpt();
    tokens.clear();
    if (excerpt != null) {
      scanner.scan(excerpt);
      Passages.share(tokens);
    }
    ActionValues values = acted.values();
    boolean named = objective != null && Evidence.isNamed(values, provenance.purpose(objective));

    boolean pointed =
        objective != null && excerpt != null && isPointedAt(acted, values, provenance, objective);

    provenance.cool();
    if (acted.vouched()) {
      Evidence.use(values, provenance);
    }
    provenance.leave(acted.left());
    if (excerpt != null) {
      provenance.meet(tokens, trusted, named, pointed);
    }
    if (result != null && result.getPartial()) {
      provenance.meetCut();
    }
  }

  /** Whether the objective leaves what to do to what this action reads. */
  private static boolean isPointedAt(
      Acted acted, ActionValues values, Provenance provenance, String objective) {
    Purpose purpose = provenance.purpose(objective);
    Action action = acted.action();
    return purpose.delegates()
        && purpose.pointsAt(
            action.event().getTool().getName(), new Arguments(action.arguments()), values.kinds());
  }
}
