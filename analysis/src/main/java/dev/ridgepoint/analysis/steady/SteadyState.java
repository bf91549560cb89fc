package dev.ridgepoint.analysis.steady;

import java.util.Arrays;
import java.util.List;

/**
 * From which iteration on a fork runs at its final speed, judged over all iterations with the warm-up kept.
 *
 * <p>The series of log times is cut at its change points. Segments whose medians lie within {@link #TOLERANCE} of the
 * last one's count as the same speed: a third of the margin a gate judges by moves no verdict. The fork is steady if
 * that speed holds for at least half of the measured iterations and at least three of them; if not, its last speed is
 * as likely another stop on the way.
 */
public final class SteadyState {
    /** Differences of speed that do not matter, in log units: 1 %. */
    public static final double TOLERANCE = 0.01;
    /** Iterations without which a steady state cannot be told from chance. */
    public static final int LEAST_ITERATIONS = 3;

    private SteadyState() {}

    /** How a fork's speed went. */
    public enum Course {
        /** One speed throughout. */
        FLAT("flat"),
        /** Slower at first, then steady. */
        WARMUP("warm-up"),
        /** Steady in the end, but slower than it had been: throttling, deoptimisation or a neighbour. */
        SLOWDOWN("slowdown"),
        /** Speed still shifting when measurement ended. */
        NO_STEADY_STATE("no steady state"),
        /** Fewer than {@link #LEAST_ITERATIONS} measured iterations: nothing can be said. */
        TOO_SHORT("too short to tell");

        private final String words;

        Course(String words) {
            this.words = words;
        }

        /** For tables. */
        public String words() {
            return words;
        }
    }

    /**
     * What was found.
     *
     * @param steadyFrom first steady iteration, counted over warm-up and measurement; -1 where there is none
     * @param changePoints iterations at which the speed shifted, ascending
     */
    public record Verdict(int steadyFrom, List<Integer> changePoints, Course course) {
        public boolean steady() {
            return steadyFrom >= 0;
        }
    }

    /**
     * Judges one fork.
     *
     * @param iterationsInclWarmup time of each iteration in order, in any unit, warm-up first
     * @param warmups how many of them are warm-up
     * @throws IllegalArgumentException naming the iteration whose time is not positive and finite
     */
    public static Verdict detect(double[] iterationsInclWarmup, int warmups) {
        int n = iterationsInclWarmup.length;
        if (warmups < 0 || warmups > n) {
            throw new IllegalArgumentException("warmups: expected 0 to " + n + ", got " + warmups);
        }
        double[] logs = logs(iterationsInclWarmup);
        int measured = n - warmups;
        if (measured < LEAST_ITERATIONS) {
            return new Verdict(-1, List.of(), Course.TOO_SHORT);
        }
        List<Integer> changes = ChangePoints.of(logs);
        double[] levels = levels(logs, changes);
        double last = levels[levels.length - 1];
        int segment = levels.length - 1;
        while (segment > 0 && Math.abs(levels[segment - 1] - last) <= TOLERANCE) {
            segment--;
        }
        int steadyFrom = segment == 0 ? 0 : changes.get(segment - 1);
        int needed = Math.max(LEAST_ITERATIONS, (measured + 1) / 2);
        if (n - Math.max(steadyFrom, warmups) < needed) {
            return new Verdict(-1, changes, Course.NO_STEADY_STATE);
        }
        return new Verdict(steadyFrom, changes, course(levels, segment, last));
    }

    private static Course course(double[] levels, int steadySegment, double last) {
        if (steadySegment == 0) {
            return Course.FLAT;
        }
        boolean wasFaster = Arrays.stream(levels, 0, steadySegment).anyMatch(level -> level < last - TOLERANCE);
        return wasFaster ? Course.SLOWDOWN : Course.WARMUP;
    }

    private static double[] levels(double[] logs, List<Integer> changes) {
        double[] levels = new double[changes.size() + 1];
        for (int i = 0; i < levels.length; i++) {
            int from = i == 0 ? 0 : changes.get(i - 1);
            int to = i == changes.size() ? logs.length : changes.get(i);
            levels[i] = ChangePoints.median(Arrays.copyOfRange(logs, from, to));
        }
        return levels;
    }

    private static double[] logs(double[] times) {
        double[] logs = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            if (!(times[i] > 0) || Double.isInfinite(times[i])) {
                throw new IllegalArgumentException(
                        "iteration " + i + ": expected a positive, finite time, got " + times[i]);
            }
            logs[i] = Math.log(times[i]);
        }
        return logs;
    }
}
