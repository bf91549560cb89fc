package dev.ridgepoint.device.cpu.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.KernelTrial;
import dev.ridgepoint.device.cpu.Skip;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every GEMM row against the oracle, or refused with a reason. */
class GemmKernelTest {
    private static final List<GemmShape> SHAPES = List.of(
            GemmShape.of(1, 1, 1),
            GemmShape.of(3, 17, 129),
            GemmShape.of(17, 3, 64),
            GemmShape.of(1, 129, 256),
            GemmShape.of(33, 72, 384));
    private static final GemmShape EXPERTS = GemmShape.grouped(13, 24, 128, 5, 2);
    private static final GemmShape PRODUCTS = GemmShape.batched(3, 5, 24, 128);

    private static Device device;

    @BeforeAll
    static void open() {
        device = Devices.open("cpu");
    }

    @AfterAll
    static void close() {
        device.close();
    }

    static Stream<CpuKernel> rows() {
        return GemmKernels.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithTheOracle(CpuKernel row) {
        GemmKernel kernel = (GemmKernel) row;
        skipUnsupported(kernel, EXPERTS);
        int checked = 0;
        for (GemmShape shape : SHAPES) {
            for (Distribution values : List.of(Distribution.NORMAL, Distribution.OUTLIER_CHANNELS)) {
                checked += agrees(kernel, shape, values) ? 1 : 0;
            }
        }
        assertTrue(checked > 0, kernel.id() + " took none of the shapes");
        agrees(kernel, EXPERTS, Distribution.NORMAL);
        agrees(kernel, PRODUCTS, Distribution.NORMAL);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void finishesProductsOrRefuses(CpuKernel row) {
        GemmKernel kernel = (GemmKernel) row;
        for (Epilogue epilogue :
                List.of(Epilogue.BIAS, Epilogue.BIAS_GELU, Epilogue.BIAS_GELU_TANH, Epilogue.BIAS_SILU)) {
            GemmShape experts = EXPERTS.with(epilogue);
            if (!kernel.multiplier().finishes()) {
                Support support = kernel.supports(new GemmProblem(experts, kernel.precision()), device.traits());
                String reason =
                        assertInstanceOf(Support.Unsupported.class, support).reason();
                assertTrue(reason.endsWith("not by the epilogue " + epilogue), reason);
                continue;
            }
            skipUnsupported(kernel, experts);
            assertTrue(agrees(kernel, GemmShape.of(33, 72, 384).with(epilogue), Distribution.NORMAL), kernel.id());
            assertTrue(agrees(kernel, GemmShape.of(1, 136, 256).with(epilogue), Distribution.ADVERSARIAL), kernel.id());
            agrees(kernel, experts, Distribution.NORMAL);
            agrees(kernel, PRODUCTS.with(epilogue), Distribution.NORMAL);
        }
    }

    /** Whether the kernel took the shape; if it did, it must be right. */
    private static boolean agrees(GemmKernel kernel, GemmShape shape, Distribution values) {
        GemmProblem problem = new GemmProblem(shape, kernel.precision());
        try {
            Verdict verdict = KernelTrial.verify(device, kernel, problem, values, 7);
            assertTrue(verdict.passed(), kernel.id() + " " + problem.id() + " " + values + ": " + verdict);
            return true;
        } catch (UnsupportedKernelException refused) {
            assertTrue(refused.getMessage().length() > 10, refused.getMessage());
            return false;
        }
    }

    private static void skipUnsupported(GemmKernel kernel, GemmShape shape) {
        Support support = kernel.supports(new GemmProblem(shape, kernel.precision()), device.traits());
        if (support instanceof Support.Unsupported no) {
            assertTrue(no.reason().length() > 10, no.reason());
            Skip.unless(false, () -> kernel.id() + ": " + no.reason());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void refusesOtherPrecisionsByName(CpuKernel row) {
        GemmKernel kernel = (GemmKernel) row;
        for (CpuKernel other : GemmKernels.all()) {
            GemmProblem problem = new GemmProblem(GemmShape.of(2, 2, 2), ((GemmKernel) other).precision());
            if (!problem.precision().equals(kernel.precision())) {
                Support.Unsupported no =
                        assertInstanceOf(Support.Unsupported.class, kernel.supports(problem, device.traits()));
                assertEquals("computes " + kernel.precision() + ", not " + problem.precision(), no.reason());
                assertThrows(
                        UnsupportedKernelException.class, () -> device.prepare((KernelRow) kernel, problem, Map.of()));
            }
        }
    }
}
