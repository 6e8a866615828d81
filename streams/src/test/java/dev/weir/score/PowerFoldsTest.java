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
        "iex ('metI'[-1..-4] -join '') | iex 'Item'",
        "iex ([char[]](105, 101, 120, 100) -join '') | iex 'iexd'",
        "iex ('IXtXem' -replace 'X','') | iex 'Item'",
        "Remove-Item \"a$([char]98)$('c'+'d')\" | Remove-Item 'abcd'",
        "$p = @{Recurse=$true}; Remove-Item x @p | Remove-Item x  -recurse $true",
        "function f($n) { ri $n }; f x | function f { n=$1;",
        "(Get-Item x).Delete() | (Get-Item x) | remove-item"
      })
  void shouldPutTogetherWhatIsOnlyParted(String text, String whole) {
    assertThat(PowerFolds.of(text)).contains(whole);
  }

  @Test
  void shouldReadLettersByTheirNumbersWhenEachIsCombinedWithOne() {
    String line = "-join ((67, 79, 82, 78) | % { [char]($_ -bxor 42) })";

    assertThat(PowerFolds.of(line)).contains("iexd");
  }

  @Test
  void shouldLeavePlainLinesAsTheyAre() {
    String line = "Get-ChildItem -Path 'C:\\a b' | Where-Object { $_.Length -gt 1 } # [note] a+b";

    assertThat(PowerFolds.of(line)).isEqualTo(line);
  }

  @Test
  void shouldEndSoonWhenTheTextIsHostile() {
    assertThat(PowerFolds.of("('a'+".repeat(3_000))).isNotEmpty();
    assertThat(PowerFolds.of("(1,2,3,4|%{".repeat(1_400))).isNotEmpty();
    assertThat(PowerFolds.of("\"$($('a\"".repeat(1_600))).isNotEmpty();
    assertThat(PowerFolds.of("$a=@{b=".repeat(2_000))).isNotEmpty();
  }
}
