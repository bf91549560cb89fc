package dev.ridgepoint.results;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Time a call, in nanoseconds, from forks of several iterations. The headline is steady, never the best.
 *
 * @param steadyNs geometric mean over forks of each fork's steady iterations: the headline
 * @param ciLowNs lower bound of the confidence interval over log fork means, null under 2 forks
 * @param ciHighNs upper bound, null under 2 forks
 * @param confidence level of the interval
 * @param betweenForkCv coefficient of variation of fork means, null under 2 forks
 * @param mde the smallest ratio minus one that a comparison with as many forks would have shown with 80 % power
 * @param bestNs the fastest iteration: labelled, never a headline
 * @param percentiles by {@code p50}, {@code p95}, ...; only those with enough effective samples
 * @param effectiveSamples samples left once autocorrelation is counted
 */
public record Timing(
        double steadyNs,
        Double ciLowNs,
        Double ciHighNs,
        double confidence,
        Double betweenForkCv,
        Double mde,
        double bestNs,
        List<Fork> forks,
        Map<String, Double> percentiles,
        double effectiveSamples) {

    public Timing {
        positive("steadyNs", steadyNs);
        positive("bestNs", bestNs);
        finite("confidence", confidence);
        finite("effectiveSamples", effectiveSamples);
        finite("ciLowNs", ciLowNs);
        finite("ciHighNs", ciHighNs);
        finite("betweenForkCv", betweenForkCv);
        finite("mde", mde);
        forks = List.copyOf(forks);
        percentiles.forEach(Timing::positive);
        percentiles = Collections.unmodifiableMap(new TreeMap<>(percentiles));
        if (forks.isEmpty()) {
            throw new IllegalArgumentException("forks: a time needs at least one fork");
        }
        boolean several = forks.size() > 1;
        if ((ciLowNs != null) != several || (ciHighNs != null) != several || (betweenForkCv != null) != several) {
            throw new IllegalArgumentException(
                    "interval and spread must be there with two forks or more, and not with one");
        }
    }

    /**
     * One JVM's worth.
     *
     * @param iterations measured iterations
     * @param steadyFrom first steady iteration counted over warm-up and measurement, -1 where it never became steady
     */
    public record Fork(int fork, double steadyNs, int warmups, int iterations, int steadyFrom) {
        public Fork {
            positive("steadyNs", steadyNs);
        }

        public boolean steady() {
            return steadyFrom >= 0;
        }
    }

    /** Forks that never became steady. */
    public long unsteadyForks() {
        return forks.stream().filter(fork -> !fork.steady()).count();
    }

    private static void positive(String field, double value) {
        finite(field, value);
        if (value <= 0) {
            throw new IllegalArgumentException(field + ": expected a positive number, got " + value);
        }
    }

    private static void finite(String field, Double value) {
        if (value != null && !Double.isFinite(value)) {
            throw new IllegalArgumentException(field + ": expected a finite number, got " + value);
        }
    }
}
