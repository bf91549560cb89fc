package dev.ridgepoint.analysis.stats;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Percentiles, and only those whose tail holds at least {@link #LEAST_IN_TAIL} effective samples: a p99 from twenty
 * iterations is the maximum by another name.
 */
public final class Percentiles {
    /** Effective samples the shorter tail must hold. */
    public static final double LEAST_IN_TAIL = 50;

    private static final double[] WANTED = {5, 50, 95, 99, 99.9};

    /** What they are called, from the lowest. */
    public static final List<String> NAMES =
            Arrays.stream(WANTED).mapToObj(Percentiles::name).toList();

    private Percentiles() {}

    /** Those of iteration means of all forks, which are not single calls. */
    static Map<String, Double> of(List<ForkSeries> forks, double effectiveSamples) {
        return of(
                forks.stream()
                        .flatMapToDouble(fork -> Arrays.stream(fork.steady()))
                        .toArray(),
                effectiveSamples);
    }

    /** Those of any values, by {@code p5}, {@code p50}, {@code p95}, {@code p99} and {@code p99.9}. */
    public static Map<String, Double> of(double[] pooled, double effectiveSamples) {
        Percentile estimator = new Percentile().withEstimationType(EstimationType.R_7);
        Map<String, Double> percentiles = new LinkedHashMap<>();
        for (double percent : WANTED) {
            double tail = Math.min(percent, 100 - percent) / 100;
            if (effectiveSamples * tail >= LEAST_IN_TAIL) {
                percentiles.put(name(percent), estimator.evaluate(pooled, percent));
            }
        }
        return Collections.unmodifiableMap(percentiles);
    }

    private static String name(double percent) {
        return percent == Math.rint(percent) ? "p" + (int) percent : "p" + percent;
    }
}
