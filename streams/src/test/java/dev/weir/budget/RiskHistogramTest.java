/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RiskHistogramTest {
  @Property(tries = 200)
  void shouldKeepEveryBucketExactWhenMergedAndSubtracted(
      @ForAll @Size(max = 200) List<@DoubleRange(min = -9, max = 13) Double> first,
      @ForAll @Size(max = 200) List<@DoubleRange(min = -9, max = 13) Double> second) {
    RiskHistogram both = of(first);
    both.merge(of(second).buckets());
    RiskHistogram joint = of(first);
    second.forEach(risk -> joint.add(risk, Math.pow(10, risk)));
    assertThat(both.count()).isEqualTo(first.size() + (long) second.size());
    assertSame(both, joint);

    both.merge(of(second).buckets(), -1);
    assertSame(both, of(first));
  }

  @Property(tries = 200)
  void shouldReturnTheSameWhenWrittenAndRead(
      @ForAll @Size(max = 300) List<@DoubleRange(min = -9, max = 13) Double> risks) {
    RiskHistogram histogram = of(risks);

    RiskHistogram read = RiskHistogram.fine(histogram.buckets());

    assertThat(read.buckets()).isEqualTo(histogram.buckets());
    assertThat(read.mass()).isEqualTo(histogram.mass());
    assertThat(read.count()).isEqualTo(risks.size());
  }

  @Test
  void shouldTakeBackWhatWasAddedWhenRemoved() {
    RiskHistogram histogram = of(List.of(1.0, 1.0, 2.0));

    histogram.remove(1.0, 10);
    histogram.remove(2.0, 100);
    histogram.remove(5.0, 1e5);

    assertThat(histogram.count()).isEqualTo(1);
    assertThat(histogram.mass()).isEqualTo(10);
    assertThat(histogram.buckets()).hasSize(1);
  }

  @Test
  void shouldClampAndKeepMassesFiniteWhenValuesAreExtreme() {
    RiskHistogram histogram = RiskHistogram.fine();

    histogram.add(Double.NEGATIVE_INFINITY, 0);
    histogram.add(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    histogram.add(Double.NaN, Double.NaN);
    histogram.add(-1e300, 1e-300);
    histogram.add(400, 5);

    assertThat(histogram.countAt(Scale.MIN)).isEqualTo(2);
    assertThat(histogram.countAt(Scale.MAX)).isEqualTo(3);
    assertThat(histogram.mass()).isEqualTo(5 + 1e-300);
  }

  @Test
  void shouldPutBucketsMiddleIntoIt() {
    for (int index = Scale.MIN; index <= Scale.MAX; index++) {
      assertThat(Scale.of(Scale.middle(index))).isEqualTo(index);
    }
  }

  private static void assertSame(RiskHistogram actual, RiskHistogram expected) {
    for (int index = actual.minIndex(); index <= actual.maxIndex(); index++) {
      assertThat(actual.countAt(index)).isEqualTo(expected.countAt(index));
      assertThat(actual.massAt(index))
          .isCloseTo(expected.massAt(index), within(1e-9 * Math.max(1, expected.massAt(index))));
    }
  }

  private static RiskHistogram of(List<Double> risks) {
    RiskHistogram histogram = RiskHistogram.fine();
    risks.forEach(risk -> histogram.add(risk, Math.pow(10, risk)));
    return histogram;
  }
}
