package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.WorkModel;

/**
 * How many launches a batch or a graph holds: about a millisecond's worth on a fast device, so that the one wait at its
 * end does not show, and no more. It follows from the problem alone, so that every device is asked alike.
 */
final class Batch {
    private static final int LEAST = 4;
    private static final int MOST = 64;
    private static final double SECONDS = 1e-3;
    private static final double FLOPS_PER_SECOND = 1e14;
    private static final double BYTES_PER_SECOND = 1e12;

    private Batch() {}

    static int of(Problem problem) {
        WorkModel work = problem.work();
        double seconds = Math.max(work.flops() / FLOPS_PER_SECOND, work.bytes() / BYTES_PER_SECOND);
        return (int) Math.max(LEAST, Math.min(MOST, SECONDS / seconds));
    }
}
