package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;

/**
 * Up to 64 rows of activations by all of a weight in the same type, which is read once, on tensor cores.
 *
 * @param precision of the product
 * @param elementBytes size of an element
 * @param keptBytes size of an element of activations in shared memory, where fp8 is fp16
 * @param operands buffers of activations and weight, in the order the kernel takes them
 * @param scales those of them that finished sums are multiplied by
 */
public record PlainSkinny(
        Precision precision, int elementBytes, int keptBytes, List<String> operands, List<String> scales)
        implements CudaRow {
    /** Threads of a block; the kernel's kMmaThreads. */
    private static final int THREADS = 128;
    /** The kernel's kPlainChannels. */
    private static final int CHANNELS = 128;
    /** Bytes of a row in a step: the kernel's kStagesOfStep stages of kStageBytes. */
    private static final int STEP_BYTES = 128;
    /** The kernel's kPlainSteps. */
    private static final int STEPS = 3;
    /** Rows of activations that shared memory has room for at least, as threads copy so many at once. */
    private static final int FEWEST_KEPT = 32;
    /** Two have 64 KiB of the weight under way, where an SM of an H100 takes 40. */
    private static final int MOST_BLOCKS_PER_UNIT = 2;
    /** Steps a share has at least: what fills the pipeline, twice. */
    private static final int SHORTEST_SHARE = 2 * (STEPS - 1);

    /** A row for every precision that has a kernel. */
    public static List<CudaRow> all() {
        return List.of(
                halves(Precision.BF16),
                halves(Precision.FP16),
                codes(Precision.INT8, 1),
                codes(Precision.FP8_E4M3, Short.BYTES),
                codes(Precision.FP8_E5M2, Short.BYTES));
    }

    private static PlainSkinny halves(Precision precision) {
        return new PlainSkinny(precision, Short.BYTES, Short.BYTES, List.of("a", "b"), List.of());
    }

    private static PlainSkinny codes(Precision precision, int keptBytes) {
        return new PlainSkinny(
                precision, 1, keptBytes, List.of("a", "aScales", "b", "bScales"), List.of("aScales", "bScales"));
    }

    @Override
    public String id() {
        return "gemm/sm80_" + precision + "_skinny";
    }

    @Override
    public String idea() {
        return "rows of an mma are channels of the weight, three steps of 128 bytes of each by cp.async; shares of k where channels are few; up to 64 rows of activations";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        return ProductSupport.withoutFp8(
                FewRowsPlan.supports(FewRows.WIDE, CHANNELS, this, precision, problem, device), precision);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        GemmShape shape = ((GemmProblem) problem).shape();
        int rows = FewRows.WIDE.entry(shape);
        int columns = STEP_BYTES / elementBytes;
        int step = columns * (CHANNELS * elementBytes + Math.max(rows, FEWEST_KEPT) * keptBytes);
        FewRowsPlan.Block block = new FewRowsPlan.Block(THREADS, CHANNELS, columns, STEPS * step);
        // An SM has little more shared memory than a block may use.
        int perUnit =
                (int) Math.max(1, Math.min(MOST_BLOCKS_PER_UNIT, device.sharedMemoryBytes() / block.sharedBytes()));
        // Blocks that are all under way together end together, as memory is what each of them waits for.
        FewRowsPlan.Sharing sharing = new FewRowsPlan.Sharing(perUnit, SHORTEST_SHARE, true);
        return new FewRowsPlan(this, operands, scales, block, sharing)
                .of(
                        rows,
                        "128 channels a block, sums of " + rows + " rows: the fewest that hold m=" + shape.m(),
                        shape,
                        device);
    }
}
