package dev.ridgepoint.kernels.cuda.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which entry point few rows of plain activations are launched with, in how many blocks, and what they take of an SM. */
class PlainSkinnyTest {
    private static final int SMS = 132;
    private static final DeviceTraits HOPPER = device("sm_90a", SMS, 232_448);
    /** Of one kilobyte less than an SM has. */
    private static final DeviceTraits ADA = device("sm_89", 142, 101_376);

    private static final CudaRow BF16 = row(Precision.BF16);

    private static DeviceTraits device(String arch, int units, long shared) {
        return new DeviceTraits("test", arch, Set.of(), units, shared, 1, Set.of());
    }

    private static CudaRow row(Precision precision) {
        return PlainSkinny.all().stream()
                .filter(row -> row.id().equals("gemm/sm80_" + precision + "_skinny"))
                .findFirst()
                .orElseThrow();
    }

    private static LaunchPlan plan(CudaRow row, Precision precision, DeviceTraits device, long m, long n, long k) {
        return row.plan(new GemmProblem(GemmShape.of(m, n, k), precision), device);
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "8, 8", "9, 16", "17, 32", "33, 64", "64, 64"})
    void theSmallestEntryThatHoldsTheRows(long m, int rows) {
        LaunchPlan plan = plan(BF16, Precision.BF16, HOPPER, m, 14_336, 4096);
        assertTrue(plan.launches().get(0).entry().endsWith("_m" + rows), plan.toString());
    }

    @Test
    void moreRowsAreRefused() {
        Support support = BF16.supports(new GemmProblem(GemmShape.of(65, 128, 128), Precision.BF16), HOPPER);
        assertEquals(
                "m: up to 64 rows, not 65",
                assertInstanceOf(Support.Unsupported.class, support).reason());
    }

    /** All blocks are under way together, two an SM at most where k is shared; a weight that fills the device is not. */
    @ParameterizedTest
    @CsvSource({
        "64, 14336, 4096, 112, 2",
        "16, 4096, 4096, 32, 8",
        "16, 28672, 8192, 224, 1",
        "1, 129280, 7168, 1010, 1",
        "1, 64, 32768, 1, 16",
        "1, 128, 448, 1, 1"
    })
    void blocksAreUnderWayTogether(long m, long n, long k, int blocks, int shares) {
        LaunchPlan plan = plan(BF16, Precision.BF16, HOPPER, m, n, k);
        KernelLaunch product = plan.launches().get(0);
        assertEquals(blocks, product.geometry().grid().x());
        assertEquals(shares, product.geometry().grid().y());
        assertEquals(shares == 1 ? 1 : 2, plan.launches().size());
        assertTrue(shares == 1 || blocks * shares <= 2 * SMS);
    }

    /** Sixty-four rows in fp8 take the most; a device of less shared memory has one block an SM, and half the shares. */
    @ParameterizedTest
    @CsvSource({
        "bf16, 8, 61440",
        "bf16, 32, 61440",
        "bf16, 64, 73728",
        "int8, 64, 73728",
        "fp8_e4m3, 8, 73728",
        "fp8_e4m3, 64, 98304"
    })
    void sharedMemoryFits(String name, long m, int bytes) {
        Precision precision = Precision.ALL.stream()
                .filter(of -> of.toString().equals(name))
                .findFirst()
                .orElseThrow();
        KernelLaunch product =
                plan(row(precision), precision, ADA, m, 4096, 8192).launches().get(0);
        assertEquals(bytes, product.geometry().sharedBytes());
        assertTrue(bytes <= ADA.sharedMemoryBytes());
        assertEquals(4, product.geometry().grid().y());
    }

    @Test
    void fp8IsConvertedAndTheRestIsNot() {
        for (CudaRow row : PlainSkinny.all()) {
            Precision precision = ((PlainSkinny) row).precision();
            Support support = row.supports(new GemmProblem(GemmShape.of(16, 128, 128), precision), ADA);
            Support expected = precision.toString().startsWith("fp8") ? Support.upconverted() : Support.natively();
            assertEquals(expected, support, row.id());
        }
    }
}
