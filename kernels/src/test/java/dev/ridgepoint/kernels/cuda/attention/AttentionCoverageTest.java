package dev.ridgepoint.kernels.cuda.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.workload.Suites;
import dev.ridgepoint.kernels.workload.Workload;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which attention of the workloads our CUDA kernels do, and into how many shares they cut its keys. */
class AttentionCoverageTest {
    private static final DeviceTraits HOPPER =
            new DeviceTraits("test", "sm_90a", Set.of(), 132, 232_448, 50L << 20, Set.of());

    @Test
    void whatNoKernelDoesIsKnown() {
        Map<String, Integer> missing = new TreeMap<>();
        int supported = 0;
        for (Workload workload : Suites.of("full", "cuda")) {
            if (workload.problem() instanceof AttentionProblem problem) {
                if (isSupported(problem)) {
                    supported++;
                } else {
                    missing.merge(describe(problem), 1, Integer::sum);
                }
            }
        }
        assertTrue(supported > 0, "no workload of attention was seen");
        assertEquals(
                Map.of(
                        "bf16 D=512 Dv=512",
                        2,
                        "fp16 D=512 Dv=512",
                        1,
                        "bf16 D=64 Dv=64 rel",
                        24,
                        "bf16_kv_int8 D=576 Dv=512",
                        2,
                        "bf16_kv_fp8_e4m3 D=576 Dv=512",
                        2,
                        "fp8_e4m3 D=128 Dv=128",
                        2),
                missing);
    }

    private static boolean isSupported(AttentionProblem problem) {
        return CudaKernels.rows().stream().anyMatch(row -> row.supports(problem, HOPPER) instanceof Support.Supported);
    }

    private static String describe(AttentionProblem problem) {
        AttentionShape shape = problem.shape();
        return problem.precision() + " D=" + shape.headDim() + " Dv=" + shape.valueDim()
                + (shape.relPositions() > 0 ? " rel" : "");
    }

    @Test
    void sharesFillTheDevice() {
        // One block a wave of ten: nine shares are full enough.
        assertEquals(9, Shares.fewest(1, 100, 10));
        // Keys are enough for three.
        assertEquals(3, Shares.fewest(1, 3, 10));
        // Full already, or full enough.
        assertEquals(1, Shares.fewest(10, 100, 10));
        assertEquals(1, Shares.fewest(9, 100, 10));
        // Eleven blocks take two waves of ten; five times as many take six, nearly full.
        assertEquals(5, Shares.fewest(11, 100, 10));
        // No keys to share.
        assertEquals(1, Shares.fewest(1, 0, 10));
    }

    @Test
    void aPlanSaysWhyItHasItsShares() {
        CudaRow decode = new DecodeAttention(Precision.BF16);
        AttentionProblem one =
                new AttentionProblem(AttentionShape.of(1, 32, 8, 1, 8192, 128, Mask.CAUSAL), Precision.BF16);
        assertEquals(
                "4 warps share a block's keys, 30 shares of the keys: the fewest that fill the SMs, or what keys are enough for",
                decode.plan(one, HOPPER).config());
        AttentionProblem many =
                new AttentionProblem(AttentionShape.of(66, 32, 4, 4, 300, 128, Mask.CAUSAL), Precision.BF16);
        assertEquals(
                "a tile of 8 rows a warp, keys are not shared: enough blocks without, or too few keys",
                decode.plan(many, HOPPER).config());
        assertEquals(2, decode.plan(one, HOPPER).launches().size());
        assertEquals(1, decode.plan(many, HOPPER).launches().size());
    }
}
