/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Arguments.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays arguments flat. Bounded, since every reader goes through all of it: {@value #MAX_LEAVES}
 * values, 32 KiB of one text, 48 KiB of all texts and names as UTF-8, each value counted with
 * {@value #COST_OF_VALUE} bytes more.
 *
 * <p>Invariant: what is too much hides nothing else. Of long lists the rest is read last, and long
 * texts are cut before short ones, all to the same length; {@link #clipped} then holds. Where even
 * so a value has no room, {@link #leftOut} holds, and nobody can say what the action does.
 */
final class Flattening {
  private static final int MAX_LEAVES = 1_000;
  private static final int MAX_TEXT = 32 << 10;
  private static final int MAX_ALL = 48 << 10;
  private static final int MIN_SHARE = 64;
  private static final int COST_OF_VALUE = 32;
  private static final int MAX_DEPTH = 40;
  private static final int[] HEADS = {64, 16, 4, 1};
  private static final Set<String> FILTERS =
      Set.of("filter", "where", "selector", "match", "conditions", "criteria", "query");

  final List<Leaf> leaves = new ArrayList<>();
  boolean clipped;
  boolean leftOut;
  int longestList;
  boolean emptyFilter;

  /** The rest of a list. */
  private record Rest(Name name, List<?> list, int from, int depth) {}

  private final List<Rest> rests = new ArrayList<>(0);

  /** How many items of each list are read at first. */
  private int head = Integer.MAX_VALUE;

  /** The length of the longest list that was come by. */
  private int longest;

  /** Bytes that there is still room for. */
  private int room;

  private boolean over;

  private Flattening() {}

  static Flattening of(Map<String, Object> arguments) {
    Flattening flat = new Flattening();
    if (!flat.walked(arguments) || !flat.fits()) {
      flat.clip(arguments);
    }
    return flat;
  }

  /** Whether all values and names have room, but for their texts. */
  private boolean walked(Map<String, Object> arguments) {
    leaves.clear();
    rests.clear();
    longest = 0;
    room = MAX_ALL;
    over = false;
    walk(Name.NONE, arguments, 0);
    return !over;
  }

  private boolean fits() {
    for (int i = 0; i < leaves.size(); i++) {
      int bytes = bytes(leaves.get(i).text(), Math.min(MAX_TEXT, room) + 1);
      room -= bytes;
      if (bytes > MAX_TEXT || room < 0) {
        return false;
      }
    }
    return true;
  }

  private void clip(Map<String, Object> arguments) {
    clipped = true;
    boolean all = false;
    for (int i = 0; i < HEADS.length && !all; i++) {
      head = HEADS[i];
      all = (i == 0 || longest > head) && walked(arguments); // else it would go as it did
    }
    leftOut = !all;
    share();
    over = false;
    head = Integer.MAX_VALUE;
    for (int i = 0; i < rests.size() && !over; i++) {
      rest(rests.get(i));
    }
  }

  /** Cuts all texts to the length at which they have room. */
  private void share() {
    int[] bytes = new int[leaves.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes(leaves.get(i).text(), MAX_TEXT);
    }
    int share = MAX_TEXT;
    while (share > MIN_SHARE && sum(bytes, share) > room) {
      share /= 2;
    }
    for (int i = 0; i < bytes.length; i++) {
      int most = Math.min(share, Math.max(0, room));
      Leaf leaf = leaves.get(i);
      leftOut |= room <= 0 && bytes[i] > 0;
      leaves.set(i, cut(leaf, most));
      room -= Math.min(bytes[i], most);
    }
  }

  private static int sum(int[] bytes, int share) {
    int sum = 0;
    for (int one : bytes) {
      sum += Math.min(one, share);
    }
    return sum;
  }

  /** Reads on in a list as far as whole items have room. */
  private void rest(Rest rest) {
    for (int i = rest.from(); i < rest.list().size() && !over; i++) {
      int before = leaves.size();
      walk(rest.name(), rest.list().get(i), rest.depth());
      for (int k = before; k < leaves.size() && !over; k++) {
        room -= bytes(leaves.get(k).text(), Math.max(0, room) + 1);
        over = room < 0;
      }
      if (over) {
        leaves.subList(before, leaves.size()).clear();
      }
    }
  }

  private void walk(Name name, @Nullable Object value, int depth) {
    if (value == null || over) {
      return;
    }
    if (depth > MAX_DEPTH) {
      over = true;
    } else if (value instanceof Map<?, ?> map) {
      emptyFilter |= map.isEmpty() && FILTERS.contains(name.lower());
      for (Map.Entry<?, ?> e : map.entrySet()) {
        String key = String.valueOf(e.getKey());
        room -= key.length();
        walk(Name.of(key), e.getValue(), depth + 1);
      }
    } else if (value instanceof List<?> list) {
      list(name, list, depth);
    } else {
      room -= COST_OF_VALUE;
      over = leaves.size() >= MAX_LEAVES || room < 0;
      if (!over) {
        leaves.add(new Leaf(name, value));
      }
    }
  }

  private void list(Name name, List<?> list, int depth) {
    if (!list.isEmpty() && !(list.get(0) instanceof Map) && !(list.get(0) instanceof List)) {
      longestList = Math.max(longestList, list.size());
    }
    longest = Math.max(longest, list.size());
    int end = Math.min(list.size(), head);
    for (int i = 0; i < end && !over; i++) {
      walk(name, list.get(i), depth + 1);
    }
    if (end < list.size()) {
      rests.add(new Rest(name, list, end, depth + 1));
    }
  }

  private static Leaf cut(Leaf leaf, int most) {
    String text = leaf.text();
    int end = end(text, most);
    return end < text.length() ? leaf.with(text.substring(0, end)) : leaf;
  }

  /** How many characters of a text fit into so many bytes. */
  private static int end(String text, int most) {
    int end = 0;
    for (int bytes = 0; end < text.length(); end++) {
      bytes += bytes(text.charAt(end));
      if (bytes > most) {
        break;
      }
    }
    return end;
  }

  /** The length of a text as UTF-8, counted up to {@code most}. */
  private static int bytes(String text, int most) {
    int bytes = 0;
    for (int i = 0; i < text.length() && bytes < most; i++) {
      bytes += bytes(text.charAt(i));
    }
    return bytes;
  }

  private static int bytes(char c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
  }
}
