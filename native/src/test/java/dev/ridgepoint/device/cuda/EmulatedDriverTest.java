package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.cpu.KernelTrial;
import dev.ridgepoint.device.cuda.EmulatedJvm.Outcome;
import dev.ridgepoint.device.emulator.EmulatorBuild;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels under JCuda as it is published, and under both bindings, on the emulated driver: in JVMs of their own. */
class EmulatedDriverTest {
    @BeforeEach
    void needsTheEmulator() {
        EmulatorBuild.require();
    }

    @Test
    void jcudaAddsVectors() throws IOException, InterruptedException {
        Outcome outcome = jcuda("add");
        assertEquals("Ridgepoint emulated sm_90\nsum is right\n", outcome.out(), outcome.err());
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void jcudaReplaysAGraph() throws IOException, InterruptedException {
        Outcome outcome = jcuda("graph");
        assertEquals("3 replays: 4\n", outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void aKernelsFaultIsAnExceptionAndTheJvmLives() throws IOException, InterruptedException {
        Outcome outcome = jcuda("fault");
        assertEquals("CUDA_ERROR_ILLEGAL_ADDRESS\nCUDA_ERROR_ILLEGAL_ADDRESS\nalive\n", outcome.out(), outcome.err());
        assertTrue(outcome.err().contains("0 bytes past the end of allocation 1 (400 bytes)"), outcome.err());
        assertTrue(outcome.err().contains("ld.global.f32 %f1, [%rd5];"), outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void aStopAtALineReportsTheWarpsRegistersAndTheJvmLives() throws IOException, InterruptedException {
        Outcome outcome = run(
                List.of(),
                Map.of("RIDGEPOINT_EMULATED_STOP", "line=18 lanes=0-2"),
                JcudaOnEmulator.class,
                EmulatorBuild.EMULATOR.orElseThrow().unpack().toString(),
                "fault");
        assertEquals("CUDA_ERROR_LAUNCH_FAILED\nCUDA_ERROR_LAUNCH_FAILED\nalive\n", outcome.out(), outcome.err());
        assertTrue(outcome.err().contains("stopped here, as asked"), outcome.err());
        assertTrue(outcome.err().contains("PTX line 18: setp.ge.s32 %p1, %r5, %r1;"), outcome.err());
        assertTrue(outcome.err().contains("    %r5 = 0 1 2\n"), outcome.err());
    }

    @Test
    void refusedPtxIsAnExceptionWithItsLineInTheLog() throws IOException, InterruptedException {
        Outcome outcome = jcuda("refused");
        assertTrue(outcome.out().startsWith("CUDA_ERROR_INVALID_PTX line 7, column 5: frobnicate.f32"), outcome.out());
        assertEquals(0, outcome.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void bothBindingsFindTheDriverInTheJar(String backend) throws IOException, InterruptedException {
        Outcome outcome = run(List.of("-Dridgepoint.driver=emulated"), AbsentDriverTest.Open.class, backend);
        assertEquals("opened\nopened\n", outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
    }

    /** Solves a product of ragged extents by a kernel nvcc compiled, and says how it went. */
    static final class Solve {
        private Solve() {}

        public static void main(String[] args) {
            GemmProblem problem = new GemmProblem(GemmShape.of(5, 300, 33), Precision.FP32);
            try (Device device = Devices.open(args[0])) {
                KernelRow kernel = KernelTrial.row(device, "gemm/sm80_fp32_naive");
                Verdict verdict = KernelTrial.verify(device, kernel, problem, Distribution.NORMAL, 5);
                System.out.println(device.stack().get("driver") + " " + verdict.passed());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aCatalogueRowSolvesItsProblemThroughBothBindings(String backend) throws IOException, InterruptedException {
        EmulatedJvm.requireKernels();
        Outcome outcome = run(List.of("-Dridgepoint.driver=emulated"), Solve.class, backend);
        assertEquals("emulated true\n", outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void referencesInFp64AgreeWithTheOracle() throws IOException, InterruptedException {
        EmulatedJvm.requireKernels();
        Outcome outcome = run(List.of("-Dridgepoint.driver=emulated"), ReferenceTrial.class, "jni");
        assertEquals(0, outcome.status(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals(ReferenceTrial.ANSWERS, lines.size(), outcome.out());
        assertTrue(lines.stream().allMatch(line -> line.endsWith(" true")), outcome.out());
    }

    /** Through our own binding as a graph, through the other in order; wired wrongly, the step that is wrong is named. */
    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aLayerIsRightAndAMiswiredOneIsNot(String backend) throws IOException, InterruptedException {
        EmulatedJvm.requireKernels();
        Outcome outcome = run(List.of("-Dridgepoint.driver=emulated"), LayerTrial.class, backend);
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(
                List.of(
                        backend.equals("jni") ? "a graph of" : "in order,",
                        "right passed",
                        "recorded passed",
                        "residual attended",
                        "weights normed",
                        "place kCache",
                        "turn o",
                        "order o"),
                outcome.out().lines().toList());
    }

    @Test
    void codesThatAreNoNumberAreNan() throws IOException, InterruptedException {
        EmulatedJvm.requireKernels();
        Outcome outcome = run(List.of("-Dridgepoint.driver=emulated"), NoNumberTrial.class, "jni");
        assertEquals(0, outcome.status(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals(NoNumberTrial.ANSWERS, lines.size(), outcome.out());
        assertTrue(lines.stream().allMatch(line -> line.endsWith(" true")), outcome.out());
    }

    /** What the oldest devices make of codes themselves, and what tensor cores do from Ada on. */
    @ParameterizedTest
    @CsvSource({"80, sm80", "90a, sm80", "90a, sm89"})
    void productsOfAllPairsOfCodesAreExact(String arch, String floor) throws IOException, InterruptedException {
        EmulatedJvm.requireKernels();
        List<String> flags = List.of("-Dridgepoint.driver=emulated", "-Dridgepoint.emulator.arch=" + arch);
        Outcome outcome = run(flags, CodePairsTrial.class, "jni", floor);
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals("gemm/" + floor + "_fp8_e4m3_mma none\ngemm/" + floor + "_fp8_e5m2_mma none\n", outcome.out());
    }

    private static Outcome jcuda(String what) throws IOException, InterruptedException {
        return run(
                List.of(),
                JcudaOnEmulator.class,
                EmulatorBuild.EMULATOR.orElseThrow().unpack().toString(),
                what);
    }

    private static Outcome run(List<String> flags, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        return run(flags, Map.of(), main, arguments);
    }

    private static Outcome run(List<String> flags, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        return EmulatedJvm.run(flags, environment, main, arguments);
    }
}
