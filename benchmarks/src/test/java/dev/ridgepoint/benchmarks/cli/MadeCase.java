package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.Outcome;

/**
 * One case of a {@link MadeRun}.
 *
 * @param problem what it asks; of cases by number, products that differ in M
 * @param forkNs time a call of each fork
 * @param other how it ended where it was not measured
 * @param clocks MHz of each fork, or null
 */
record MadeCase(
        String id,
        Problem problem,
        String kernel,
        String domain,
        String cache,
        long seed,
        String inputs,
        double[] forkNs,
        boolean unsteady,
        boolean throttled,
        boolean plausible,
        double error,
        double[] clocks,
        Outcome other) {

    /** Spread of forks around a time, in thousandths of it. */
    private static final int[] SPREAD = {0, 3, -2, 1, -3, 2, -1, 4, -4, 0};

    /** A valid case of that many forks around a time; names and problems go by the number. */
    static MadeCase of(int number, int forks, double ns) {
        double[] forkNs = new double[forks];
        for (int i = 0; i < forks; i++) {
            forkNs[i] = ns * (1 + SPREAD[(i + number) % SPREAD.length] / 1000.0);
        }
        return new MadeCase(
                "made/case" + number,
                new GemmProblem(GemmShape.of(number, 64, 64), Precision.FP32),
                "gemm/cpu_fp32_plain",
                "cpu-call",
                "cold",
                1,
                "5a".repeat(32),
                forkNs,
                false,
                false,
                true,
                1e-4,
                null,
                null);
    }

    /** A valid case of five forks of a GPU by its own clock. */
    static MadeCase asking(String id, Problem problem, String kernel, double ns) {
        MadeCase made = of(1, 5, ns);
        return new MadeCase(
                id,
                problem,
                kernel,
                "device-event",
                "cold",
                1,
                made.inputs,
                made.forkNs,
                false,
                false,
                true,
                1e-4,
                null,
                null);
    }

    MadeCase forks(double... ns) {
        return new MadeCase(
                id, problem, kernel, domain, cache, seed, inputs, ns, unsteady, throttled, plausible, error, clocks,
                other);
    }

    MadeCase by(String otherKernel) {
        return new MadeCase(
                id,
                problem,
                otherKernel,
                domain,
                cache,
                seed,
                inputs,
                forkNs,
                unsteady,
                throttled,
                plausible,
                error,
                clocks,
                other);
    }

    MadeCase asked(String otherDomain, String otherCache, long otherSeed, String otherInputs) {
        return new MadeCase(
                id,
                problem,
                kernel,
                otherDomain,
                otherCache,
                otherSeed,
                otherInputs,
                forkNs,
                unsteady,
                throttled,
                plausible,
                error,
                clocks,
                other);
    }

    MadeCase flawed(boolean drifts, boolean held, boolean tooFast) {
        return new MadeCase(
                id, problem, kernel, domain, cache, seed, inputs, forkNs, drifts, held, !tooFast, error, clocks, other);
    }

    MadeCase erring(double by) {
        return new MadeCase(
                id, problem, kernel, domain, cache, seed, inputs, forkNs, unsteady, throttled, plausible, by, clocks,
                other);
    }

    MadeCase at(double... mhz) {
        return new MadeCase(
                id, problem, kernel, domain, cache, seed, inputs, forkNs, unsteady, throttled, plausible, error, mhz,
                other);
    }

    MadeCase ending(Outcome outcome) {
        return new MadeCase(
                id, problem, kernel, domain, cache, seed, inputs, forkNs, unsteady, throttled, plausible, error, clocks,
                outcome);
    }
}
