package dev.ridgepoint.kernels.cuda.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowProblem;
import dev.ridgepoint.kernels.shape.RowShape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowKernelTest {
    private static final DeviceTraits DEVICE = new DeviceTraits("test", "sm_90a", Set.of(), 132, 0, 1, Set.of());

    /** Blocks and threads worked by hand for 132 SMs: a 16-bit thread takes 8 elements at once and keeps 32. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bf16 |    1 |    4096 | block |   1 |  512 | 512 threads a row: rows are few, so a vector a thread; registers hold it",
                "fp32 |    1 |    4096 | block |   1 | 1024 | 1024 threads a row: rows are few, so a vector a thread; registers hold it",
                "bf16 |    1 |       1 | block |   1 |   32 | 32 threads a row: rows are few, so a vector a thread; registers hold it",
                "bf16 |    1 |  128256 | block |   1 | 1024 | 1024 threads a row: rows are few, so a vector a thread; what registers do not hold is read again",
                "bf16 | 4096 |    4096 | block | 4096 | 128 | 128 threads a row: rows fill 132 SMs; registers hold it",
                "bf16 | 4096 |    1025 | block | 4096 |  64 | 64 threads a row: rows fill 132 SMs; registers hold it",
                "bf16 | 4097 |    1024 | warp  | 1025 | 128 | a warp a row, 4 rows a block: a warp's registers hold a row, and rows fill 132 SMs",
                "fp16 |  527 |      64 | block |  527 |  32 | 32 threads a row: rows are few, so a vector a thread; registers hold it",
            })
    void theLaunchFitsTheRows(
            String precision, long rows, long cols, String entry, int blocks, int threads, String config) {
        RowKernel kernel = new RowKernel(RowFunction.SOFTMAX, Precision.parse(precision));
        LaunchPlan plan =
                kernel.plan(new RowProblem(new RowShape(RowFunction.SOFTMAX, rows, cols), kernel.precision()), DEVICE);
        KernelLaunch launch = plan.launches().get(0);
        assertEquals(kernel.symbol() + "_" + entry, launch.entry());
        assertEquals(blocks, launch.geometry().grid().count());
        assertEquals(threads, launch.geometry().block().count());
        assertEquals(config, plan.config());
    }

    @Test
    void normsAreHandedTheirParametersAndEpsilon() {
        RowKernel kernel = new RowKernel(RowFunction.LAYERNORM, Precision.FP32);
        LaunchPlan plan =
                kernel.plan(new RowProblem(new RowShape(RowFunction.LAYERNORM, 2, 3), Precision.FP32), DEVICE);
        assertEquals(
                List.of(
                        Argument.buffer("x"),
                        Argument.buffer("w"),
                        Argument.buffer("b"),
                        Argument.buffer("y"),
                        Argument.int32(2),
                        Argument.int32(3),
                        Argument.fp32(1e-5f)),
                plan.launches().get(0).arguments());
    }

    @Test
    void whatItCannotDoHasAReason() {
        RowKernel kernel = new RowKernel(RowFunction.RMSNORM, Precision.BF16);
        RowShape shape = new RowShape(RowFunction.RMSNORM, 2, 3);
        assertInstanceOf(Support.Supported.class, kernel.supports(new RowProblem(shape, Precision.BF16), DEVICE));
        refuses(kernel, new RowProblem(shape, Precision.FP16), "reads and writes bf16, not fp16");
        refuses(
                kernel,
                new RowProblem(new RowShape(RowFunction.SOFTMAX, 2, 3), Precision.BF16),
                "does rmsnorm, and this is softmax");
        refuses(
                kernel,
                new RowProblem(new RowShape(RowFunction.RMSNORM, 1, (1L << 30) + 1), Precision.BF16),
                "up to 2^30");
        refuses(
                kernel,
                new RowProblem(new RowShape(RowFunction.RMSNORM, 1L << 31, 1), Precision.BF16),
                "more than a grid has blocks");
    }

    private static void refuses(RowKernel kernel, RowProblem problem, String reason) {
        Support.Unsupported refusal = assertInstanceOf(Support.Unsupported.class, kernel.supports(problem, DEVICE));
        assertTrue(refusal.reason().contains(reason), refusal.reason());
    }
}
