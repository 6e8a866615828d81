/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Lexicon.Meaning;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What a name says of what is done: the name of a tool, or of an operation among its arguments.
 *
 * <p>Verbs count in reading order. The first known word, if it is a verb, is the verb ({@code
 * get_booking} reads, {@code book_hotel} books), and others count only after "and" or "then". Else
 * verbs that change things go before those that read ({@code CustomerListDelete}). Words that are
 * nouns as often count only where no verb stands, or as what a light verb does ({@code
 * make_payment}). A dotted name is read from its end.
 *
 * @param words all words of the name, lower case
 * @param verbs categories of verbs, none twice
 * @param objects categories of things, none twice
 * @param general no word in it says for sure what is done ({@code manage_collaborator})
 */
record Naming(List<String> words, List<String> verbs, List<String> objects, boolean general) {
  /** Names kept in mind: fixed, so that hostile names displace each other and nothing grows. */
  private static final int SLOTS = 2048;

  /** Before a dot it names a part of an API more often than a right. */
  private static final String NAMESPACE = "admin";

  private static final int MAX_KEPT = 80;
  private static final int MAX_LIGHT = 6;
  private static final AtomicReferenceArray<@Nullable Entry> KEPT =
      new AtomicReferenceArray<>(SLOTS);
  private static final Set<String> AND = Set.of("and", "or", "then", "und", "y", "et", "n");
  private static final Set<String> PREPOSITIONS =
      Set.of("to", "for", "from", "in", "on", "by", "with", "of", "at", "into", "via", "as");

  private record Entry(String name, Naming naming) {}

  /** Reads a name, or remembers it. */
  static Naming of(String name) {
    if (name.length() > MAX_KEPT) {
      return read(name);
    }
    int slot = (name.hashCode() * 0x9E3779B9) >>> 21;
    Entry kept = KEPT.get(slot);
    if (kept == null || !kept.name.equals(name)) {
      kept = new Entry(name, read(name));
      KEPT.set(slot, kept);
    }
    return kept.naming;
  }

  private static Naming read(String asWritten) {
    String name = withoutParameters(Lookalikes.plain(asWritten));
    List<String> words = List.copyOf(Words.ofName(name));
    Set<String> verbs = new LinkedHashSet<>();
    Set<String> objects = new LinkedHashSet<>();
    boolean general = true;
    List<List<String>> segments = segments(name);
    for (int i = segments.size() - 1; i >= 0; i--) {
      List<Meaning> meanings = meanings(segments.get(i));
      for (Meaning m : meanings) {
        objects.addAll(m.objects());
        if (i < segments.size() - 1) {
          objects.remove(NAMESPACE);
        }
        general &= m.empty() || saysLittle(m);
      }
      if (verbs.isEmpty()) {
        verbs(meanings, verbs);
      }
    }
    general |= objects.remove(Lexicon.SEVERAL) && ofSeveral(segments);
    Senses.settle(verbs, objects);
    return new Naming(words, List.copyOf(verbs), List.copyOf(objects), general);
  }

  /** The name of a route without what stands for values: {@code DELETE /repos/{owner}/{repo}}. */
  private static String withoutParameters(String name) {
    int open = name.indexOf('{');
    int close = name.indexOf('}', open + 1);
    return open < 0 || close < 0
        ? name
        : withoutParameters(name.substring(0, open) + name.substring(close + 1));
  }

  /** The name ends in a word for what does several things: {@code replace_editor}. */
  private static boolean ofSeveral(List<List<String>> segments) {
    List<String> last = segments.get(segments.size() - 1);
    Meaning m = last.isEmpty() ? null : Lexicon.WORDS.meaning(last.get(last.size() - 1));
    return m != null && m.objects().contains(Lexicon.SEVERAL);
  }

  /** The parts of {@code mcp__server__tool} and {@code Service.Verb}, each in words. */
  private static List<List<String>> segments(String name) {
    List<List<String>> segments = new ArrayList<>(2);
    int start = 0;
    for (int i = 0; i <= name.length() && i <= Words.MAX_NAME; i++) {
      if (i == name.length() || i == Words.MAX_NAME || divides(name, i)) {
        if (i > start) {
          segments.add(Words.ofName(name.substring(start, i)));
        }
        start = i + 1;
      }
    }
    return segments;
  }

