/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.action.Action;
import dev.weir.action.Digest;
import dev.weir.event.ActionEvent;
import dev.weir.event.DispositionKind;
import dev.weir.event.Phase;
import dev.weir.state.TaskRecent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task's last 64 ids, for 24 h of broker time, and its last 4 actions in short. An id is compared
 * by 64 bits of its SHA-256, a record by 128 bits of its digest, a proposal's call by 128 bits of
 * the SHA-256 of tool and arguments, with what became of it. A proposal is carried out once: then
 * its call is forgotten.
 */
public final class RecentActions {
  static final int MAX_IDS = 64;
  static final int MAX_LATEST = 4;
  static final long MAX_AGE_MS = 24L * 60 * 60 * 1000;
  private static final int ENTRY_BYTES = 48;
  private static final int MAX_ARGUMENTS = 256;
  private static final int CALL_AT = 24;
  private static final int TIME_AT = 40;
  private static final long TIME_BITS = (1L << 56) - 1;
  private static final List<DispositionKind> KINDS =
      List.of(
          DispositionKind.OTHER,
          DispositionKind.RELEASED,
          DispositionKind.HELD,
          DispositionKind.DENIED,
          DispositionKind.EXPIRED);

  /** Bytes by which a call is known. */
  public static final int CALL_BYTES = 16;

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
    if (event.getPhase() != Phase.EXECUTED) {
      return Sighting.NEW;
    }
    return carriedOut(ids, action) >= 0 ? Sighting.CARRIES_OUT : Sighting.BYPASS;
  }

  /**
   * What became of a proposal.
   *
   * @param kind OTHER if nothing has yet, or it is not remembered
   * @param atMs when the broker appended what decided it, epoch ms
   */
  public record Fate(DispositionKind kind, long atMs) {}

  /** What became of the proposal of that id and digest. */
  public static Fate fate(TaskRecent recent, String eventId, ByteBuffer digest) {
    ByteBuffer ids = recent.getIds();
    int at = find(ids, eventId, digest);
    if (at < 0) {
      return new Fate(DispositionKind.OTHER, 0);
    }
    return new Fate(kind(ids, at), time(ids, at));
  }

  /** Remembers what became of a proposal, which from now on is the newest of all. */
  public static void decided(
      TaskRecent recent, Proposal proposal, DispositionKind kind, long atMs) {
    ByteBuffer ids = recent.getIds();
    int old = find(ids, proposal.eventId(), proposal.digest());
    ByteBuffer others = ByteBuffer.allocate(ids.limit());
    others.put(ids.slice(0, Math.max(0, old)));
    int after = old < 0 ? 0 : old + ENTRY_BYTES;
    others.put(ids.slice(after, ids.limit() - after)).flip();
    int dropped = Math.max(0, others.limit() - (MAX_IDS - 1) * ENTRY_BYTES);
    ByteBuffer next = ByteBuffer.allocate(others.limit() - dropped + ENTRY_BYTES);
    next.put(others.position(dropped));
    next.putLong(hash(proposal.eventId()));
    next.put(proposal.digest().duplicate().limit(proposal.digest().position() + 16));
    next.put(proposal.call().duplicate());
    next.putLong((long) KINDS.indexOf(kind) << 56 | atMs);
    recent.setIds(next.flip());
  }

  /**
   * A proposal as it is remembered.
   *
   * @param eventId its identifier
   * @param digest SHA-256 of its value
   * @param call what an execution must have in common with it, {@link #CALL_BYTES} bytes
   */
  public record Proposal(String eventId, ByteBuffer digest, ByteBuffer call) {
    /** As {@code action} proposes it. */
    public static Proposal of(Action action) {
      ActionEvent event = action.event();
      return new Proposal(
          event.getEventId(), ByteBuffer.wrap(action.digest()), RecentActions.call(event));
    }
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
      if (ids.getLong(at) == hash && nowMs - time(ids, at) <= MAX_AGE_MS) {
        return at;
      }
    }
    return -1;
  }

  /** The entry of that id and digest, however old, or -1. */
  private static int find(ByteBuffer ids, String eventId, ByteBuffer digest) {
    long hash = hash(eventId);
    int from = digest.position();
    for (int at = ids.limit() - ENTRY_BYTES; at >= 0; at -= ENTRY_BYTES) {
      if (ids.getLong(at) == hash
          && ids.getLong(at + 8) == digest.getLong(from)
          && ids.getLong(at + 16) == digest.getLong(from + 8)) {
        return at;
      }
    }
    return -1;
  }

  private static long time(ByteBuffer ids, int at) {
    return ids.getLong(at + TIME_AT) & TIME_BITS;
  }

  private static DispositionKind kind(ByteBuffer ids, int at) {
    int code = ids.get(at + TIME_AT);
    return code >= 0 && code < KINDS.size() ? KINDS.get(code) : DispositionKind.OTHER;
  }

  /**
   * The entry of the proposal that {@code action} carries out as it was proposed and released, or
   * -1. Where nothing decides of proposals, all count as released.
   */
  private static int carriedOut(ByteBuffer ids, Action action) {
    ActionEvent event = action.event();
    String proposal = event.getProposalId();
    if (event.getPhase() != Phase.EXECUTED || proposal == null) {
      return -1;
    }
    int at = find(ids, ids.limit(), hash(proposal), action.origin().receivedMs());
    if (at < 0 || !call(event).equals(ids.slice(at + CALL_AT, CALL_BYTES))) {
      return -1;
    }
    DispositionKind kind = kind(ids, at);
    return kind == DispositionKind.RELEASED || kind == DispositionKind.OTHER ? at : -1;
  }

  /**
   * Hash of tool, arguments, environment: what must be the same in an execution as in its proposal,
   * in {@link #CALL_BYTES} bytes.
   */
  public static ByteBuffer call(ActionEvent event) {
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
