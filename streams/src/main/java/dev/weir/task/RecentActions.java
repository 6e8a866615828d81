/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.action.Action;
import dev.weir.action.Digest;
import dev.weir.event.ActionEvent;
import dev.weir.event.Phase;
import dev.weir.state.TaskRecent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A task's last 64 ids, for 24 h of broker time, and its last 4 actions in short. An id is compared
 * by 64 bits of its SHA-256, a record by 128 bits of its digest, a proposal's call by 128 bits of
 * the SHA-256 of tool and arguments. A proposal is carried out once: then its call is forgotten.
 */
public final class RecentActions {
  static final int MAX_IDS = 64;
  static final int MAX_LATEST = 4;
  static final long MAX_AGE_MS = 24L * 60 * 60 * 1000;
  private static final int ENTRY_BYTES = 48;
  private static final int MAX_ARGUMENTS = 256;
  private static final int CALL_AT = 24;
  private static final int CALL_BYTES = 16;
  private static final ByteBuffer NOT_PROPOSED = ByteBuffer.allocate(CALL_BYTES).asReadOnlyBuffer();

  private RecentActions() {}

  /** A task of which nothing is remembered. */
  public static TaskRecent none() {
    return new TaskRecent(
        ByteBuffer.allocate(0), new ArrayList<>(MAX_LATEST), ByteBuffer.allocate(0));
  }

  /** What {@code recent} says of {@code action}; changes nothing. */
  public static Sighting sight(TaskRecent recent, Action action) {
    ActionEvent event = action.event();
    ByteBuffer ids = recent.getIds();
    ByteBuffer digest = ByteBuffer.wrap(action.digest());
    long nowMs = action.origin().receivedMs();
    long id = hash(event.getEventId());
    boolean seen = false;
    for (int at = find(ids, ids.limit(), id, nowMs); at >= 0; at = find(ids, at, id, nowMs)) {
      if (ids.getLong(at + 8) == digest.getLong(0) && ids.getLong(at + 16) == digest.getLong(8)) {
        return Sighting.DUPLICATE;
      }
      seen = true;
    }
    if (seen) {
      return Sighting.ID_CONFLICT;
    }
    return carriedOut(ids, action) >= 0 ? Sighting.CARRIES_OUT : Sighting.NEW;
  }

  /** Remembers {@code action}, whose risk is log10 LU. */
  public static void add(TaskRecent recent, Action action, double risk) {
    ByteBuffer ids = recent.getIds();
    int kept = Math.min(ids.limit(), (MAX_IDS - 1) * ENTRY_BYTES);
    int dropped = ids.limit() - kept;
    ByteBuffer next = ByteBuffer.allocate(kept + ENTRY_BYTES);
    next.put(ids.duplicate().position(dropped));
    int carriedOut = carriedOut(ids, action);
    if (carriedOut >= dropped) {
      next.put(carriedOut - dropped + CALL_AT, NOT_PROPOSED, 0, CALL_BYTES);
    }
    next.putLong(hash(action.event().getEventId()));
    next.put(action.digest(), 0, 16);
    next.put(
        action.event().getPhase() == Phase.PROPOSED
            ? call(action.event())
            : NOT_PROPOSED.duplicate());
    next.putLong(action.origin().receivedMs());
    recent.setIds(next.flip());
    var latest = recent.getLatest();
    if (latest.size() >= MAX_LATEST) {
      latest.remove(0);
    }
    latest.add(TaskFold.remember(action, risk, MAX_ARGUMENTS));
  }

  /** The newest entry of that id that stands before {@code before}, or -1. */
  private static int find(ByteBuffer ids, int before, long hash, long nowMs) {
    for (int at = before - ENTRY_BYTES; at >= 0; at -= ENTRY_BYTES) {
      if (ids.getLong(at) == hash && nowMs - ids.getLong(at + 40) <= MAX_AGE_MS) {
        return at;
      }
    }
    return -1;
  }

  /** The entry of the proposal that {@code action} carries out as it was proposed, or -1. */
  private static int carriedOut(ByteBuffer ids, Action action) {
    ActionEvent event = action.event();
    String proposal = event.getProposalId();
    if (event.getPhase() != Phase.EXECUTED || proposal == null) {
      return -1;
    }
    int at = find(ids, ids.limit(), hash(proposal), action.origin().receivedMs());
    boolean same = at >= 0 && call(event).equals(ids.slice(at + CALL_AT, CALL_BYTES));
    return same ? at : -1;
  }

  /** Tool, arguments, environment: what must be the same in an execution as in its proposal. */
  private static ByteBuffer call(ActionEvent event) {
    StringBuilder call = new StringBuilder();
    part(call, event.getTool().getName());
    part(call, event.getTool().getServer());
    part(call, event.getArguments());
    part(call, event.getArgumentsRaw());
    part(call, event.getEnvironment().name());
    byte[] digest = Digest.of(call.toString().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest, 0, CALL_BYTES);
  }

  /** The length stands before the text, so no part of a call can pass for another. */
  private static void part(StringBuilder call, @Nullable String text) {
    call.append(text == null ? -1 : text.length()).append(':').append(text == null ? "" : text);
  }

  private static long hash(String text) {
    return ByteBuffer.wrap(Digest.of(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
