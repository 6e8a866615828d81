/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.action.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keyed chance: what would be random is a function of a key, the task and the action's digest, so
 * neither a new event id nor a retry rolls the dice again, and a replay draws the same. Draws come
 * from the key of the epoch in which the broker appended the action; that key is revealed later.
 *
 * <p>Invariant: a digest has 32 bytes, so task_id ‖ digest is unambiguous; epochs' keys, nonces,
 * seals, probes, confirmations and tags each come from a key derived from the master for them
 * alone, so none tells anything of another, and tags and nonces mean the same in every epoch. The
 * master is never told. Not safe for use by several threads: one instance a thread.
 */
public final class Chance {
  /** Shortest master key accepted, in bytes. */
  public static final int MIN_KEY_BYTES = 16;

  /** Length of an epoch unless configured otherwise, in ms: a day. */
  public static final long EPOCH_MS = 86_400_000;

  /** Length of a nonce, in bytes. */
  public static final int NONCE_BYTES = 16;

  private static final int MAX_EPOCHS = 16;
  private static final long PRIME = (1L << 61) - 1;
  private static final long SEPARATOR = 1L << 17;
  private static final byte[] EPOCH = ascii("weir epoch");

  private final long epochMs;
  private final KeyedHash master;
  private final KeyedHash nonces;
  private final KeyedHash seals;
  private final KeyedHash probes;
  private final KeyedHash confirmations;
  private final long tagKey;
  private final String masterId;
  private final Map<Long, EpochKey> epochs = new LinkedHashMap<>(MAX_EPOCHS, 0.75f, true);

  /**
   * @param master the secret that all keys are derived from
   * @param epochMs length of an epoch, in ms, above 0
   * @throws IllegalArgumentException if the secret is shorter than {@link #MIN_KEY_BYTES}
   */
  public Chance(byte[] master, long epochMs) {
    if (master.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "chance key has %d bytes, needs %d".formatted(master.length, MIN_KEY_BYTES));
    }
    this.epochMs = epochMs;
    this.master = new KeyedHash(master);
    this.nonces = new KeyedHash(this.master.derived(ascii("weir nonce")));
    this.seals = new KeyedHash(this.master.derived(ascii("weir seal")));
    this.probes = new KeyedHash(this.master.derived(ascii("weir probe")));
    this.confirmations = new KeyedHash(this.master.derived(ascii("weir confirm")));
    this.tagKey = ByteBuffer.wrap(this.master.derived(ascii("weir tag"))).getLong() & (PRIME >>> 1);
    this.masterId = HexFormat.of().formatHex(this.master.derived(ascii("weir name")), 0, 8);
  }

  /** Names the master without telling it. */
  public String masterId() {
    return masterId;
  }

  /** Length of an epoch, in ms. */
  public long epochMs() {
    return epochMs;
  }

  /** The number of the epoch in which a broker time lies, epoch ms. */
  public long epochAt(long ms) {
    return Math.floorDiv(ms, epochMs);
  }

  /** The key of an epoch: HMAC(master, "weir epoch" ‖ its number in 8 bytes). */
  public EpochKey epoch(long number) {
    EpochKey known = epochs.get(number);
    if (known != null) {
      return known;
    }
    byte[] use = ByteBuffer.allocate(EPOCH.length + Long.BYTES).put(EPOCH).putLong(number).array();
    EpochKey key = new EpochKey(number, master.derived(use));
    epochs.put(number, key);
    if (epochs.size() > MAX_EPOCHS) {
      epochs.remove(epochs.keySet().iterator().next());
    }
    return key;
  }

  /**
   * What chance decides of an action.
   *
   * @param ms when the broker appended it, epoch ms
   */
  public Draws draws(long ms, String taskId, byte[] digest) {
    return epoch(epochAt(ms)).draws(taskId, digest);
  }

  /**
   * A keyed hash of two texts, never 0: equal for equal ones, and for others by chance alone, at
   * most their length in 2^61, as long as the key is secret (polynomial over 2^61 − 1: Carter and
   * Wegman, 1979).
   */
  public long tag(String first, String second) {
    long hash = fold(first, 1);
    hash = fold(second, step(hash, SEPARATOR));
    return hash == 0 ? 1 : hash;
  }

  private long fold(String text, long hash) {
    long folded = hash;
    for (int i = 0; i < text.length(); i++) {
      folded = step(folded, text.charAt(i) + 1L);
    }
    return folded;
  }

  private long step(long hash, long added) {
    long high = Math.multiplyHigh(hash, tagKey);
    long low = hash * tagKey;
    long product = (low & PRIME) + (low >>> 61 | high << 3);
    long sum = (product & PRIME) + (product >>> 61) + added;
    return (sum & PRIME) + (sum >>> 61);
  }

  /**
   * {@link #NONCE_BYTES} bytes for an escalation of an action; a new array. The same bytes read
   * from another place of the log, and another tier that is asked, have another one.
   *
   * @param origin where the action was first read
   * @param round tiers that were asked before
   */
  public byte[] nonce(String taskId, byte[] digest, Origin origin, int round) {
    byte[] task = taskId.getBytes(StandardCharsets.UTF_8);
    byte[] topic = origin.topic().getBytes(StandardCharsets.UTF_8);
    ByteBuffer use =
        ByteBuffer.allocate(
            4 * Integer.BYTES + Long.BYTES + task.length + digest.length + topic.length);
    use.putInt(task.length).put(task).put(digest).putInt(topic.length).put(topic);
    use.putInt(origin.partition()).putLong(origin.offset()).putInt(round);
    return Arrays.copyOf(nonces.derived(use.array()), NONCE_BYTES);
  }

  /** HMAC-SHA-256, 32 bytes, over what only Weir may say; a new array. */
  public byte[] seal(byte[] said) {
    return seals.derived(said);
  }

  /** A draw in [0, 1) for what is planted among reviews: equal for equal questions. */
  public double probe(String question) {
    byte[] hash = probes.derived(question.getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
  }

  /**
   * Whether somebody looks again at what a reviewer made of an action, in [0, 1): the first 53 bits
   * of HMAC(HMAC(master, "weir confirm"), utf8(taskId) ‖ digest) over 2^53. The master is never
   * told, so no reviewer ever knows what of its work is checked.
   */
  public double confirmation(String taskId, byte[] digest) {
    return confirmations.number(taskId, digest);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
