package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.analysis.targets.CaseChoice;
import dev.ridgepoint.analysis.targets.Target;
import dev.ridgepoint.analysis.targets.Targets;
import dev.ridgepoint.kernels.shape.WorkModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a made-up H100 whose probes all reach 1000 GB/s. */
class TargetsCommandTest {
    private static final String H100 = "NVIDIA H100 80GB HBM3";
    private static final String UUID = "ab".repeat(32);
    private static final double BANDWIDTH = 1000;
    private static final String VENDOR = "gemm/vendor_any_cublas";
    /** A kernel that every target takes for one of those it means. */
    private static final String OURS = "sm80_fp32_bf16_mma";

    @TempDir
    private Path folder;

    /** Every case that a target needs; ours of one target so many times slower than at the goal, all others a tenth faster. */
    private Path run(String device, String slow, double times) throws IOException {
        Map<String, MadeCase> cases = new LinkedHashMap<>();
        Map<String, Double> ns = new HashMap<>();
        for (Target target : Targets.load().targets()) {
            WorkModel work = target.ours().workload().problem().work();
            double slower = target.name().equals(slow) ? times : 0.9;
            double atGoal;
            if (target.over() == null) {
                double bytes = target.kind().id().equals("read") ? work.bytesRead() : work.bytes();
                atGoal = bytes / BANDWIDTH / target.goal();
            } else {
                boolean vendor = target.over().kernels().matches(VENDOR);
                String over = name(target.over(), vendor ? "vendor_any_cublas" : OURS);
                if (vendor && ns.putIfAbsent(over, 1e6) == null) {
                    cases.put(over, made(target.over(), over, VENDOR, 1e6));
                }
                boolean ofRates = target.kind().id().equals("rate");
                double share = ofRates
                        ? work.flops()
                                / target.over().workload().problem().work().flops()
                        : 1;
                atGoal = ns.get(over) * (target.kind().moreIsBetter() ? share / target.goal() : target.goal());
            }
            String own = name(target.ours(), OURS);
            ns.put(own, atGoal * slower);
            String kernel = target.ours().workload().problem().op() + "/" + OURS;
            cases.put(own, made(target.ours(), own, kernel, atGoal * slower));
        }
        MadeRun made = new MadeRun().on(device, UUID).onGpu("580.1").reaching(BANDWIDTH, BANDWIDTH, BANDWIDTH);
        cases.values().forEach(made::with);
        return made.write(folder.resolve("run" + System.nanoTime()));
    }

    private static String name(CaseChoice choice, String kernel) {
        return choice.workload().id() + ":device-event:cold:" + kernel;
    }

    private static MadeCase made(CaseChoice choice, String id, String kernel, double ns) {
        return MadeCase.asking(id, choice.workload().problem(), kernel, ns);
    }

    private static int[] statuses(Path run) {
        String bundle = run.toString();
        return new int[] {
            Cli.run("targets", bundle).status(),
            Cli.run("targets", bundle, "--gate").status(),
            Cli.run("targets", bundle, "--strict").status(),
            Cli.run("targets", bundle, "--gate", "--strict").status()
        };
    }

    private static void answers(int plain, int gate, int strict, int both, Path run) {
        assertEquals(
                List.of(plain, gate, strict, both),
                Arrays.stream(statuses(run)).boxed().toList());
    }

    @Test
    void aRunThatMeetsEveryGatePasses() throws IOException {
        Path run = run(H100, "none", 1);
        Cli.Answer answer = Cli.run("targets", run.toString());
        assertTrue(answer.out().contains("20 targets: 20 goal met."), answer.toString());
        assertEquals("", answer.err());
        answers(0, 0, 0, 0, run);
    }

    @Test
    void aGateThatIsMissedIsAFailedCheckAndNotInconclusive() throws IOException {
        Path run = run(H100, "SGEMM", 1.2);
        assertTrue(Cli.run("targets", run.toString()).out().contains("19 goal met, 1 missed."));
        answers(0, 1, 0, 1, run);
    }

    @Test
    void whatNobodyCouldAnswerIsNoCleanGate() throws IOException {
        answers(0, 1, 4, 4, run("NVIDIA A100-SXM4-80GB", "none", 1));
        Path cpu = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("cpu"));
        answers(0, 1, 4, 4, cpu);
        Cli.Answer answer = Cli.run("targets", cpu.toString());
        assertTrue(answer.out().startsWith("No target is answered: a CPU, not a GPU.\n"), answer.out());
        assertEquals(
                20,
                answer.out()
                        .lines()
                        .filter(line -> line.endsWith("not measured: a CPU, not a GPU"))
                        .count());
    }

    @Test
    void programsReadIt() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(Cli.run("targets", "--json", run(H100, "none", 1).toString())
                        .out());
        assertEquals(20, json.at("/counts/goal met").asInt());
        assertEquals(20, json.path("targets").size());
        assertEquals(H100, json.path("device").asText());
        assertTrue(json.path("note").isNull());
    }

    @Test
    void whatIsNoBundleIsRefusedInOneLine() {
        Cli.Answer answer = Cli.run("targets", folder + "/gone");
        assertEquals(2, answer.status());
        assertEquals(1, answer.error().lines().count(), answer.err());
        assertTrue(answer.error().contains("is not a valid bundle"), answer.err());
    }
}
