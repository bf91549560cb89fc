package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.util.List;
import java.util.Map;

/**
 * Shares of the keys, each a block's, and the launch that puts them together.
 *
 * @param count of the keys of a row
 * @param rows of the output: tokens times query heads
 * @param dim elements of a row of the output
 */
record Shares(int count, long rows, int dim) {
    static final String SUMS = "sums";
    static final String LARGEST = "largest";
    static final String DENOMINATORS = "denominators";

    /** The plan of a kernel that leaves such shares; one share is the result. */
    LaunchPlan plan(String reason, KernelLaunch attend, String mergeEntry) {
        return count == 1
                ? LaunchPlan.of(reason, attend)
                : new LaunchPlan(reason, List.of(attend, merge(mergeEntry)), scratch());
    }

    private KernelLaunch merge(String entry) {
        return new KernelLaunch(
                entry,
                Geometry.of(Dim3.of((int) rows), Dim3.of(dim)),
                List.of(
                        Argument.buffer(SUMS),
                        Argument.buffer(LARGEST),
                        Argument.buffer(DENOMINATORS),
                        Argument.int64(rows),
                        Argument.int32(count),
                        Argument.int32(dim),
                        Argument.buffer("o"),
                        Argument.nullPointer()));
    }

    private Map<String, Long> scratch() {
        long each = count * rows * Float.BYTES;
        return Map.of(SUMS, each * dim, LARGEST, each, DENOMINATORS, each);
    }
}
