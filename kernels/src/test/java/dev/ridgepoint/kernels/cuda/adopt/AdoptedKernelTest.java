package dev.ridgepoint.kernels.cuda.adopt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptedKernelTest {
    private static final byte[] IMAGE = """
            .version 8.0
            .target sm_80
            .visible .entry f(.param .u64 a, .param .u64 b, .param .u64 c, .param .u64 space,
                .param .u32 m, .param .u64 n, .param .f32 alpha)
            { ret; }
            """.getBytes(StandardCharsets.UTF_8);
    private static final GemmProblem OWN = new GemmProblem(GemmShape.of(33, 70, 100), Precision.FP32);
    private static final GemmProblem OTHER = new GemmProblem(GemmShape.of(1, 1, 1), Precision.FP32);
    private static final List<String> ARGS = List.of("a", "b", "c", "space", "M", "n", "f32:0.5");

    @TempDir
    private Path folder;

    @Test
    void aDescriptorIsReadAsItWasWritten() throws IOException {
        Files.write(folder.resolve("f.ptx"), IMAGE);
        Files.writeString(
                folder.resolve("f.json"), adoption(true, ARGS, "ceil(m/32),n").text());
        AdoptedKernel kernel = AdoptedKernel.load(folder.resolve("f.json"));
        assertEquals("gemm/adopted_fp32_f", kernel.id());
        assertEquals(kernel("ceil(m/32),n").digests(), kernel.digests());
        assertEquals(AdoptedKernel.sha256(IMAGE), kernel.digests().get("gemm/adopted_fp32_f"));
        assertArrayEquals(Arrays.copyOf(IMAGE, IMAGE.length + 1), kernel.image().orElseThrow(), "text ends in a zero");
    }

    /** A descriptor knows the bias by its name, after the weight. */
    @Test
    void anEpilogueBringsItsBias() {
        GemmShape shape = GemmShape.of(2, 3, 4).with(Epilogue.BIAS_GELU);
        assertEquals(
                List.of("a", "b", "bias", "c", "m", "n", "k"),
                AdoptedKernel.usualArguments(new GemmProblem(shape, Precision.FP32)));
    }

    @Test
    void aPlanIsWhatTheDescriptorSays() {
        LaunchPlan plan = kernel("ceil(m/32),n").plan(OWN, device("sm_90a"));
        KernelLaunch launch = plan.launches().get(0);
        assertEquals("f", launch.entry());
        assertEquals(Dim3.of(2, 70), launch.geometry().grid());
        assertEquals(Dim3.of(32, 4), launch.geometry().block());
        assertEquals(128, launch.geometry().sharedBytes());
        assertEquals(Map.of("space", 4 * 33 * 70L), plan.scratch());
        assertEquals(
                List.of(
                        Argument.buffer("a"),
                        Argument.buffer("b"),
                        Argument.buffer("c"),
                        Argument.buffer("space"),
                        Argument.int32(33),
                        Argument.int64(70),
                        Argument.fp32(0.5f)),
                launch.arguments());
    }

    @Test
    void whatItCannotDoHasAReason() {
        assertInstanceOf(Support.Supported.class, kernel("m").supports(OWN, device("sm_80")));
        assertInstanceOf(Support.Supported.class, kernel("m").supports(OTHER, device("sm_120a")));
        AdoptedKernel onlyOwn = new AdoptedKernel(adoption(false, ARGS, "m"), IMAGE);
        unsupported("--any-shape", onlyOwn.supports(OTHER, device("sm_80")));
        unsupported("PTX for sm_80, and this is sm_75", kernel("m").supports(OWN, device("sm_75")));
        unsupported("this is x86-64", kernel("m").supports(OWN, device("x86-64-v3")));
        unsupported("33/32 is no whole number", kernel("m/32").supports(OWN, device("sm_80")));
        unsupported("grid: expected 1 to 2147483647, got 0", kernel("m-33").supports(OWN, device("sm_80")));
        unsupported("grid: expected 1 to 65535, got 70000", kernel("1,1000*n").supports(OWN, device("sm_80")));
        GemmProblem bf16 = new GemmProblem(OWN.shape(), Precision.BF16);
        unsupported("like gemm_m33_n70_k100_fp32", kernel("m").supports(bf16, device("sm_80")));
        GemmProblem batched = new GemmProblem(GemmShape.batched(2, 33, 70, 100), Precision.FP32);
        unsupported("like gemm_m33_n70_k100_fp32", kernel("m").supports(batched, device("sm_80")));
    }

    @Test
    void whatDoesNotFitTheImageIsRefused() {
        refused("f takes 7 parameters of 8, 8, 8, 8, 4, 8, 4 bytes, not 1: a", List.of("a"));
        refused(
                "'d' is neither a buffer (a, b, c, space) nor an extent",
                List.of("a", "b", "d", "space", "m", "n", "m"));
        refused("as number 5 brings 8", List.of("a", "b", "c", "space", "null", "n", "m"));
        refused("expected a number after f32:", List.of("a", "b", "c", "space", "m", "n", "f32:x"));
        byte[] other = Arrays.copyOf(IMAGE, IMAGE.length + 1);
        assertThrows(IllegalArgumentException.class, () -> new AdoptedKernel(adoption(true, ARGS, "m"), other));
    }

    @Test
    void aNumberThatDoesNotFitItsParameterIsAReason() {
        List<String> args = List.of("a", "b", "c", "space", "65536*65536", "n", "f32:1");
        AdoptedKernel kernel = new AdoptedKernel(adoption(true, args, "m"), IMAGE);
        unsupported("4294967296 does not fit a parameter of 4 bytes", kernel.supports(OWN, device("sm_80")));
        List<String> unsigned = List.of("a", "b", "c", "space", "u32:65536*65536-1", "n", "f32:1");
        assertEquals(
                Argument.int32(-1),
                new AdoptedKernel(adoption(true, unsigned, "m"), IMAGE)
                        .plan(OWN, device("sm_80"))
                        .launches()
                        .get(0)
                        .arguments()
                        .get(4));
    }

    private static void unsupported(String reason, Support answer) {
        String said = assertInstanceOf(Support.Unsupported.class, answer).reason();
        assertTrue(said.contains(reason), said);
    }

    private static void refused(String complaint, List<String> args) {
        Adoption adoption = adoption(true, args, "m");
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> new AdoptedKernel(adoption, IMAGE));
        assertTrue(error.getMessage().contains(complaint), error.getMessage());
    }

    private static AdoptedKernel kernel(String grid) {
        return new AdoptedKernel(adoption(true, ARGS, grid), IMAGE);
    }

    private static Adoption adoption(boolean anyShape, List<String> args, String grid) {
        try {
            return new Adoption(
                    "f",
                    "f.ptx",
                    AdoptedKernel.sha256(IMAGE),
                    new ObjectMapper()
                            .readTree(
                                    "{\"op\": \"gemm\", \"precision\": \"fp32\", \"shape\": {\"M\": 33, \"N\": 70, \"K\": 100}}"),
                    anyShape,
                    args,
                    grid,
                    "32,4",
                    "4*32",
                    Map.of("space", "4*m*n"));
        } catch (IOException e) {
            throw new IllegalStateException("a text is no file", e);
        }
    }

    private static DeviceTraits device(String arch) {
        return new DeviceTraits("a device", arch, Set.of(DType.FP32), 4, 1 << 16, 1 << 20, Set.of());
    }
}
