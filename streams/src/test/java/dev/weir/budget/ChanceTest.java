/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.action.Origin;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ChanceTest {
  private static final byte[] MASTER = "the master's key, 32 bytes of it".getBytes(UTF_8);
  private static final long EPOCH_MS = 1000;
  private static final Origin HERE = new Origin("weir.actions", 1, 2, 3);
  private final Chance chance = new Chance(MASTER, EPOCH_MS);

  @Test
  void shouldDeriveTheEpochsKeyFromTheMaster() throws Exception {
    byte[] use = ByteBuffer.allocate(18).put("weir epoch".getBytes(UTF_8)).putLong(7).array();

    assertThat(chance.epoch(7).key()).isEqualTo(hmac(MASTER, use));
    assertThat(chance.epochAt(7_999)).isEqualTo(7);
    assertThat(chance.epochAt(8_000)).isEqualTo(8);
  }

  @Test
  void shouldTakeFirst53BitsWhenDrawing() throws Exception {
    byte[] key = chance.epoch(7).key();
    byte[] auditKey = hmac(key, "weir audit".getBytes(UTF_8));
    byte[] confirmKey = hmac(MASTER, "weir confirm".getBytes(UTF_8));
    byte[] digest = digest("a");
    byte[] task = "task-ü".getBytes(UTF_8);
    byte[] text = ByteBuffer.allocate(task.length + 32).put(task).put(digest).array();

    Draws draws = chance.draws(7_000, "task-ü", digest);

    assertThat(draws.u()).isEqualTo(number(hmac(key, text)));
    assertThat(draws.auditU()).isEqualTo(number(hmac(auditKey, text)));
    assertThat(draws.keyId()).isEqualTo(chance.epoch(7).keyId());
    assertThat(chance.confirmation("task-ü", digest)).isEqualTo(number(hmac(confirmKey, text)));
  }

  private static double number(byte[] hash) {
    return new BigInteger(1, hash).shiftRight(203).doubleValue() / 0x1p53;
  }

  @Test
  void shouldDrawTheSameWhenAskedAgain() throws Exception {
    Draws first = chance.draws(0, "t", digest("a"));
    chance.nonce("t", digest("a"), HERE, 0);
    for (int epoch = 0; epoch < 100; epoch++) {
      chance.draws(epoch * EPOCH_MS, "t", digest("b"));
    }
    assertThat(chance.draws(999, "t", digest("a"))).isEqualTo(first);
    assertThat(new Chance(MASTER, EPOCH_MS).draws(1, "t", digest("a"))).isEqualTo(first);
  }

  @Test
  void shouldDrawOtherwiseWhenTheEpochIsAnother() throws Exception {
    Draws before = chance.draws(999, "t", digest("a"));
    Draws after = chance.draws(1_000, "t", digest("a"));

    assertThat(after.u()).isNotEqualTo(before.u());
    assertThat(after.auditU()).isNotEqualTo(before.auditU());
    assertThat(after.keyId()).isNotEqualTo(before.keyId());
  }

  @Test
  void shouldDrawAuditsApartWhenReviewsAreDrawnToo() throws Exception {
    int n = 20_000;
    int both = 0;
    int audits = 0;
    for (int i = 0; i < n; i++) {
      Draws draws = chance.draws(0, "t", digest("a" + i));
      assertThat(draws.auditU()).isGreaterThanOrEqualTo(0).isLessThan(1).isNotEqualTo(draws.u());
      audits += draws.auditU() < 0.1 ? 1 : 0;
      both += draws.auditU() < 0.1 && draws.u() < 0.1 ? 1 : 0;
    }
    assertThat(audits / (double) n).isBetween(0.09, 0.11);
    assertThat(both / (double) n).isBetween(0.007, 0.013);
  }

  @Test
  void shouldDrawEvenlyWhenActionsDiffer() throws Exception {
    double sum = 0;
    int low = 0;
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      double u = chance.draws(0, "t" + i % 7, digest("a" + i)).u();
      assertThat(u).isGreaterThanOrEqualTo(0).isLessThan(1);
      sum += u;
      low += u < 0.1 ? 1 : 0;
    }
    assertThat(sum / n).isBetween(0.49, 0.51);
    assertThat(low / (double) n).isBetween(0.09, 0.11);
  }

  @Test
  void shouldNameTheKeyByItsCommitment() throws Exception {
    EpochKey key = chance.epoch(3);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.key());

    assertThat(key.commitment()).isEqualTo(hash);
    assertThat(key.keyId()).isEqualTo(HexFormat.of().formatHex(Arrays.copyOf(hash, 8)));
  }

  @Test
  void shouldMakeAnotherNonceForEachPlaceAndEachRound() throws Exception {
    byte[] digest = digest("a");

    assertThat(
            List.of(
                chance.nonce("t", digest, HERE, 0),
                chance.nonce("t", digest, HERE, 1),
                chance.nonce("t", digest, new Origin("weir.actions", 1, 3, 3), 0),
                chance.nonce("t", digest, new Origin("weir.actions", 2, 2, 3), 0),
                chance.nonce("t", digest, new Origin("weir.actions.b", 1, 2, 3), 0),
                chance.nonce("t", digest("b"), HERE, 0)))
        .doesNotHaveDuplicates();
    assertThat(chance.nonce("t", digest, new Origin("weir.actions", 1, 2, 9), 0))
        .as("the time says nothing of the place")
        .isEqualTo(chance.nonce("t", digest, HERE, 0));
  }

  @Test
  void shouldTellNonceAndTagsNotByAnyEpochsKey() throws Exception {
    byte[] digest = digest("a");
    Chance revealed = new Chance(chance.epoch(0).key(), EPOCH_MS);

    assertThat(chance.nonce("t", digest, HERE, 0))
        .hasSize(16)
        .isNotEqualTo(revealed.nonce("t", digest, HERE, 0))
        .isNotEqualTo(chance.nonce("u", digest, HERE, 0))
        .isEqualTo(new Chance(MASTER, 5).nonce("t", digest, HERE, 0));
    assertThat(chance.tag("agent", "a"))
        .isNotEqualTo(revealed.tag("agent", "a"))
        .isEqualTo(new Chance(MASTER, 5).tag("agent", "a"));
    assertThat(revealed.epoch(1).key()).isNotEqualTo(chance.epoch(1).key());
  }

  @Test
  void shouldRefuseWhenKeyOrDigestIsTooShort() {
    assertThatThrownBy(() -> new Chance(new byte[15], 1)).hasMessageContaining("needs 16");
    assertThatThrownBy(() -> chance.draws(0, "t", new byte[31])).hasMessageContaining("31 bytes");
  }

  private static byte[] hmac(byte[] key, byte[] text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  private static byte[] digest(String of) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(of.getBytes(UTF_8));
  }
}
