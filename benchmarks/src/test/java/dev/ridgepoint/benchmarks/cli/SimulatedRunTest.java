package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on the emulated driver, in processes of their own: a process has one driver for good. */
class SimulatedRunTest {
    private static final String KERNEL = "gemm/sm80_fp32_naive";

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheEmulator() {
        Emulator.require();
    }

    @Test
    void aRunHasCountersAndNoTime() throws Exception {
        Path bundle = folder.resolve("run");
        String said = run(
                0,
                Map.of(),
                "--emulated-arch",
                "89",
                "--forks",
                "2",
                "--shapes",
                OwnShapes.file(folder, 5, 33).toString(),
                "--out",
                bundle.toString());

        assertEquals(List.of(), BundleValidator.validate(bundle));
        Context.Device device = BundleReader.open(bundle).context().device();
        assertEquals("emulated", device.kind());
        assertEquals("sm_89", device.arch());
        Map<String, CaseResult> cases = cases(bundle);
        CaseResult five = cases.get("m5:device-event:cold");
        Outcome.Simulated simulated = assertInstanceOf(Outcome.Simulated.class, five.outcome());
        assertTrue(simulated.correctness().passed());
        assertEquals(1, simulated.counters().get("launches"));
        // Blocks take a row of 28 bytes each: the first lies in one sector of 32, the others in two.
        assertEquals(9, simulated.counters().get("ptx.globalStores.uniqueSectors"));
        assertTrue(warpInstructions(cases.get("m33:device-event:cold")) > warpInstructions(five));
        assertEquals("emulated", five.subject().driver());
        assertTrue(
                five.subject().implementation().startsWith("gemm_sm80_fp32_naive"),
                five.subject().toString());

        String image =
                BundleReader.open(bundle).context().build().artifacts().get("kernels/gemm/sm80_fp32_naive.fatbin");
        assertEquals(64, image.length());
        assertEquals(image, five.subject().buildDigest(), "of the kernel, which other builds may share");

        assertTrue(said.contains("Emulated, not a GPU: Ridgepoint emulated"), said);
        assertTrue(said.contains("2 cases: 0 measured (0 valid), 2 simulated."), said);
        assertNoTimeIn(bundle, said.substring(said.indexOf("Emulated, not a GPU")));
    }

    /** Kernels that make no progress for so long count as hung, which kills the context as it does on a GPU. */
    @Test
    void aFatalErrorEndsItsForkAndTheRunGoesOn() throws Exception {
        Path shapes = Files.writeString(folder.resolve("shapes.json"), """
                [{"id": "hangs", "op": "gemm", "precision": "fp32", "shape": {"M": 1, "N": 7, "K": 400000}},
                 {"id": "ends", "op": "gemm", "precision": "fp32", "shape": {"M": 2, "N": 7, "K": 33}}]
                """);
        Path bundle = folder.resolve("run");
        String said = run(
                1,
                Map.of("RIDGEPOINT_EMULATED_STALL", "200000"),
                "--shapes",
                shapes.toString(),
                "--out",
                bundle.toString());

        Map<String, CaseResult> cases = cases(bundle);
        Outcome.Failed failed = assertInstanceOf(
                Outcome.Failed.class, cases.get("hangs:device-event:cold").outcome());
        assertTrue(failed.reason().contains("CUDA_ERROR_LAUNCH_TIMEOUT (702)"), failed.reason());
        assertTrue(failed.reason().endsWith("the context is dead"), failed.reason());
        assertInstanceOf(
                Outcome.Simulated.class, cases.get("ends:device-event:cold").outcome());
        assertTrue(said.contains("1 failed"), said);
        assertTrue(BundleReader.open(bundle).run().complete(), "the run went on to its end");
        assertEquals(List.of(), BundleValidator.validate(bundle));
    }

    /** A driver that hides from every guard in the fork is still known by what it calls its device. */
    @Test
    void aTimeTakenOnADriverThatHidesIsThrownAway() throws Exception {
        Path bundle = folder.resolve("run");
        Emulator.Ended ended = Emulator.run(
                folder,
                Main.class,
                List.of(),
                Stream.concat(
                                Stream.of(
                                        "run",
                                        "--backend",
                                        "unguarded",
                                        "--shapes",
                                        OwnShapes.file(folder, 2).toString(),
                                        "--forks",
                                        "1",
                                        "--cache",
                                        "warm",
                                        "--out",
                                        bundle.toString()),
                                Brief.WORDS.stream())
                        .toList());
        assertEquals(3, ended.status(), ended.said());
        assertEquals(
                "ridgepoint: Ridgepoint emulated only plays a device: it has no speed",
                ended.said().strip().lines().toList().get(0));
        assertFalse(Files.exists(bundle.resolve("result.json")));
    }

    private static long warpInstructions(CaseResult simulated) {
        return ((Outcome.Simulated) simulated.outcome()).counters().get("ptx.warpInstructions");
    }

    /** No table, no file of JMH's, no iteration, and no member that could hold a time. */
    private static void assertNoTimeIn(Path bundle, String report) throws IOException {
        assertFalse(report.matches("(?s).*\\d (ns|µs|ms|s) .*"), report);
        assertFalse(report.contains("GB/s"), report);
        String result = Files.readString(bundle.resolve("result.json"));
        for (String member : List.of("steadyNs", "bestNs", "timing", "gflops")) {
            assertFalse(result.contains('"' + member + '"'), member);
        }
        assertEquals(0, Files.size(bundle.resolve("iterations.ndjson")));
        assertFalse(Files.exists(bundle.resolve("jmh.json")));
        try (var raw = Files.list(bundle.resolve("raw"))) {
            assertEquals(List.of(), raw.toList());
        }
    }

    /** Runs under options of the emulated driver, and answers all that was said. */
    private String run(int status, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("run", "--driver", "emulated", "--kernel", KERNEL));
        arguments.addAll(List.of(options));
        Emulator.Ended ended = Emulator.run(folder, environment, Main.class, List.of(), arguments);
        assertEquals(status, ended.status(), ended.said());
        return ended.said();
    }

    private static Map<String, CaseResult> cases(Path bundle) throws IOException {
        Map<String, CaseResult> cases = new TreeMap<>();
        BundleReader.open(bundle).cases(result -> cases.put(result.id(), result));
        return cases;
    }
}
