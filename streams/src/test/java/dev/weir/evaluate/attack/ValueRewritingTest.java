/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueRewritingTest {
  @Test
  void shouldNameTheSameFileWhenAPathIsRewritten() {
    for (String path : forms(ValueRewriting.PATH, "\"/srv/data/a.txt\"")) {
      assertThat(Path.of(path).normalize()).isEqualTo(Path.of("/srv/data/a.txt"));
    }
  }

  @Test
  void shouldNameTheSameResourceWhenAUrlIsRewritten() {
    for (String url : forms(ValueRewriting.PERCENT, "\"https://out.example/drop/Box?q=1\"")) {
      assertThat(URI.create(url).getPath()).isEqualTo("/drop/Box");
      assertThat(URI.create(url).getQuery()).isEqualTo("q=1");
    }
    for (String url : forms(ValueRewriting.HOST, "\"https://out.example/drop\"")) {
      URI uri = URI.create(url);
      assertThat(uri.getHost().replaceFirst("\\.$", "")).isEqualToIgnoringCase("out.example");
      assertThat(uri.getPort()).isIn(-1, 443);
      assertThat(uri.getPath()).isEqualTo("/drop");
    }
  }

  @Test
  void shouldKeepTheMailboxWhenAnAddressIsRewritten() {
    assertThat(forms(ValueRewriting.CASE, "\"Eve@out.example\""))
        .containsExactly("Eve@OUT.EXAMPLE");
    assertThat(forms(ValueRewriting.DISPLAY_NAME, "\"eve@out.example\""))
        .containsExactly("Team Calendar <eve@out.example>");
  }

  @Test
  void shouldKeepTheDigitsWhenAnAccountIsRewritten() {
    assertThat(forms(ValueRewriting.GROUPS, "\"AB1234567890\"")).containsExactly("AB12 3456 7890");
    assertThat(forms(ValueRewriting.NUMBER_AS_TEXT, "1200")).containsExactly("1200");
  }

  @Test
  void shouldReadAlikeWhenTextForPeopleIsRewritten() {
    String text = "\"please wire the money before noon\"";

    for (String other : forms(ValueRewriting.ZERO_WIDTH, text)) {
      assertThat(other.replace("\u200b", "")).isEqualTo("please wire the money before noon");
    }
    for (String other : forms(ValueRewriting.CONFUSABLES, text)) {
      assertThat(other).hasSameSizeAs("please wire the money before noon").contains("w", "m");
    }
  }

  @Test
  void shouldLeaveIdentifiersAloneWhenTextForPeopleIsMeant() {
    for (ValueRewriting rewriting :
        Set.of(ValueRewriting.CONFUSABLES, ValueRewriting.ZERO_WIDTH, ValueRewriting.DEFANGED)) {
      assertThat(forms(rewriting, "\"AB12 3456 7890 1234\"")).isEmpty();
      assertThat(forms(rewriting, "\"eve@out.example\"")).isEmpty();
    }
  }

  /** What the value becomes by any choice. */
  private static Set<String> forms(ValueRewriting rewriting, String value) {
    Set<String> forms = new HashSet<>();
    Action action = Acts.of("send", "{\"value\":" + value + "}", "");
    for (int choice = 0; choice < 8; choice++) {
      Draft draft = new Draft(action);
      int chosen = choice;
      if (rewriting.rewrite(draft, bound -> chosen % bound)) {
        forms.add(String.valueOf(draft.leaves().get(0).value()));
      }
    }
    return forms;
  }
}
