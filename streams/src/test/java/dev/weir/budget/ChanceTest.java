/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ChanceTest {
  private static final byte[] KEY = "an epoch's key, 32 bytes of it..".getBytes(UTF_8);
  private final Chance chance = new Chance(KEY);

  @Test
  void shouldTakeFirst53BitsWhenDrawing() throws Exception {
    byte[] digest = digest("a");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    mac.update("task-ü".getBytes(UTF_8));
    BigInteger hash = new BigInteger(1, mac.doFinal(digest));

    assertThat(chance.draw("task-ü", digest))
        .isEqualTo(hash.shiftRight(203).doubleValue() / 0x1p53);
  }

  @Test
  void shouldDrawTheSameWhenAskedAgain() throws Exception {
    double first = chance.draw("t", digest("a"));
    chance.nonce("t", digest("a"));
    chance.draw("t", digest("b"));

    assertThat(chance.draw("t", digest("a"))).isEqualTo(first);
    assertThat(new Chance(KEY).draw("t", digest("a"))).isEqualTo(first);
  }

  @Test
  void shouldDrawAuditsApartWhenReviewsAreDrawnToo() throws Exception {
    int n = 20_000;
    int both = 0;
    int audits = 0;
    for (int i = 0; i < n; i++) {
      double review = chance.draw("t", digest("a" + i));
      double audit = chance.auditDraw("t", digest("a" + i));
      assertThat(audit).isGreaterThanOrEqualTo(0).isLessThan(1).isNotEqualTo(review);
      audits += audit < 0.1 ? 1 : 0;
      both += audit < 0.1 && review < 0.1 ? 1 : 0;
    }
    assertThat(audits / (double) n).isBetween(0.09, 0.11);
    assertThat(both / (double) n).isBetween(0.007, 0.013);
    assertThat(chance.auditDraw("t", digest("a"))).isEqualTo(chance.auditDraw("t", digest("a")));
  }

  @Test
  void shouldDrawEvenlyWhenActionsDiffer() throws Exception {
    double sum = 0;
    int low = 0;
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      double u = chance.draw("t" + i % 7, digest("a" + i));
      assertThat(u).isGreaterThanOrEqualTo(0).isLessThan(1);
      sum += u;
      low += u < 0.1 ? 1 : 0;
    }
    assertThat(sum / n).isBetween(0.49, 0.51);
    assertThat(low / (double) n).isBetween(0.09, 0.11);
  }

  @Test
  void shouldNameTheKeyByItsHash() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY);

    assertThat(chance.keyId()).isEqualTo(HexFormat.of().formatHex(Arrays.copyOf(hash, 8)));
  }

  @Test
  void shouldSeparateNoncesFromDraws() throws Exception {
    byte[] digest = digest("a");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    mac.update("t".getBytes(UTF_8));
    byte[] draw = mac.doFinal(digest);

    assertThat(chance.nonce("t", digest)).hasSize(16).isNotEqualTo(Arrays.copyOf(draw, 16));
    assertThat(chance.nonce("t", digest)).isEqualTo(new Chance(KEY).nonce("t", digest));
    assertThat(chance.nonce("t", digest)).isNotEqualTo(chance.nonce("u", digest));
  }

  @Test
  void shouldRefuseWhenKeyOrDigestIsTooShort() {
    assertThatThrownBy(() -> new Chance(new byte[15])).hasMessageContaining("needs 16");
    assertThatThrownBy(() -> chance.draw("t", new byte[31])).hasMessageContaining("31 bytes");
  }

  private static byte[] digest(String of) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(of.getBytes(UTF_8));
  }
}
