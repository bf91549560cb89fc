package dev.ridgepoint.device.cpu.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.KernelTrial;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.RowProblem;
import dev.ridgepoint.kernels.shape.RowShape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Softmax and norms of oneDNN against the oracle, or refused with its reason. */
class OneDnnRowsTest {
    private static final List<int[]> EXTENTS =
            List.of(new int[] {1, 1}, new int[] {3, 17}, new int[] {5, 129}, new int[] {2, 4096}, new int[] {33, 72});

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
        return OneDnnRows.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithTheOracleOrSaysWhyNot(CpuKernel row) {
        OneDnnRows kernel = (OneDnnRows) row;
        int checked = 0;
        for (int[] extent : EXTENTS) {
            RowProblem problem =
                    new RowProblem(new RowShape(kernel.function(), extent[0], extent[1]), kernel.precision());
            for (Distribution values : List.of(Distribution.NORMAL, Distribution.ADVERSARIAL)) {
                try {
                    Verdict verdict = KernelTrial.verify(device, kernel, problem, values, 7);
                    assertTrue(verdict.passed(), kernel.id() + " " + problem.id() + " " + values + ": " + verdict);
                    checked++;
                } catch (UnsupportedKernelException refused) {
                    assertTrue(refused.getMessage().contains("oneDNN"), refused.getMessage());
                }
            }
        }
        if (kernel.precision() == Precision.FP32) {
            assertEquals(2 * EXTENTS.size(), checked, kernel.id() + " took some shapes only");
        }
    }
}
