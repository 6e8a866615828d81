/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Leftover.Kind;
import org.jspecify.annotations.Nullable;

/** One action's reading of what its task's earlier ones left. One thread. */
final class Recall {
  /** Of a task that has left nothing. */
  static final Recall NOTHING = latest(Leftovers.NONE);

  private final Leftovers left;
  private final boolean otherwise;
  private boolean doubtful;

  private Recall(Leftovers left, boolean otherwise) {
    this.left = left;
    this.otherwise = otherwise;
  }

  /** As all of the task's actions left it. */
  static Recall latest(Leftovers left) {
    return new Recall(left, false);
  }

  /** As if one of those that changed what is asked for had not happened. */
  Recall otherwise() {
    return new Recall(left, true);
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  boolean has(Kind kind) {
    return left.has(kind);
  }

  /** Whether {@link #otherwise} might find other things. */
  boolean isDoubtful() {
    return doubtful;
  }

  /** What was left of a kind by this key, or null. */
  @Nullable Leftover find(Kind kind, int key) {
    Leftover latest = left.find(kind, key);
    Leftover other = left.otherwise(kind, key);
    if (other == null) {
      return latest;
    }
    doubtful = true;
    return otherwise ? other : latest;
  }

  /** What a file of this path holds, or null if none was left. */
  @Nullable Flow file(String path) {
    int key = Leftover.ofPath(path);
    Leftover found = find(Kind.FILE, key);
    if (found == null) {
      return null;
    }
    Flow content = found.content();
    Leftover latest = left.find(Kind.FILE, key);
    if (latest == null || latest.equals(found)) {
      boolean told = latest != null && content.text() != null;
      return whole(content.text(), content.taints(), told ? 0 : found.deeds());
    }
    Flow now = latest.content();
    String text = content.text() == null ? now.text() : content.text();
    return whole(text, content.taints() | now.taints(), found.deeds());
  }

  private static Flow whole(@Nullable String text, int taints, long deeds) {
    return new Flow(text == null ? null : Appended.whole(text), taints, deeds);
  }

  /** What an action leaves that writes a file, or adds to it. */
  Leftover written(String path, Flow content, boolean added) {
    int key = Leftover.ofPath(path);
    String said = content.text();
    if (said == null) {
      return new Leftover(Kind.FILE, key, content, content.deeds(), 0, added);
    }
    String text = Appended.piece(said);
    Flow piece = new Flow(text, content.taints(), content.deeds());
    String head = added ? text(left.find(Kind.FILE, key)) : null;
    String other = added ? text(left.otherwise(Kind.FILE, key)) : null;
    if (head == null && other == null) {
      return new Leftover(Kind.FILE, key, piece, Programs.deeds(said, path), 0, added);
    }
    long deeds = Programs.deeds(head == null ? text : Appended.whole(head) + text, path);
    long others = withoutOne(head, text, path);
    others = Deeds.join(others, withoutOne(other, text, path));
    return new Leftover(Kind.FILE, key, piece, deeds, others, true);
  }

  private static long withoutOne(@Nullable String head, String tail, String path) {
    long deeds = 0;
    if (head != null) {
      for (String text : Appended.withoutOne(Appended.add(head, tail))) {
        deeds = Deeds.join(deeds, Programs.deeds(text, path));
      }
    }
    return deeds;
  }

  private static @Nullable String text(@Nullable Leftover entry) {
    return entry == null ? null : entry.content().text();
  }
}
