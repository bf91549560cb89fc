package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.shape.Problem;

/** What a problem must give, computed when the first kernel asks and kept for the others that solve it. */
final class SharedExpectations {
    private final Problem problem;
    private final Distribution distribution;
    private final long seed;
    private final boolean subnormals;
    private SharedExpectations withoutSubnormals;
    private Expectation asked;
    private Expectation changed;

    SharedExpectations(Problem problem, Distribution distribution, long seed) {
        this(problem, distribution, seed, true);
    }

    private SharedExpectations(Problem problem, Distribution distribution, long seed, boolean subnormals) {
        this.problem = problem;
        this.distribution = distribution;
        this.seed = seed;
        this.subnormals = subnormals;
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

    /** What is expected of a kernel on such a device. */
    SharedExpectations of(KernelRow kernel, DeviceTraits device) {
        if (kernel.multipliesSubnormals(device)) {
            return this;
        }
        if (withoutSubnormals == null) {
            withoutSubnormals = new SharedExpectations(problem, distribution, seed, false);
        }
        return withoutSubnormals;
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
        OperandSet stored = OperandSet.generate(problem, distribution, of);
        OperandSet operands = subnormals ? stored : stored.withoutSubnormals();
        return new Expectation(operands, Verifier.of(problem, operands));
    }
}
