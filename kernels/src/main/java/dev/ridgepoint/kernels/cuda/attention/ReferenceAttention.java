package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.Set;

/**
 * Attention in fp64 on the device. Buffers {@code o}, {@code magnitudes} and {@code squares}, fp64
 * [tokens, heads, valueDim]: the sums of probability times value, of their magnitudes and of their squares; {@code scores},
 * fp64 [tokens, heads]: the largest magnitude of a row's scores.
 */
public final class ReferenceAttention {
    private static final Dim3 THREADS = Dim3.of(256);
    /** The kernel's kReferenceThreads times kReferenceDims. */
    private static final int MOST_VALUES = 1024;

    private static final int MOST_BLOCKS = 65_535;
    private static final Set<Precision> PRECISIONS =
            Set.of(Precision.FP32, Precision.BF16, Precision.FP16, Precision.BF16_KV_INT8, Precision.BF16_KV_FP8);

    private ReferenceAttention() {}

    public static boolean supports(AttentionProblem problem) {
        AttentionShape shape = problem.shape();
        return PRECISIONS.contains(problem.precision())
                && !shape.lse()
                && shape.rope() == null
                && shape.valueDim() <= MOST_VALUES
                && shape.qHeads() <= MOST_BLOCKS
                && Limits.ofAnyHead(shape) == null;
    }

    /** All rows of the output. */
    public static LaunchPlan plan(AttentionProblem problem) {
        AttentionShape shape = problem.shape();
        long longest =
                shape.sequences().stream().mapToLong(Segment::seqLenQ).max().orElseThrow();
        Dim3 grid = new Dim3((int) longest, (int) shape.qHeads(), (int) Extent.sequences(shape));
        return LaunchPlan.of(
                "a block a row",
                new KernelLaunch(
                        CudaProbe.REFERENCE_ATTENTION.symbol() + "_" + problem.precision(),
                        Geometry.of(grid, THREADS),
                        AttentionArguments.reference(problem)));
    }
}
