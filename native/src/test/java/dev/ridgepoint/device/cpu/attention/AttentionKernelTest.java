package dev.ridgepoint.device.cpu.attention;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cpu.InstructionSets;
import dev.ridgepoint.device.cpu.KernelTrial;
import dev.ridgepoint.device.cpu.Skip;
import dev.ridgepoint.device.cpu.lib.NativeLibrary;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attention row against the oracle on every shape it takes; what it does not take it refuses with a reason. */
class AttentionKernelTest {
    private static Device device;

    @BeforeAll
    static void open() {
        device = Devices.open("cpu");
    }

    @AfterAll
    static void close() {
        device.close();
    }

    /** Ours on every instruction set this CPU has; oneDNN chooses for itself. */
    static Stream<Arguments> rows() {
        try (Device any = Devices.open("cpu")) {
            return any.kernels().stream()
                    .map(KernelRow::id)
                    .filter(id -> id.startsWith("attention/"))
                    .flatMap(id -> (id.endsWith("_native") ? InstructionSets.here() : List.of(""))
                            .stream().map(isa -> Arguments.of(id, isa)))
                    .toList()
                    .stream();
        }
    }

    @AfterEach
    void useWhatSuitsThisCpu() {
        if (NativeLibrary.isBuilt()) {
            NativeLibrary.load().useInstructionSet("");
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithTheOracle(String id, String isa) {
        if (!isa.isEmpty()) {
            Skip.unless(NativeLibrary.isBuilt(), () -> NativeLibrary.LEFT_OUT);
            NativeLibrary.load().useInstructionSet(isa);
        }
        KernelRow row = KernelTrial.row(device, id);
        Set<String> refusals = new TreeSet<>();
        int checked = 0;
        for (AttentionShape shape : AttentionShapes.ALL) {
            for (Precision precision : Precision.ALL) {
                AttentionProblem problem = new AttentionProblem(shape, precision);
                if (row.supports(problem, device.traits()) instanceof Support.Unsupported no) {
                    assertTrue(no.reason().length() > 10, no.reason());
                    if (!no.reason().startsWith("computes")) {
                        refusals.add(no.reason());
                    }
                    continue;
                }
                checked += agrees(row, problem, refusals) ? 1 : 0;
            }
        }
        Skip.unless(checked > 0, () -> id + ": " + refusals);
    }

    /** On every CPU the fp32 rows together take every shape, so nothing is skipped unseen. */
    @Test
    void oneDnnTakesWhatIsNeitherPagedNorATree() {
        KernelRow row = KernelTrial.row(device, "attention/cpu_fp32_onednn");
        for (AttentionShape shape : AttentionShapes.ALL) {
            if (shape.pageSize() == 0 && shape.mask() != Mask.TREE) {
                assertTrue(agrees(row, new AttentionProblem(shape, Precision.FP32), new TreeSet<>()), shape.id());
            }
        }
    }

    @Test
    void theNativeRowTakesEveryShape() {
        Skip.unless(NativeLibrary.isBuilt(), () -> NativeLibrary.LEFT_OUT);
        KernelRow row = KernelTrial.row(device, "attention/cpu_bf16_native");
        for (AttentionShape shape : AttentionShapes.ALL) {
            assertTrue(agrees(row, new AttentionProblem(shape, Precision.BF16), new TreeSet<>()), shape.id());
        }
    }

    private static boolean agrees(KernelRow row, AttentionProblem problem, Set<String> refusals) {
        boolean checked = false;
        for (Distribution values : List.of(Distribution.NORMAL, Distribution.OUTLIER_CHANNELS)) {
            try {
                Verdict verdict = KernelTrial.verify(device, row, problem, values, 11);
                assertTrue(verdict.passed(), row.id() + " " + problem.id() + " " + values + ": " + verdict);
                checked = true;
            } catch (UnsupportedKernelException refused) {
                refusals.add(refused.getMessage());
            }
        }
        return checked;
    }
}
