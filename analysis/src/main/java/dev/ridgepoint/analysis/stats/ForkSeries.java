package dev.ridgepoint.analysis.stats;

import dev.ridgepoint.analysis.steady.SteadyState;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Timing;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * One fork's iterations in order, and where they are steady.
 *
 * @param times nanoseconds a call of every iteration, warm-up first
 * @param warmups how many of them are warm-up
 */
record ForkSeries(int fork, double[] times, int warmups, SteadyState.Verdict verdict) {

    /** Checks that the lines are one fork's, numbered without gaps and warm-up first. */
    static ForkSeries of(List<IterationLine> sorted) {
        double[] times = new double[sorted.size()];
        int warmups = 0;
        for (int i = 0; i < times.length; i++) {
            IterationLine line = sorted.get(i);
            if (line.iteration() != i) {
                throw fault(line, "expected iteration " + i + " next: one is missing or twice there");
            }
            if (line.warmup() && warmups < i) {
                throw fault(line, "a warm-up after a measured iteration");
            }
            warmups += line.warmup() ? 1 : 0;
            times[i] = line.nsPerOp();
        }
        if (warmups == times.length) {
            throw fault(sorted.get(0), "no measured iteration in this fork");
        }
        return new ForkSeries(sorted.get(0).fork(), times, warmups, SteadyState.detect(times, warmups));
    }

    private static IllegalArgumentException fault(IterationLine line, String what) {
        return new IllegalArgumentException("iterations: case '" + line.caseId() + "' fork " + line.fork()
                + " iteration " + line.iteration() + ": " + what);
    }

    /** The measured iterations that count: the steady ones, or all where the fork never became steady. */
    double[] steady() {
        return Arrays.copyOfRange(times, Math.max(warmups, verdict.steadyFrom()), times.length);
    }

    double steadyMean() {
        return StatUtils.mean(steady());
    }

    /** The fastest measured iteration. */
    double best() {
        return StatUtils.min(times, warmups, times.length - warmups);
    }

    Timing.Fork summary() {
        return new Timing.Fork(fork, steadyMean(), warmups, times.length - warmups, verdict.steadyFrom());
    }
}
