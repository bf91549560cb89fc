package dev.ridgepoint.kernels.cuda.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where products on tensor cores apply an epilogue, and that other kernels refuse one. */
class MmaEpilogueTest {
    private static final Path SOURCES = Path.of("src/main/cuda");
    private static final DeviceTraits HOPPER = new DeviceTraits("test", "sm_90a", Set.of(), 132, 0, 1, Set.of());
    private static final GemmShape WHOLE = GemmShape.of(2048, 4096, 256);
    private static final GemmShape SHARED = GemmShape.of(8, 64, 8192);

    static List<CudaRow> rows() {
        return MmaGemm.all();
    }

    private static LaunchPlan plan(CudaRow row, GemmShape shape, Epilogue epilogue) {
        return row.plan(new GemmProblem(shape.with(epilogue), ((MmaGemm) row).precision()), HOPPER);
    }

    private static boolean takes(KernelLaunch launch, String buffer) {
        return launch.arguments().contains(Argument.buffer(buffer));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyEntryIsInTheSource(CudaRow row) throws IOException {
        String text = Files.readString(SOURCES.resolve(row.source()));
        for (GemmShape shape : List.of(WHOLE, SHARED, GemmShape.grouped(64, 128, 256, 4, 2))) {
            for (Epilogue epilogue : List.of(Epilogue.NONE, Epilogue.BIAS_SILU)) {
                for (KernelLaunch launch : plan(row, shape, epilogue).launches()) {
                    var entry = Pattern.compile("\\b" + launch.entry() + "\\(([^)]*)\\)")
                            .matcher(text);
                    assertTrue(entry.find(), row.source() + " has no " + launch.entry());
                    assertEquals(
                            entry.group(1).split(",").length, launch.arguments().size(), launch.entry());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aSharedSumIsFinishedOnce(CudaRow row) {
        LaunchPlan plan = plan(row, SHARED, Epilogue.BIAS_GELU);
        assertEquals(2, plan.launches().size(), plan.config());
        assertEquals(
                plan(row, SHARED, Epilogue.NONE).launches().get(0),
                plan.launches().get(0),
                "shares are those of the plain product");
        assertFalse(takes(plan.launches().get(0), "bias"));
        assertTrue(takes(plan.launches().get(1), "bias"));
        assertTrue(plan.config().contains("bias_gelu of their sum"), plan.config());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aWholeSumIsFinishedInRegisters(CudaRow row) {
        LaunchPlan plan = plan(row, WHOLE, Epilogue.BIAS);
        assertEquals(1, plan.launches().size(), plan.config());
        assertTrue(takes(plan.launches().get(0), "bias"));
        assertTrue(plan.config().contains("bias in registers"), plan.config());
        assertFalse(plan(row, WHOLE, Epilogue.NONE).config().contains("bias"));
    }

    /** Each function has a number of its own. */
    @Test
    void functionsAreTold() {
        Set<Argument> last = new HashSet<>();
        for (Epilogue epilogue : Epilogue.values()) {
            if (epilogue.hasBias()) {
                List<Argument> arguments =
                        plan(rows().get(0), WHOLE, epilogue).launches().get(0).arguments();
                last.add(arguments.get(arguments.size() - 1));
            }
        }
        assertEquals(Set.of(Argument.int32(0), Argument.int32(1), Argument.int32(2), Argument.int32(3)), last);
    }

    @Test
    void otherKernelsRefuse() {
        GemmShape shape = GemmShape.of(1, 256, 1024).with(Epilogue.BIAS);
        for (CudaRow row : CudaKernels.rows()) {
            if (!row.id().startsWith("gemm/") || row instanceof MmaGemm) {
                continue;
            }
            for (Precision precision : Precision.ALL) {
                if (precision.quantisesCacheOnly()) {
                    continue;
                }
                Support support = row.supports(new GemmProblem(shape, precision), HOPPER);
                String reason = assertInstanceOf(Support.Unsupported.class, support, row.id())
                        .reason();
                assertTrue(reason.contains("computes ") || reason.contains("epilogue bias"), row.id() + ": " + reason);
            }
        }
    }
}
