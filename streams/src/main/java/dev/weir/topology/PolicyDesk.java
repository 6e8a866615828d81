/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.PolicyDocument;
import dev.weir.event.PolicyPointer;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyException;
import dev.weir.policy.publish.PolicyRefusal;
import dev.weir.policy.publish.Publication;
import dev.weir.policy.publish.Signatory;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what is published on the topic of policies, and knows which policies are called for.
 * What is unsigned, by a stranger, broken or not newer is refused, counted and logged in one line;
 * what was called for before stays.
 *
 * <p>Written by the global thread, read by every stream thread. A restart fills it again from the
 * topic: reading the same pointer once more changes nothing. Never throws on bytes.
 */
public final class PolicyDesk {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyDesk.class);

  private final Publication publication;
  private final Map<String, Signatory> publishers;
  private final PolicyShelf shelf;
  private final Tally tally;
  private final Map<String, PolicyPointer> waiting = new HashMap<>();
  private final Map<Integer, String> refusals = new ConcurrentSkipListMap<>();
  private volatile @Nullable Call active;
  private volatile @Nullable Call shadow;

  /**
   * A policy that a pointer calls for.
   *
   * @param generation the pointer's
   * @param policy compiled; null if the pointer calls for none
   * @param document what it was compiled from
   */
  public record Call(long generation, @Nullable Policy policy, String document) {}

  /** Finds the value that the topic holds under a key; null if there is none. */
  public interface Documents extends Function<String, byte @Nullable []> {}

  public PolicyDesk(
      String topic, Map<String, Signatory> publishers, PolicyShelf shelf, Tally tally) {
    this.publication = new Publication(topic);
    this.publishers = new TreeMap<>(publishers);
    this.shelf = shelf;
    this.tally = tally;
  }

  /** The policy that should score; null before any. */
  public @Nullable Call active() {
    return active;
  }

  /** The policy that should score in shadow; null, or one without a policy, for none. */
  public @Nullable Call shadow() {
    return shadow;
  }

  /** Tells that a partition of this process has refused a policy, or, by null, that it has none. */
  void refusedIn(int partition, @Nullable String because) {
    if (because == null) {
      refusals.remove(partition);
    } else {
      refusals.put(partition, because);
    }
  }

  /** What an operator should know, in one line; "" for nothing. */
  public String detail() {
    StringBuilder detail = new StringBuilder();
    refusals.forEach(
        (partition, because) ->
            detail
                .append(detail.isEmpty() ? "" : "; ")
                .append("partition %d keeps its policy: %s".formatted(partition, because)));
    return detail.toString();
  }

  /**
   * Takes in one record.
   *
   * @param atMs broker time
   * @return whether it counts: then it is to be kept, and {@link #resume} to be called
   */
  public boolean take(
      byte @Nullable [] key, byte @Nullable [] value, long atMs, Documents documents) {
    String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    try {
      if (value == null) {
        throw new Refused(PolicyRefusal.UNREADABLE, "deletes what it names");
      }
      if (name.equals(Publication.ACTIVE) || name.equals(Publication.SHADOW)) {
        return point(name, decode(Codecs.POLICY_POINTER, value), atMs, documents);
      }
      check(name, decode(Codecs.POLICY_DOCUMENT, value), atMs);
      return true;
    } catch (Refused e) {
      refuse(name, e);
      return false;
    }
  }

  private void check(String name, PolicyDocument document, long atMs) {
    Signatory publisher = publisher(document.getPublisher(), atMs);
    if (document.getDocument().length() > Publication.MAX_DOCUMENT_BYTES) {
      throw new Refused(PolicyRefusal.TOO_LARGE, "is longer than a document may be");
    }
    if (!publication.verifies(document, publisher.key())) {
      throw new Refused(PolicyRefusal.BAD_SIGNATURE, "is not signed by " + publisher.name());
    }
    if (!name.equals(Publication.documentKey(document.getPolicyDigest()))) {
      throw new Refused(PolicyRefusal.DIGEST_MISMATCH, "stands under another digest's key");
    }
  }

  private boolean point(String name, PolicyPointer pointer, long atMs, Documents documents) {
    Signatory publisher = publisher(pointer.getPublisher(), atMs);
    if (!publication.verifies(name, pointer, publisher.key())) {
      throw new Refused(PolicyRefusal.BAD_SIGNATURE, "is not signed by " + publisher.name());
    }
    Call before = name.equals(Publication.ACTIVE) ? active : shadow;
    if (pointer.getGeneration() <= (before == null ? 0 : before.generation())) {
      if (before != null && isSame(pointer, before)) {
        return true;
      }
      throw new Refused(
          PolicyRefusal.STALE_GENERATION,
          "is of generation %d, and %d was there already"
              .formatted(pointer.getGeneration(), before == null ? 0 : before.generation()));
    }
    waiting.remove(name);
    call(name, pointer, documents);
    return true;
  }

  private static boolean isSame(PolicyPointer pointer, Call call) {
    ByteBuffer digest = pointer.getPolicyDigest();
    Policy policy = call.policy();
    return pointer.getGeneration() == call.generation()
        && (digest == null
            ? policy == null
            : policy != null && policy.digestHex().equals(Publication.hex(digest)));
  }

  private void call(String name, PolicyPointer pointer, Documents documents) {
    ByteBuffer digest = pointer.getPolicyDigest();
    if (digest == null) {
      if (name.equals(Publication.ACTIVE)) {
        throw new Refused(PolicyRefusal.UNREADABLE, "calls for no policy");
      }
      hang(name, new Call(pointer.getGeneration(), null, ""));
      return;
    }
    byte[] stored = documents.apply(Publication.documentKey(digest));
    if (stored == null) {
      waiting.put(name, pointer);
      throw new Refused(
          PolicyRefusal.UNKNOWN_DIGEST, "calls for a document that is not there (yet)");
    }
    String document = decode(Codecs.POLICY_DOCUMENT, stored).getDocument();
    hang(name, new Call(pointer.getGeneration(), compile(digest, document), document));
  }

  private Policy compile(ByteBuffer digest, String document) {
    try {
      return shelf.get(Publication.hex(digest), document);
    } catch (PolicyException e) {
      throw new Refused(PolicyRefusal.BROKEN_DOCUMENT, "is broken: " + e.problems().get(0));
    } catch (PolicyShelf.DigestMismatchException e) {
      throw new Refused(PolicyRefusal.DIGEST_MISMATCH, "reads as another: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      throw new Refused(PolicyRefusal.BROKEN_DOCUMENT, "is broken: " + e.getClass().getName());
    }
  }

  private void hang(String name, Call call) {
    boolean scores = name.equals(Publication.ACTIVE);
    if (scores) {
      active = call;
      tally.policyCalled(call.generation());
    } else {
      shadow = call;
    }
    LOG.info(
        "Generation {} of the {} policy is {}",
        call.generation(),
        name,
        call.policy() == null ? "none" : call.policy());
  }

  /** Follows pointers that came before their documents, as they may in a compacted topic. */
  public void resume(Documents documents) {
    Map<String, PolicyPointer> again = Map.copyOf(waiting);
    waiting.clear();
    again.forEach(
        (name, pointer) -> {
          try {
            call(name, pointer, documents);
          } catch (Refused e) {
            if (e.reason != PolicyRefusal.UNKNOWN_DIGEST) {
              refuse(name, e);
            }
          }
        });
  }

  private Signatory publisher(String name, long atMs) {
    Signatory publisher = publishers.get(name);
    if (publisher == null || !publisher.validAt(atMs)) {
      throw new Refused(
          PolicyRefusal.UNKNOWN_PUBLISHER,
          "is by nobody whom policy.publishers lists for that time");
    }
    return publisher;
  }

  private static <T extends SpecificRecord> T decode(SingleObject<T> codec, byte[] value) {
    try {
      return codec.decode(value);
    } catch (MalformedRecordException e) {
      throw new Refused(PolicyRefusal.UNREADABLE, "cannot be read: " + e.getMessage());
    }
  }

  private void refuse(String name, Refused why) {
    tally.policyRefused(why.reason);
    boolean known = name.equals(Publication.ACTIVE) || name.equals(Publication.SHADOW);
    LOG.warn(
        "Refused {} on the topic of policies, the one before stays: {}: it {}",
        known ? "a pointer '" + name + "'" : "a record",
        why.reason,
        why.getMessage());
  }

  /** Why a record does not count. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final PolicyRefusal reason;

    Refused(PolicyRefusal reason, String message) {
      super(message);
      this.reason = reason;
    }
  }
}
