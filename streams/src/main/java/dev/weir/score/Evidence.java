/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.Fact;
import dev.weir.score.ActionValues.Part;
import dev.weir.score.ActionValues.Role;
import dev.weir.score.Tokens.Kind;

/**
 * Whether an action is what its task is for: where its values came from, whether the objective, or
 * somebody's text, asks for this kind of act, what is new. A pure function of the action's values,
 * the task's trail and the objective.
 */
@SuppressWarnings("EnumOrdinal") // arrays that live no longer than the action is scored
final class Evidence {
  private static final ValueOrigin[] ORIGINS = ValueOrigin.values();

  private final ActionValues values;
  private final Trail trail;
  private final Purpose purpose;
  private final Kinds kinds;
  private final boolean newTool;
  private final int[] counts = new int[ORIGINS.length];
  private final ValueOrigin[] byKind = new ValueOrigin[Kind.values().length];
  private int targets;
  private int newTargets;
  private ValueOrigin worst = ValueOrigin.NONE;
  private ValueOrigin amount = ValueOrigin.NONE;
  private int significant;
  private int instructedWords;
  private int metWords;
  private int namedWords;
  private int valuesMet;
  private int passed;

  Evidence(ActionValues values, Trail trail, Purpose purpose) {
    this.values = values;
    this.trail = trail;
    this.purpose = purpose;
    this.kinds = values.kinds();
    this.newTool = (trail.of(values.tool()) & Trail.USED) == 0;
    for (Part part : values.parts()) {
      read(part);
    }
  }

  /** Whether the objective names what the action reads: one of its values, or the kind of thing. */
  static boolean isNamed(ActionValues values, Purpose purpose) {
    Tokens tokens = values.tokens();
    for (int i = 0; i < tokens.count(); i++) {
      if (values.isSignificant(i) && purpose.names(tokens, i)) {
        return true;
      }
    }
    return (values.kinds().things() & purpose.kinds()) != 0;
  }

  /** Remembers what the action aims at. */
  static void use(ActionValues values, Provenance provenance) {
    provenance.use(values.tool());
    for (Part part : values.parts()) {
      if (part.role() == Role.TARGET && part.end() - part.from() < 8) {
        for (int i = part.from(); i < part.end(); i++) {
          provenance.use(values.tokens().hash(i));
        }
      }
    }
  }

  Object value(Fact fact) {
    return switch (fact) {
      case PROVENANCE_TARGETS -> (long) targets;
      case PROVENANCE_NAMED -> count(ValueOrigin.OBJECTIVE);
      case PROVENANCE_TRUSTED -> count(ValueOrigin.TRUSTED);
      case PROVENANCE_DELEGATED -> count(ValueOrigin.DELEGATED);
      case PROVENANCE_NOVEL -> count(ValueOrigin.NOVEL);
      case PROVENANCE_UNTRUSTED -> count(ValueOrigin.UNTRUSTED);
      case PROVENANCE_ORDERED -> count(ValueOrigin.ORDERED);
      case PROVENANCE_INSTRUCTED -> count(ValueOrigin.INSTRUCTED);
      case PROVENANCE_ORIGIN -> worst.word();
      case PROVENANCE_TOLD -> worst == ValueOrigin.INSTRUCTED;
      case PROVENANCE_ASKED -> worst == ValueOrigin.ORDERED;
      case PROVENANCE_FOREIGN -> worst == ValueOrigin.UNTRUSTED;
      case PROVENANCE_UNMET -> worst == ValueOrigin.NOVEL;
      case PROVENANCE_CLEAN -> targets > 0 && worst.compareTo(ValueOrigin.UNTRUSTED) < 0;
      case PROVENANCE_RECIPIENT -> worst(Kind.EMAIL, Kind.HANDLE, Kind.NAME).word();
      case PROVENANCE_ACCOUNT -> worst(Kind.ACCOUNT, Kind.ID, Kind.NUMBER).word();
      case PROVENANCE_HOST -> worst(Kind.HOST, Kind.URL, Kind.URL).word();
      case PROVENANCE_PATH -> worst(Kind.PATH, Kind.PATH, Kind.PATH).word();
      case PROVENANCE_AMOUNT -> amount.word();
      case PROVENANCE_WORDS -> share(instructedWords);
      case PROVENANCE_PASSED -> valuesMet == 0 ? 0.0 : (double) passed / valuesMet;
      case PROVENANCE_KIND_INSTRUCTED -> does(trail.instructedKinds());
      case PROVENANCE_KIND_ORDERED -> does(trail.orderedKinds());
      case PROVENANCE_HEAT -> trail.heat();
      case PROVENANCE_SATURATED -> trail.saturated();
      case NOVELTY_TOOL -> newTool;
      case NOVELTY_TARGETS -> (long) newTargets;
      case OBJECTIVE_ACT -> !purpose.lacksAct(kinds.asked()) || isDelegated();
      case OBJECTIVE_SAYS -> !purpose.lacksAct(kinds.asked());
      case OBJECTIVE_THING -> !purpose.lacks(kinds.things());
      case OBJECTIVE_DELEGATES -> purpose.delegates();
      case DRIFT_DISTANCE -> purpose.isEmpty() || significant == 0 ? 0.0 : 1 - share(namedWords);
      case DRIFT_MET -> share(metWords);
      default -> throw new IllegalStateException("no value for " + fact.cel());
    };
  }

