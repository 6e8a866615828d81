/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LowerCaseTest {
  @Property
  void shouldFoldAsJavaDoesButForDottedIAndSigma(@ForAll String text) {
    String usual = text.replace("\u0130", "i").replace('\u03a3', '\u03c3');
    assertThat(LowerCase.of(text)).isEqualTo(usual.toLowerCase(Locale.ROOT));
  }

  @Test
  void shouldFoldDottedIToPlainIAndEverySigmaAlike() {
    assertThat(LowerCase.of("\u0130D OD\u039f\u03a3")).isEqualTo("id od\u03bf\u03c3");
  }
}
