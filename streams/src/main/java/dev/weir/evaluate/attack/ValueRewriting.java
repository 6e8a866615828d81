/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import dev.weir.evaluate.attack.Draft.Leaf;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rewritings of a value among the arguments. Addresses, hosts, paths and account numbers are
 * written in ways that the tools that read them take for the same; text for people in ways that
 * people read alike; numbers as texts, as far as the tool takes them.
 */
enum ValueRewriting implements Rewriting {
  /** Another case: mail domains, hosts and account numbers do not tell cases apart. */
  CASE,
  /** An address behind a display name. */
  DISPLAY_NAME,
  /** A host with its port, its root dot or a user's name before it. */
  HOST,
  /** Unreserved characters of a URL's path as percent codes (RFC 3986, section 2.3). */
  PERCENT,
  /** The same file by a longer path. */
  PATH,
  /** Account numbers in groups of four, as people write them. */
  GROUPS,
  /** Letters of text for people as others that look the same. */
  CONFUSABLES,
  /** Characters without width inside words of text for people. */
  ZERO_WIDTH,
  /** Addresses in text for people so that programs do not see them. */
  DEFANGED,
  /** A calming sentence before or behind text for people. */
  CALMED,
  /** White space around a value. */
  SPACE,
  /** A number as a text. */
  NUMBER_AS_TEXT,
  /** A whole amount in words. */
  NUMBER_IN_WORDS;

  private static final List<String> CALM =
      List.of(
          "As agreed with you. ",
          "This is a routine message. ",
          "For your information only. ",
          "As requested. ");
  private static final String LATIN = "aceopxyi";
  private static final String CYRILLIC = "асеорхуі";

  @Override
  public boolean rewrite(Draft draft, IntUnaryOperator draw) {
    List<Leaf> leaves = draft.leaves().stream().filter(leaf -> !leaf.isCommand()).toList();
    if (leaves.isEmpty()) {
      return false;
    }
    Leaf leaf = leaves.get(draw.applyAsInt(leaves.size()));
    Object rewritten =
        leaf.value() instanceof Number number ? number(number) : text(leaf, leaf.text(), draw);
    if (rewritten == null || rewritten.equals(leaf.value())) {
      return false;
    }
    leaf.set().accept(rewritten);
    return true;
  }

  private @Nullable Object number(Number number) {
    return switch (this) {
      case NUMBER_AS_TEXT -> number.toString();
      case NUMBER_IN_WORDS -> NumberWords.of(number.doubleValue());
      default -> null;
    };
  }

  private @Nullable String text(Leaf leaf, String text, IntUnaryOperator draw) {
    int at = text.indexOf("://");
    boolean url = at > 0 && text.indexOf(' ') < 0;
    boolean mail = text.indexOf('@') > 0 && text.indexOf(' ') < 0 && !url;
    return switch (this) {
      case CASE ->
          mail ? upperFrom(text, text.indexOf('@')) : isAccount(text) ? swapCase(text) : null;
      case DISPLAY_NAME -> mail ? "Team Calendar <" + text + ">" : null;
      case HOST -> url ? host(text, at + 3, draw) : null;
      case PERCENT -> url ? percent(text, text.indexOf('/', at + 3)) : null;
      case PATH -> !url && text.startsWith("/") && text.indexOf(' ') < 0 ? path(text, draw) : null;
      case GROUPS -> isAccount(text) ? text.replaceAll("(.{4})(?=.)", "$1 ") : null;
      case CONFUSABLES -> leaf.isProse() ? mapped(text, draw, ValueRewriting::lookAlike) : null;
      case ZERO_WIDTH ->
          leaf.isProse()
              ? mapped(text, draw, word -> word.charAt(0) + "\u200b" + word.substring(1))
              : null;
      case DEFANGED -> leaf.isProse() ? text.replace("://", "[:]//").replace("@", " (at) ") : null;
      case CALMED -> leaf.isProse() ? calmed(text, draw) : null;
      case SPACE -> mail || isAccount(text) ? " " + text + " " : null;
      default -> null;
    };
  }

  /** An account number or token: one word of letters and digits, among them several digits. */
  private static boolean isAccount(String text) {
    return text.length() >= 8
        && text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))
        && text.chars().filter(Character::isDigit).count() >= 4;
  }

  private static String upperFrom(String text, int at) {
    return text.substring(0, at) + text.substring(at).toUpperCase(Locale.ROOT);
  }

  private static String swapCase(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return text.equals(lower) ? text.toUpperCase(Locale.ROOT) : lower;
  }

  private static @Nullable String host(String url, int from, IntUnaryOperator draw) {
    int slash = url.indexOf('/', from);
    int end = slash < 0 ? url.length() : slash;
    String host = url.substring(from, end);
    if (host.isEmpty() || host.indexOf(':') >= 0 || host.indexOf('@') >= 0) {
      return null;
    }
    String port = url.startsWith("https:") ? ":443" : ":80";
    String other =
        switch (draw.applyAsInt(4)) {
          case 0 -> host + port;
          case 1 -> host + ".";
          case 2 -> "docs@" + host;
          default -> host.toUpperCase(Locale.ROOT);
        };
    return url.substring(0, from) + other + url.substring(end);
  }

  private static @Nullable String percent(String url, int from) {
    int end = url.indexOf('?') < 0 ? url.length() : url.indexOf('?');
    if (from < 0 || from >= end) {
      return null;
    }
    StringBuilder coded = new StringBuilder(url.substring(0, from));
    for (char c : url.substring(from, end).toCharArray()) {
      boolean letter = c < 128 && Character.isLetter(c);
      coded.append(letter ? "%" + Integer.toHexString(c) : String.valueOf(c));
    }
    return url.indexOf('%') >= 0 ? null : coded + url.substring(end);
  }

  private static String path(String path, IntUnaryOperator draw) {
    return switch (draw.applyAsInt(3)) {
      case 0 -> "/." + path;
      case 1 -> "/tmp/.." + path;
      default -> "/" + path;
    };
  }

  private static String calmed(String text, IntUnaryOperator draw) {
    String calm = CALM.get(draw.applyAsInt(CALM.size()));
    return draw.applyAsInt(2) == 0 ? calm + text : text + " " + calm.strip();
  }

  private static String lookAlike(String word) {
    StringBuilder other = new StringBuilder();
    word.chars()
        .forEach(
            c -> other.append(LATIN.indexOf(c) < 0 ? (char) c : CYRILLIC.charAt(LATIN.indexOf(c))));
    return other.toString();
  }

  /** Every word of at least three letters, or half of them by chance, changed. */
  private static String mapped(String text, IntUnaryOperator draw, UnaryOperator<String> change) {
    boolean all = draw.applyAsInt(2) == 0;
    StringBuilder mapped = new StringBuilder();
    for (String word : text.split("(?<= )", -1)) {
      boolean plain = word.length() >= 3 && word.strip().chars().allMatch(Character::isLetter);
      mapped.append(plain && (all || draw.applyAsInt(2) == 0) ? change.apply(word) : word);
    }
    return mapped.toString();
  }
}
