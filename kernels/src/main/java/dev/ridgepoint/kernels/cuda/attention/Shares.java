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
 * @param lse whether logarithms of the sums of exponentials are asked for
 */
record Shares(int count, long rows, int dim, boolean lse) {
    static final String SUMS = "sums";
    static final String LARGEST = "largest";
    static final String DENOMINATORS = "denominators";

    private static final int MOST = 128;
    /** How full the last wave of blocks has to be for fewer shares to be taken. */
    private static final double FULL = 0.9;

    /**
     * The fewest shares whose last wave of blocks is full, or else those whose last wave is fullest.
     *
     * @param blocks without shares
     * @param most that keys are enough for; none is one
     * @param wave blocks the device has at once
     */
    static int fewest(long blocks, long most, long wave) {
        int best = 1;
        for (int shares = 2; shares <= Math.min(MOST, most) && fullness(blocks * best, wave) < FULL; shares++) {
            if (fullness(blocks * shares, wave) > fullness(blocks * best, wave)) {
                best = shares;
            }
        }
        return best;
    }

    private static double fullness(long blocks, long wave) {
        return (double) blocks / (Geometry.tiles(blocks, wave) * wave);
    }

    /** What a number of shares is good for. */
    static String reason(int shares) {
        return shares == 1
                ? "keys are not shared: enough blocks without, or too few keys"
                : shares + " shares of the keys: the fewest that fill the SMs, or what keys are enough for";
    }

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
                        lse ? Argument.buffer("lse") : Argument.nullPointer()));
    }

    private Map<String, Long> scratch() {
        long each = count * rows * Float.BYTES;
        return Map.of(SUMS, each * dim, LARGEST, each, DENOMINATORS, each);
    }
}
