/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The general words of tools' names and what they mean, read once from {@code lexicon.txt} beside
 * this class: what is a verb of which category, and what is a thing of which. Immutable.
 */
final class Lexicon {
  /** Verbs that change nothing where they act. */
  static final Set<String> HARMLESS =
      Set.of("read", "compute", "download", "export", "interact", "authenticate");

  /** Of those, the ones that a tool is said to read by. */
  private static final Set<String> READING = Set.of("read", "compute", "download", "export");

  /** Stands among the objects of what does several things, at the end of a name ("editor"). */
  static final String SEVERAL = "several";

  private static final int MIN_GLUED = 6;
  private static final int MAX_GLUED = 24;

  /**
   * What one word means.
   *
   * @param verb the category of what it does, or ""
   * @param weak it does so only where no other verb stands
   * @param light what the noun after it says is done too
   * @param empty it says nothing of what is done
   * @param objects the categories of things that it names
   */
  record Meaning(String verb, boolean weak, boolean light, boolean empty, List<String> objects) {
    boolean strong() {
      return !verb.isEmpty() && !weak;
    }

    boolean harmless() {
      return HARMLESS.contains(verb);
    }

    /** The same word as a thing only: what is done with it was said by it and the word before. */
    Meaning thing() {
      return new Meaning("", false, false, empty, objects);
    }

    private Meaning with(String kind, String category) {
      return switch (kind) {
        case "verb", "weak" -> new Meaning(category, kind.equals("weak"), light, empty, objects);
        case "light" -> new Meaning(verb, weak, true, empty, objects);
        case "empty" -> emptied(category);
        case "object" -> {
          List<String> more = new ArrayList<>(objects);
          more.add(category);
          yield new Meaning(verb, weak, light, empty, List.copyOf(more));
        }
        default -> throw new IllegalStateException("no such kind of word: " + kind);
      };
    }

    private Meaning emptied(String category) {
      List<String> more = new ArrayList<>(objects);
      if (category.equals(SEVERAL)) {
        more.add(SEVERAL);
      }
      return new Meaning(verb, weak, light, true, List.copyOf(more));
    }

    /** The same word with an ending: a verb so bent is as often a noun. */
    private Meaning bent() {
      return new Meaning(verb, true, false, empty, objects);
    }
  }

  private static final Meaning NOTHING = new Meaning("", false, false, false, List.of());

  /** The one lexicon. */
  static final Lexicon WORDS = load();

  private final Map<String, Meaning> meanings;

  private Lexicon(Map<String, Meaning> meanings) {
    this.meanings = meanings;
  }

  /** All that its words mean. */
  Collection<Meaning> meanings() {
    return meanings.values();
  }

  static boolean changes(Iterable<String> verbs) {
    for (String verb : verbs) {
      if (!HARMLESS.contains(verb)) {
        return true;
      }
    }
    return false;
  }

  static boolean reads(Iterable<String> verbs) {
    boolean any = false;
    for (String verb : verbs) {
      any |= READING.contains(verb);
    }
    return any && !changes(verbs);
  }

  /** What a lower-case word, or two joined by _, means: as it stands or without its ending. */
  @Nullable Meaning meaning(String word) {
    Meaning exact = meanings.get(word);
    if (exact != null || word.length() < 4) {
      return exact;
    }
    if (word.endsWith("s") && !word.endsWith("ss")) {
      return plural(word);
    }
    return word.endsWith("ing") ? gerund(word.substring(0, word.length() - 3)) : null;
  }

  private @Nullable Meaning plural(String word) {
    Meaning one = meanings.get(word.substring(0, word.length() - 1));
    if (one == null && word.endsWith("ies")) {
      one = meanings.get(word.substring(0, word.length() - 3) + "y");
    } else if (one == null && word.endsWith("es")) {
      one = meanings.get(word.substring(0, word.length() - 2));
    }
    return one == null ? null : one.bent();
  }

  private @Nullable Meaning gerund(String stem) {
    Meaning verb = meanings.get(stem);
    if (verb == null) {
      verb = meanings.get(stem + "e");
    }
    int n = stem.length();
    if (verb == null && n > 2 && stem.charAt(n - 1) == stem.charAt(n - 2)) {
      verb = meanings.get(stem.substring(0, n - 1));
    }
    return verb == null || verb.verb().isEmpty() ? null : verb.bent();
  }

  /** An unknown word that is a verb and a thing written as one ({@code deleteuser}), apart. */
  List<String> apart(String word) {
    if (word.length() >= MIN_GLUED && word.length() <= MAX_GLUED) {
      for (int i = word.length() - 3; i >= 3; i--) {
        Meaning verb = meanings.get(word.substring(0, i));
        if (verb != null && verb.strong() && meaning(word.substring(i)) != null) {
          return List.of(word.substring(0, i), word.substring(i));
        }
      }
    }
    return List.of();
  }

  private static Lexicon load() {
    Map<String, Meaning> meanings = new HashMap<>();
    Set<String> verbs = new HashSet<>();
    try (InputStream in = Objects.requireNonNull(Lexicon.class.getResourceAsStream("lexicon.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          add(line, meanings, verbs);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Lexicon(Map.copyOf(meanings));
  }

  private static void add(String line, Map<String, Meaning> meanings, Set<String> verbs) {
    int colon = line.indexOf(':');
    int space = line.indexOf(' ');
    String kind = line.substring(0, space);
    String category = line.substring(space + 1, colon);
    for (String word : line.substring(colon + 1).strip().split(" ", -1)) {
      if ((kind.equals("verb") || kind.equals("weak")) && !verbs.add(word)) {
        throw new IllegalStateException("the lexicon has two verbs '" + word + "'");
      }
      meanings.put(word, meanings.getOrDefault(word, NOTHING).with(kind, category));
    }
  }
}
