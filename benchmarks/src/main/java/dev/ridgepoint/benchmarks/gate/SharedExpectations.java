package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.shape.Problem;

/** What a problem must give, computed when the first kernel asks and kept for the others that solve it. */
final class SharedExpectations {
    private final Problem problem;
    private final Distribution distribution;
    private final long seed;
    private Expectation asked;
    private Expectation changed;

    SharedExpectations(Problem problem, Distribution distribution, long seed) {
        this.problem = problem;
        this.distribution = distribution;
        this.seed = seed;
    }

    Problem problem() {
        return problem;
    }

    Distribution distribution() {
        return distribution;
    }

    /** Problem and distribution. */
    String id() {
        return problem.id() + ":" + distribution.id();
    }

    /** Of the seed. */
    Expectation asked() {
        if (asked == null) {
            asked = expectation(seed);
        }
        return asked;
    }

    /** Of other operands. */
    Expectation changed() {
        if (changed == null) {
            changed = expectation(seed + 1);
        }
        return changed;
    }

    private Expectation expectation(long of) {
        OperandSet operands = OperandSet.generate(problem, distribution, of);
        return new Expectation(operands, Verifier.of(problem, operands));
    }
}
