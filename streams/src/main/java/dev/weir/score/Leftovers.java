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
 * that is forgotten it is kept, without a name, what running it does. One thread.
 */
final class Leftovers {
  static final int MAX_BYTES = 640;

  /** Bytes of UTF-8 of one thing; of a longer file only what running it does is kept. */
  static final int MAX_TEXT = 320;

  static final Leftovers NONE = new Leftovers(ByteBuffer.allocate(0));
  private static final int HEAD = 6;
  private static final int TEXT = 16;
  private static final int DEEDS = 32;
  private static final Kind[] KINDS = Kind.values();

  private final List<Leftover> entries = new ArrayList<>(0);
  private int bytes;

  Leftovers(ByteBuffer stored) {
    ByteBuffer in = stored.duplicate();
    while (in.remaining() >= HEAD) {
      put(read(in));
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The latest of a kind by this key, or null. */
  @Nullable Leftover find(Kind kind, int key) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Leftover entry = entries.get(i);
      if (entry.key() == key && entry.kind() == kind) {
        return entry;
      }
    }
    return null;
  }

  boolean has(Kind kind) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).kind() == kind) {
        return true;
      }
    }
    return false;
  }

  /** Takes in what an action left, and forgets the oldest for it. */
  void add(List<Leftover> left) {
    for (Leftover next : left) {
      Leftover old = find(next.kind(), next.key());
      if (old != null) {
        remove(old);
      }
      Leftover kept = fitted(old != null && next.added() ? joined(old, next) : next);
      if (kept.matters()) {
        put(kept);
      }
    }
    while (bytes > MAX_BYTES) {
      forget();
    }
  }

  private static Leftover joined(Leftover old, Leftover next) {
    String head = old.content().text();
    String tail = next.content().text();
    String both = head == null || tail == null ? null : head + tail;
    Flow content = new Flow(both, old.content().taints() | next.content().taints());
    return new Leftover(
        next.kind(), next.key(), content, Deeds.join(old.deeds(), next.deeds()), false);
  }

  /** Of a long text nothing is kept but what running it does. */
  private static Leftover fitted(Leftover entry) {
    String text = entry.content().text();
    boolean fits = text == null || length(text) <= MAX_TEXT;
    Flow content = fits ? entry.content() : entry.content().unknown();
    return new Leftover(entry.kind(), entry.key(), content, entry.deeds(), false);
  }

  /** The oldest text goes first, then the oldest thing; what a file does is kept with others'. */
  private void forget() {
    for (int i = 0; i < entries.size() / 2; i++) {
      Leftover entry = entries.get(i);
      if (entry.kind() == Kind.FILE && entry.content().text() != null && entry.deeds() != 0) {
        bytes -= size(entry);
        Leftover less =
            new Leftover(Kind.FILE, entry.key(), entry.content().unknown(), entry.deeds(), false);
        entries.set(i, less);
        bytes += size(less);
        return;
      }
    }
    int oldest = entries.get(0).kind() == Kind.LOST ? 1 : 0;
    Leftover gone = entries.get(oldest);
    remove(gone);
    if (gone.kind() == Kind.FILE && gone.deeds() != 0) {
      lose(gone);
    }
  }

  private void lose(Leftover gone) {
    Leftover lost = find(Kind.LOST, 0);
    long deeds = gone.deeds();
    if (lost != null) {
      deeds = Deeds.join(deeds, lost.deeds());
      remove(lost);
    }
    Leftover all = new Leftover(Kind.LOST, 0, Flow.UNKNOWN, deeds, false);
    entries.add(0, all);
    bytes += size(all);
  }

  private void put(Leftover entry) {
    entries.add(entry);
    bytes += size(entry);
  }

  private void remove(Leftover entry) {
    entries.remove(entry);
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
  @SuppressWarnings("EnumOrdinal") // only appended to
  ByteBuffer stored() {
    ByteBuffer out = ByteBuffer.allocate(bytes);
    for (Leftover entry : entries) {
      String text = entry.content().text();
      int flags = (text == null ? 0 : TEXT) | (entry.deeds() == 0 ? 0 : DEEDS);
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
    return out.flip();
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
    return new Leftover(kind, key, new Flow(text, taints), deeds, false);
  }
}
