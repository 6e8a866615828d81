/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DeadLetter;
import dev.weir.event.RefusalReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever agents send, every record ends in exactly one outcome and good ones are assessed. */
class ITPoison {
  private static final int POISONED = 10_000;
  private static final int TASKS = 50;

  @Test
  void shouldEndEveryRecordInOneOutcomeWhenMostAreHostile() throws Exception {
    try (Cluster cluster = Cluster.start("it-poison");
        Ledger ledger = cluster.ledger()) {
      // So that the largest arrive; compressed, they would under the default too.
      cluster.set(cluster.topics().actions(), "max.message.bytes", Integer.toString(64 << 20));
      Instance monitor = cluster.run("one");

      List<Poison> sent = send(cluster);
      List<Place> places = cluster.published();
      ledger.awaitAll(places);
      assertThat(monitor.sound()).isTrue();
      monitor.close();
      ledger.drain();

      ledger.assertOneOutcomeOfEach(places);
      ledger.assertFoldsExact();
      check(ledger, sent, places);
    }
  }

  /** Sends it all, mixed; the kind of each record, null for a good one. */
  private static List<Poison> send(Cluster cluster) {
    Random chance = new Random(20_261_121);
    List<Poison> sent = new ArrayList<>();
    int poisoned = 0;
    for (int round = 0; poisoned < POISONED; round++) {
      for (Poison kind : Poison.values()) {
        if (kind.sentAt(round)) {
          cluster.publish(kind.record(cluster.topics().actions(), poisoned++, chance));
          sent.add(kind);
        }
      }
      for (int i = 0; i < 10; i++) {
        String task = "good-" + (round * 10 + i) % TASKS;
        cluster.act(task, Events.json(task, (round * 10 + i) / TASKS));
        sent.add(null);
      }
    }
    return sent;
  }

  private static void check(Ledger ledger, List<Poison> sent, List<Place> places) {
    Map<Place, DeadLetter> dead = new HashMap<>();
    for (DeadLetter letter : ledger.deadLetters()) {
      dead.put(new Place(letter.getTopic(), letter.getPartition(), letter.getOffset()), letter);
      assertThat(letter.getReason()).isNotIn(RefusalReason.OTHER, RefusalReason.BAD_INTERNAL);
      assertThat(letter.getDetail()).isNotBlank();
    }
    for (int i = 0; i < places.size(); i++) {
      Poison kind = sent.get(i);
      DeadLetter letter = dead.get(places.get(i));
      RefusalReason reason = letter == null ? null : letter.getReason();
      String text = letter == null ? "" : letter.getDetail();
      if (kind == null) {
        assertThat(ledger.of(places.get(i))).as("good record").containsExactly("assessment");
      } else {
        assertThat(kind.mayEndAs(reason)).as("%s ended as %s: %s", kind, reason, text).isTrue();
      }
    }
    assertThat(ledger.duplicates()).isEmpty();
  }
}
