/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerFoldsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "& ('Remove-'+'Item') x | Remove-Item x",
        "& ('{1}{0}' -f 'Item','Remove-') x | Remove-Item x",
        "$a = 'Remove-Item'; & $a x | Remove-Item x",
        "Re`move-It`em x | Remove-Item x",
        "iex (('x','y') -join '') | iex 'xy'",
        "iex ([char]105+[char]0x65+[char]120) | iex 'iex'",
        "iex ('metI'[-1..-4] -join '') | iex 'Item'"
      })
  void shouldPutTogetherWhatIsOnlyParted(String text, String whole) {
    assertThat(PowerFolds.of(text)).contains(whole);
  }

  @Test
  void shouldLeavePlainLinesAsTheyAre() {
    String line = "Get-ChildItem -Path 'C:\\a b' | Where-Object { $_.Length -gt 1 } # [note] a+b";

    assertThat(PowerFolds.of(line)).isEqualTo(line);
  }

  @Test
  void shouldEndSoonWhenTheTextIsHostile() {
    assertThat(PowerFolds.of("('a'+".repeat(3_000))).isNotEmpty();
  }
}
