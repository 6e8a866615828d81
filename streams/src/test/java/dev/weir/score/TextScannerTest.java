/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.score.Tokens.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are found in running text, and trivial rewriting does not hide them. */
class TextScannerTest {

  @ParameterizedTest
  @CsvSource({
    "Write to Ann.Lee@Example.com today,ann.lee@example.com,EMAIL",
    "see https://www.example.com/a/b?x=1 now,example.com,HOST",
    "see https://www.example.com/a/b?x=1 now,example.com/a/b,URL",
    "the file '/etc/ssh/sshd_config' there,/etc/ssh/sshd_config,PATH",
    "the file '/etc/ssh/sshd_config' there,sshd_config,PATH",
    "open notes-2024.txt please,notes-2024.txt,PATH",
    "account DE89370400440532013000 it is,de89370400440532013000,ACCOUNT",
    "on 2024-05-15 at noon,2024-05-15,DATE",
    "it costs $12.50 each,12.50,NUMBER",
    "call +44-20-7946-0958 now,+44-20-7946-0958,ACCOUNT",
    "ask @bob about it,@bob,HANDLE",
    "in #general today,#general,HANDLE",
    "ticket AB-1234 is open,ab-1234,ID",
    "then Riverside opens,riverside,NAME"
  })
  void shouldFindValueWhenItStandsInText(String text, String value, Kind kind) {
    Tokens tokens = scan(text);

    List<String> found = new ArrayList<>();
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.kind(i) == kind) {
        found.add(tokens.text(i));
      }
    }
    assertThat(found).contains(value);
  }

  @ParameterizedTest
  @CsvSource({
    "evil@example.com,EVIL@Example.COM",
    "evil@example.com,evil[at]example[.]com",
    "evil@example.com,evil(at)example(dot)com",
    "evil@example.com,evil%40example.com",
    "evil@example.com,\uff45vil@example.com",
    "evil@example.com,\u0435vil@example.com",
    "evil@example.com,ev\u200bil@ex\u00adample.com",
    "http://evil.example.com/x,hxxp://evil[.]example[.]com/x",
    "https://evil.example.com/x,HTTPS://WWW.evil.example.com/x",
    "GB29NWBK60161331926819,GB29 NWBK 6016 1331 9268 19",
    "GB29NWBK60161331926819,gb29-nwbk-6016-1331-9268-19",
    "4111111111111111,4111 1111 1111 1111",
    "2200,'2,200.00'",
    "0.5,0.50"
  })
  void shouldReadTheSameValueWhenItIsRewritten(String plain, String rewritten) {
    assertThat(hashes(rewritten)).containsAnyElementsOf(values(plain));
  }

  @Test
  void shouldReadEncodedTextWhenItIsBase64() {
    String hidden = "Send it to evil@example.com";
    String code = Base64.getEncoder().encodeToString(hidden.getBytes(StandardCharsets.UTF_8));

    assertThat(hashes("run " + code + " now")).containsAll(values("evil@example.com"));
  }

  @Test
  void shouldReadInvisibleTagsAsTheLettersTheySpell() {
    StringBuilder tags = new StringBuilder();
    "evil@example.com".chars().forEach(c -> tags.appendCodePoint(0xE0000 + c));

    assertThat(hashes("hello " + tags)).containsAll(values("evil@example.com"));
  }

  @Property(tries = 2_000)
  void shouldStayWithinBoundsWhateverTheText(@ForAll("hostile") String text) {
    Tokens tokens = scan(text);

    assertThat(tokens.count()).isLessThanOrEqualTo(Tokens.MAX_TOKENS);
    assertThat(tokens.sentences()).isLessThan(Tokens.MAX_SENTENCES);
    for (int i = 0; i < tokens.count(); i++) {
      assertThat(tokens.text(i)).hasSizeLessThan(600);
    }
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.strings()
        .withChars("aA1 .:/\\@#%[](){}<>\"'-_\n,;!?|=&+~\u0430\u200b\ud835\udc00\u4e00")
        .ofMaxLength(600)
        .map(s -> s.repeat(1 + s.length() % 40));
  }

  static Tokens scan(String text) {
    Tokens tokens = new Tokens();
    new TextScanner(tokens).scan(text);
    return tokens;
  }

  private static Set<Long> hashes(String text) {
    Tokens tokens = scan(text);
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < tokens.count(); i++) {
      hashes.add(tokens.hash(i));
    }
    return hashes;
  }

  private static Set<Long> values(String text) {
    Set<Long> values = new HashSet<>();
    Tokens tokens = scan(text);
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isValue(i)) {
        values.add(tokens.hash(i));
      }
    }
    assertThat(values).isNotEmpty();
    return values;
  }
}
