/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.TailIndex;
import dev.weir.event.TailMeaning;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailIndicesTest {
  @Property(tries = 60)
  void shouldFindTheIndexWhenDataArePareto(
      @ForAll @DoubleRange(min = 0.5, max = 4) double index,
      @ForAll @IntRange(max = 100_000) int seed) {
    TailIndex found = TailIndices.of(histogram(pareto(50_000, index, seed)));

    assertThat(found).isNotNull();
    assertThat(found.getExceedances()).isBetween(500L, 600L);
    assertThat(found.getStandardError())
        .isEqualTo(found.getIndex() / Math.sqrt((double) found.getExceedances()));
    assertThat(found.getIndex()).isCloseTo(index, within(5 * found.getStandardError()));
  }

  @Property(tries = 60)
  void shouldAgreeWithHillsFormulaWhenEachValueIsKnown(
      @ForAll @DoubleRange(min = 0.5, max = 4) double index,
      @ForAll @IntRange(max = 100_000) int seed) {
    double[] risks = pareto(5_000, index, seed);
    TailIndex found = TailIndices.of(histogram(risks));

    assertThat(found).isNotNull();
    double[] sorted = risks.clone();
    Arrays.sort(sorted);
    double excess = 0;
    for (int i = 1; i <= found.getExceedances(); i++) {
      excess += (sorted[sorted.length - i] - found.getAbove()) * Math.log(10);
    }
    double hill = found.getExceedances() / excess;
    assertThat(found.getIndex()).isCloseTo(hill, within(0.01 * hill));
    assertThat(Arrays.stream(risks).filter(risk -> risk >= found.getAbove()).count())
        .isEqualTo(found.getExceedances());
  }

  @Test
  void shouldTellNothingWhenThereAreTooFew() {
    assertThat(TailIndices.of(histogram(pareto(999, 1, 1)))).isNull();
    assertThat(TailIndices.of(histogram(pareto(1_000, 1, 1)))).isNotNull();
    assertThat(TailIndices.of(RiskHistogram.fine())).isNull();
  }

  @Test
  void shouldTellNothingWhenTheLargestAreEqual() {
    double[] risks = pareto(5_000, 1, 1);
    Arrays.fill(risks, 0, 1_001, 9);

    assertThat(TailIndices.of(histogram(risks))).isNull();
  }

  @Test
  void shouldPassOverWhatHasNoMassWhenItCounts() {
    RiskHistogram histogram = histogram(pareto(5_000, 1, 1));
    TailIndex before = TailIndices.of(histogram);
    for (int i = 0; i < 100_000; i++) {
      histogram.add(Double.NEGATIVE_INFINITY, 0);
    }

    assertThat(TailIndices.of(histogram)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"0.5,MEANINGLESS", "1,MEANINGLESS", "1.001,UNSTABLE", "2,UNSTABLE", "2.001,SOUND"})
  void shouldWarnWhenTheIndexIsLow(double index, TailMeaning meaning) {
    assertThat(TailIndices.meaning(index)).isEqualTo(meaning);
    assertThat(TailIndices.warning(meaning).isEmpty()).isEqualTo(meaning == TailMeaning.SOUND);
  }

  private static double[] pareto(int n, double index, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] risks = new double[n];
    Arrays.setAll(risks, i -> Asks.pareto(index, random));
    return risks;
  }

  private static RiskHistogram histogram(double[] risks) {
    RiskHistogram histogram = RiskHistogram.fine();
    for (double risk : risks) {
      histogram.add(risk, Math.pow(10, risk));
    }
    return histogram;
  }
}
