/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Leftover.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task's actions have left for its later ones: variables, written files, names given. Below
 * {@value #MAX_BYTES} bytes as stored.
 *
 * <p>Invariant: an action is judged with and without it and the worse counts, so what is left only
 * raises a score, and what is forgotten lowers none below what the action says by itself. Of a file
 * that is forgotten it is kept, without a name, what running it does. Of what was changed it is
 * kept, too, what it would be without one of the changes: a forged record must not make a task
 * forget. One thread.
 */
final class Leftovers {
  static final int MAX_BYTES = 640;

  /** Bytes of UTF-8 of one thing; of a longer file only what running it does is kept. */
  static final int MAX_TEXT = 320;

  static final Leftovers NONE = new Leftovers(ByteBuffer.allocate(0));
  private static final int HEAD = 6;
  private static final int TEXT = 16;
  private static final int DEEDS = 32;
  private static final int OTHER = 64;
  private static final Kind[] KINDS = Kind.values();

  private final List<Leftover> entries = new ArrayList<>(0);
  private final List<Leftover> others = new ArrayList<>(0);
  private int bytes;

  Leftovers(ByteBuffer stored) {
    ByteBuffer in = stored.duplicate();
    while (in.remaining() >= HEAD) {
      boolean before = (in.get(in.position()) & OTHER) != 0;
      put(read(in), before ? others : entries);
    }
  }

  boolean isEmpty() {
    return entries.isEmpty() && others.isEmpty();
  }

  /** The latest of a kind by this key, or null. */
  @Nullable Leftover find(Kind kind, int key) {
    return find(kind, key, entries);
  }

  /** The same if one of its changes had not happened, where that makes it another; else null. */
  @Nullable Leftover otherwise(Kind kind, int key) {
    return others.isEmpty() ? null : find(kind, key, others);
  }

  private static @Nullable Leftover find(Kind kind, int key, List<Leftover> among) {
    for (int i = among.size() - 1; i >= 0; i--) {
      Leftover entry = among.get(i);
      if (entry.key() == key && entry.kind() == kind) {
        return entry;
      }
    }
    return null;
  }

  boolean has(Kind kind) {
    return has(kind, entries) || has(kind, others);
  }

  private static boolean has(Kind kind, List<Leftover> among) {
    for (int i = 0; i < among.size(); i++) {
      if (among.get(i).kind() == kind) {
        return true;
      }
    }
    return false;
  }

  /** Takes in what an action left, and forgets the oldest for it. */
  void add(List<Leftover> left) {
    for (Leftover next : left) {
      Leftover old = find(next.kind(), next.key());
      Leftover kept = fitted(old != null && next.added() ? joined(old, next) : next);
      Leftover before = otherwise(next.kind(), next.key());
      Leftover other = otherwise(next, old, before);
      if (old != null) {
        remove(old, entries);
      }
      if (before != null) {
        remove(before, others);
      }
      if (kept.matters()) {
        put(kept, entries);
      }
      if (other != null && other.matters() && !other.isWithin(kept)) {
        put(fitted(other), others);
      }
    }
    while (bytes > MAX_BYTES) {
      forget();
    }
  }

  /** What there would be if one of the changes to it had not happened, or null. */
  private static @Nullable Leftover otherwise(
      Leftover next, @Nullable Leftover old, @Nullable Leftover other) {
    if (next.added()) {
      long deeds = Deeds.join(next.others(), other == null ? 0 : other.deeds());
      return other == null
          ? new Leftover(next.kind(), next.key(), Flow.UNKNOWN, deeds, 0, false)
          : with(joined(other, next), deeds);
    }
    if (old == null || other == null) {
      return old == null ? other : old;
    }
    return with(old, Deeds.join(old.deeds(), other.deeds()));
  }

  private static Leftover with(Leftover entry, long deeds) {
    return new Leftover(entry.kind(), entry.key(), entry.content(), deeds, 0, false);
  }

  private static Leftover joined(Leftover old, Leftover next) {
    String head = old.content().text();
    String tail = next.content().text();
    int taints = old.content().taints() | next.content().taints();
    if (head == null || tail == null) {
      long deeds = Deeds.join(old.deeds(), next.deeds());
      return new Leftover(next.kind(), next.key(), Flow.tainted(taints), deeds, 0, false);
    }
    Flow content = new Flow(Appended.add(head, tail), taints);
    return new Leftover(next.kind(), next.key(), content, next.deeds(), 0, false);
  }

  /** Of a long text nothing is kept but what running it does. */
  private static Leftover fitted(Leftover entry) {
    String text = entry.content().text();
    boolean fits = text == null || length(text) <= MAX_TEXT;
    Flow content = fits ? entry.content() : entry.content().unknown();
    return new Leftover(entry.kind(), entry.key(), content, entry.deeds(), 0, false);
  }

  /** The oldest text goes first, then the oldest thing; what a file does is kept with others'. */
  private void forget() {
    if (shorten(others, others.size()) || shorten(entries, entries.size() / 2)) {
      return;
    }
    boolean other = !others.isEmpty();
    List<Leftover> among = other ? others : entries;
    Leftover gone = among.get(among.get(0).kind() == Kind.LOST ? 1 : 0);
    remove(gone, among);
    if (gone.kind() == Kind.FILE && gone.deeds() != 0) {
      if (other) {
        merge(gone);
      } else {
        lose(gone);
      }
    }
  }

  /** Of a file nothing is kept but what running any version of it does. */
  private void merge(Leftover other) {
    Leftover latest = find(Kind.FILE, other.key());
    long deeds = other.deeds();
    int taints = other.content().taints();
    if (latest != null) {
      deeds = Deeds.join(deeds, latest.deeds());
      taints |= latest.content().taints();
      remove(latest, entries);
    }
    put(new Leftover(Kind.FILE, other.key(), Flow.tainted(taints), deeds, 0, false), entries);
  }

  /** Of the oldest file whose text is kept nothing is kept but what running it does. */
  private boolean shorten(List<Leftover> among, int oldest) {
    for (int i = 0; i < oldest; i++) {
      Leftover entry = among.get(i);
      if (entry.kind() == Kind.FILE && entry.content().text() != null && entry.deeds() != 0) {
        bytes -= size(entry);
        Leftover less =
            new Leftover(
                Kind.FILE, entry.key(), entry.content().unknown(), entry.deeds(), 0, false);
        among.set(i, less);
        bytes += size(less);
        return true;
      }
    }
    return false;
  }

  private void lose(Leftover gone) {
    Leftover lost = find(Kind.LOST, 0);
    long deeds = gone.deeds();
    if (lost != null) {
      deeds = Deeds.join(deeds, lost.deeds());
      remove(lost, entries);
    }
    Leftover all = new Leftover(Kind.LOST, 0, Flow.UNKNOWN, deeds, 0, false);
    entries.add(0, all);
    bytes += size(all);
  }

  private void put(Leftover entry, List<Leftover> among) {
    among.add(entry);
    bytes += size(entry);
  }

  private void remove(Leftover entry, List<Leftover> among) {
    among.remove(entry);
    bytes -= size(entry);
  }

  private static int length(String text) {
    return text.length() > MAX_TEXT ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int size(Leftover entry) {
    String text = entry.content().text();
    return HEAD + (text == null ? 0 : 2 + length(text)) + (entry.deeds() == 0 ? 0 : Long.BYTES);
  }

  /** As it is stored. */
  ByteBuffer stored() {
    ByteBuffer out = ByteBuffer.allocate(bytes);
    write(others, OTHER, out);
    write(entries, 0, out);
    return out.flip();
  }

  @SuppressWarnings("EnumOrdinal") // only appended to
  private static void write(List<Leftover> among, int mark, ByteBuffer out) {
    for (Leftover entry : among) {
      String text = entry.content().text();
      int flags = mark | (text == null ? 0 : TEXT) | (entry.deeds() == 0 ? 0 : DEEDS);
      out.put((byte) (entry.kind().ordinal() | flags));
      out.put((byte) entry.content().taints());
      out.putInt(entry.key());
      if (text != null) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) utf8.length).put(utf8);
      }
      if (entry.deeds() != 0) {
        out.putLong(entry.deeds());
      }
    }
  }

  private static Leftover read(ByteBuffer in) {
    int head = in.get();
    Kind kind = KINDS[Math.min(head & 15, KINDS.length - 1)];
    int taints = in.get();
    int key = in.getInt();
    String text = null;
    if ((head & TEXT) != 0) {
      byte[] utf8 = new byte[in.getShort()];
      in.get(utf8);
      text = new String(utf8, StandardCharsets.UTF_8);
    }
    long deeds = (head & DEEDS) != 0 ? in.getLong() : 0;
    return new Leftover(kind, key, new Flow(text, taints), deeds, 0, false);
  }
}