  private static boolean divides(String name, int i) {
    char c = name.charAt(i);
    return c == '.' || c == '/' || c == ':' || (c == '_' && name.startsWith("__", i));
  }

  private static List<Meaning> meanings(List<String> words) {
    List<Meaning> meanings = new ArrayList<>(words.size());
    boolean said = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      Meaning two =
          i + 1 < words.size() ? Lexicon.WORDS.meaning(word + '_' + words.get(i + 1)) : null;
      Meaning one = two == null ? Lexicon.WORDS.meaning(word) : two;
      boolean verbOfTwo = two != null && two.strong() && two.objects().isEmpty();
      i += two == null || verbOfTwo ? 0 : 1;
      if (one != null) {
        meanings.add(said ? one.thing() : one);
      } else if (AND.contains(word)) {
        meanings.add(Senses.AND);
      } else if (PREPOSITIONS.contains(word)) {
        meanings.add(Senses.OF);
      } else {
        for (String part : Lexicon.WORDS.apart(word)) {
          Meaning m = Lexicon.WORDS.meaning(part);
          if (m != null) {
            meanings.add(m);
          }
        }
      }
      said = verbOfTwo;
    }
    return meanings;
  }

  private static void verbs(List<Meaning> meanings, Set<String> verbs) {
    if (meanings.isEmpty()) {
      return;
    }
    int first = 0;
    while (first < meanings.size() - 1 && isFiller(meanings.get(first))) {
      first++;
    }
    if (meanings.get(first).strong()) {
      chain(meanings, first, verbs);
    } else {
      strong(meanings, false, verbs);
      if (verbs.isEmpty()) {
        strong(meanings, true, verbs);
      }
    }
    if (verbs.isEmpty()) {
      weak(meanings, verbs);
    }
    if (!Lexicon.reads(verbs)) {
      light(meanings, verbs);
    }
  }

  /** No verb, or a noun of little weight: an argument may say what is done instead. */
  private static boolean saysLittle(Meaning m) {
    return m.verb().isEmpty() || (m.weak() && (m.harmless() || m.verb().equals("create")));
  }

  private static boolean isFiller(Meaning m) {
    return m.empty() && m.verb().isEmpty() && m.objects().isEmpty();
  }

  /** The first verb of this sort, and those that "and" joins to it. */
  private static void strong(List<Meaning> meanings, boolean harmless, Set<String> verbs) {
    for (int i = 0; i < meanings.size(); i++) {
      if (meanings.get(i).strong() && meanings.get(i).harmless() == harmless) {
        chain(meanings, i, verbs);
        return;
      }
    }
  }

  private static void chain(List<Meaning> meanings, int first, Set<String> verbs) {
    verbs.add(meanings.get(first).verb());
    for (int i = first + 2; i < meanings.size(); i++) {
      if (meanings.get(i - 1).equals(Senses.AND) && !meanings.get(i).verb().isEmpty()) {
        verbs.add(meanings.get(i).verb());
      }
    }
  }

  /** Of nouns only: one that reads at the end ({@code order_status}), else the first. */
  private static void weak(List<Meaning> meanings, Set<String> verbs) {
    Meaning first = meanings.get(0);
    if (meanings.size() > 1 && first.weak() && first.verb().equals("schedule")) {
      verbs.add(first.verb());
      return;
    }
    Meaning last = meanings.get(meanings.size() - 1);
    if (last.weak() && last.harmless()) {
      verbs.add(last.verb());
      return;
    }
    for (Meaning m : meanings) {
      if (!m.verb().isEmpty()) {
        verbs.add(m.verb());
        return;
      }
    }
  }

  /** What a light verb's noun does: the last word before a preposition. */
  private static void light(List<Meaning> meanings, Set<String> verbs) {
    int light = -1;
    int head = -1;
    for (int i = 0; i < meanings.size() && i < MAX_LIGHT; i++) {
      Meaning m = meanings.get(i);
      if (m.equals(Senses.OF)) {
        break;
      }
      light = light < 0 && m.light() ? i : light;
      head = i;
    }
    if (light >= 0 && head > light) {
      Meaning m = meanings.get(head);
      if (m.weak() && !m.verb().isEmpty() && !m.harmless()) {
        verbs.add(m.verb());
      }
    }
  }
}