  private long count(ValueOrigin origin) {
    return counts[origin.ordinal()];
  }

  private double share(int some) {
    return significant == 0 ? 0 : (double) some / significant;
  }

  private boolean isDelegated() {
    return purpose.delegates() && (kinds.asked() & trail.delegatedKinds()) != 0;
  }

  /** Whether the tool does what is told, to a thing of a kind that is told. */
  private boolean does(long told) {
    return (kinds.does() & told) != 0 && (kinds.things() == 0 || (kinds.things() & told) != 0);
  }

  private ValueOrigin worst(Kind... of) {
    ValueOrigin found = ValueOrigin.NONE;
    for (Kind kind : of) {
      ValueOrigin here = byKind[kind.ordinal()];
      found = here != null && here.compareTo(found) > 0 ? here : found;
    }
    return found;
  }

  private void read(Part part) {
    Tokens tokens = values.tokens();
    int[] origins = values.known(trail);
    boolean quoted = purpose.quotes(tokens, part.from(), part.end());
    int grouped = grouped(part);
    int all = -1;
    int words = -1;
    boolean named = true;
    boolean any = false;
    boolean anyValue = false;
    for (int i = part.from(); i < part.end(); i++) {
      int known = origins[i];
      if (known == ActionValues.INSIGNIFICANT || (grouped >= 0 && i != grouped)) {
        continue;
      }
      any = true;
      boolean here = quoted || purpose.names(tokens, i);
      named &= here;
      if (tokens.isValue(i)) {
        anyValue = true;
        valuesMet++;
        passed += !here && (known & (Trail.ORDERED | Trail.INSTRUCTED)) != 0 ? 1 : 0;
        all &= here ? -1 : known;
      } else {
        words &= here ? -1 : known;
      }
      significant++;
      namedWords += here ? 1 : 0;
      instructedWords += !here && (known & Trail.INSTRUCTED) != 0 ? 1 : 0;
      metWords += !here && (known & Trail.MET) != 0 ? 1 : 0;
    }
    if (any) {
      // Of plain words the trail keeps few: beside a value they say nothing.
      int known = anyValue ? all : words;
      ValueOrigin origin = named ? ValueOrigin.OBJECTIVE : ValueOrigin.of(known);
      note(part, origin, (known & Trail.USED) == 0 || named);
    }
  }

  /** The account that the part's groups of digits make up, or -1. */
  private int grouped(Part part) {
    Tokens tokens = values.tokens();
    for (int i = part.from(); part.role() == Role.TARGET && i < part.end(); i++) {
      if (tokens.kind(i) == Kind.ACCOUNT && tokens.length(i) == 0) {
        return i;
      }
    }
    return -1;
  }

  private void note(Part part, ValueOrigin origin, boolean isNew) {
    Kind kind = values.tokens().kind(part.from());
    if (part.role() == Role.TARGET) {
      targets++;
      newTargets += isNew ? 1 : 0;
      counts[origin.ordinal()]++;
      worst = origin.compareTo(worst) > 0 ? origin : worst;
      ValueOrigin before = byKind[kind.ordinal()];
      byKind[kind.ordinal()] = before != null && before.compareTo(origin) > 0 ? before : origin;
    } else if (kind == Kind.NUMBER && part.end() == part.from() + 1) {
      amount = origin.compareTo(amount) > 0 ? origin : amount;
    }
  }
}
