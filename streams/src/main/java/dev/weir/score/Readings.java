/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.policy.View;
import dev.weir.score.Arguments.Leaf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The views of one action's arguments, each read at most once and only when asked for. */
final class Readings {
  private static final Set<String> TEXT_NAMES =
      Set.of(
          "body",
          "content",
          "message",
          "text",
          "subject",
          "title",
          "description",
          "note",
          "summary",
          "caption",
          "comment",
          "tweet");
  private static final int VIEWS = View.values().length;
  private static final int MAX_TEXT_WORDS = 400;

  private static final Fact[] FACTS = Fact.values();

  private final Arguments written;
  private final Encodings encodings;
  private final Handover handover;

  /** What is written, and what that encodes. */
  private final Arguments arguments;

  private final ProgramTexts texts;
  private final List<String> toolWords;
  private final Set<String> domains;
  private final @Nullable Boolean[] present = new Boolean[VIEWS];
  private final Object[] values = new Object[FACTS.length];
  private Programs.@Nullable Reading programs;
  private @Nullable List<Leftover> left;
  private Programs.@Nullable Reading byThemselves;

  Readings(Arguments arguments, List<String> toolWords, Set<String> domains) {
    this(arguments, toolWords, domains, new Handover(arguments, toolWords, Recall.NOTHING));
  }

  /** The same, after what earlier actions of the task handed over. */
  Readings(Arguments arguments, List<String> toolWords, Set<String> domains, Handover handover) {
    this.written = arguments;
    this.encodings = Encodings.of(arguments);
    this.handover = handover;
    this.texts = new ProgramTexts(arguments, encodings, toolWords, handover);
    this.arguments = texts.arguments();
    this.toolWords = toolWords;
    this.domains = domains;
  }

  /** Whether anything was found that an earlier action left. */
  boolean recalled() {
    Programs.Reading read = programs;
    if (handover.found() || texts.recalled()) {
      return true;
    }
    return read != null && read.recalled() && differs(read);
  }

  /** Whether programs read otherwise than by themselves: most that is found changes nothing. */
  private boolean differs(Programs.Reading read) {
    Programs.Reading alone = Programs.read(texts.commandLine(), texts.programText(), domains);
    byThemselves = alone;
    return !alone.shell().equals(read.shell()) || !alone.code().equals(read.code());
  }

  /** The same arguments, their programs read by themselves; null where more than those differs. */
  @Nullable Readings alone() {
    Programs.Reading alone = byThemselves;
    return alone == null ? null : new Readings(this, alone);
  }

  @SuppressWarnings("EnumOrdinal")
  private Readings(Readings other, Programs.Reading programs) {
    this.written = other.written;
    this.encodings = other.encodings;
    this.handover = other.handover;
    this.arguments = other.arguments;
    this.texts = other.texts.again();
    this.toolWords = other.toolWords;
    this.domains = other.domains;
    this.programs = programs;
    for (View view : View.values()) {
      present[view.ordinal()] = isOfPrograms(view) ? null : other.present[view.ordinal()];
    }
    for (Fact fact : FACTS) {
      View view = fact.view();
      if (view != null && !isOfPrograms(view)) {
        values[fact.ordinal()] = other.values[fact.ordinal()];
      }
    }
  }

  private static boolean isOfPrograms(View view) {
    return view == View.SHELL || view == View.CODE || view == View.SQL;
  }

  /** What the action leaves for later ones of its task. */
  List<Leftover> left(boolean changes) {
    List<Leftover> known = left;
    if (known == null) {
      known = foundLeft(changes);
      left = known;
    }
    return known;
  }

  private List<Leftover> foundLeft(boolean changes) {
    List<Leftover> left = new ArrayList<>(programs().left());
    if (left.isEmpty()) {
      handover.left(changes, left);
    }
    String statements = texts.statements();
    if (!statements.isEmpty()) {
      left.addAll(SqlNames.of(statements));
    }
    return left;
  }

  @SuppressWarnings("EnumOrdinal") // arrays by view and fact, for one action
  boolean present(View view) {
    Boolean known = present[view.ordinal()];
    if (known == null) {
      Map<Fact, Object> facts = read(view);
      facts.forEach((fact, value) -> values[fact.ordinal()] = value);
      known = !facts.isEmpty();
      present[view.ordinal()] = known;
    }
    return known;
  }

  @SuppressWarnings("EnumOrdinal")
  Object value(View view, Fact fact) {
    if (!present(view)) {
      return fact.type().absent();
    }
    Object value = values[fact.ordinal()];
    return value == null ? fact.type().absent() : value;
  }

  private Map<Fact, Object> read(View view) {
    return switch (view) {
      case SHELL -> programs().shell();
      case CODE -> programs().code();
      case SQL -> sql();
      case URL -> Urls.read(arguments, domains);
      case MAIL -> Mails.read(arguments, domains);
      case PATH -> Paths.read(arguments);
      case MONEY -> Money.read(arguments);
      case SECRET -> Secrets.read(arguments);
      case ENCODED -> encodings.facts();
      case TARGETS -> Targets.read(arguments);
      case TEXT -> text();
      case ABOUT -> About.read(arguments, toolWords);
    };
  }

  private Programs.Reading programs() {
    Programs.Reading reading = programs;
    if (reading == null) {
      reading = Programs.read(texts.commandLine(), texts.programText(), domains, handover.past());
      programs = reading;
    }
    return reading;
  }

  private Map<Fact, Object> sql() {
    String statements = texts.statements();
    if (statements.isEmpty()) {
      Object handed = programs().shell().get(SHELL_STATEMENTS);
      return handed instanceof List<?> list ? SqlReader.read(joined(list)) : Map.of();
    }
    return SqlReader.read(statements);
  }

  private static String joined(List<?> statements) {
    return statements.stream().map(String::valueOf).collect(Collectors.joining(";\n"));
  }

  private Map<Fact, Object> text() {
    long length = 0;
    Set<String> words = new LinkedHashSet<>();
    for (Leaf leaf : written.leaves()) {
      if (leaf.isNamed(TEXT_NAMES)) {
        length += leaf.text().length();
        words.addAll(Words.ofText(leaf.normal(), 3, MAX_TEXT_WORDS - words.size()));
      }
    }
    if (length == 0) {
      return Map.of();
    }
    Map<Fact, Object> facts = new FactMap();
    facts.put(TEXT_PRESENT, true);
    facts.put(TEXT_LENGTH, length);
    facts.put(TEXT_WORDS, List.copyOf(words));
    return facts;
  }
}
