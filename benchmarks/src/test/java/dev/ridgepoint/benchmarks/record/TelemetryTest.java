package dev.ridgepoint.benchmarks.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.analysis.compare.Compare;
import dev.ridgepoint.analysis.compare.CompareJson;
import dev.ridgepoint.analysis.compare.CompareOptions;
import dev.ridgepoint.benchmarks.jmh.ForkFiles;
import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.jmh.ForkRunner;
import dev.ridgepoint.benchmarks.jmh.PlayedTrace;
import dev.ridgepoint.benchmarks.jmh.PlayedTrace.Fault;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device says of itself, from the reading of its numbers to validity and verdict, by way of two bundles. */
class TelemetryTest {
    private static final double FAST = 1000;
    /** As much longer as 1350 MHz are fewer than 1500. */
    private static final double SLOW = FAST * 1500 / 1350;

    @TempDir
    private Path folder;

    @Test
    void aTraceThatIsPlayedIsRecordedAsItWas() throws IOException {
        for (String name : List.of("calm", "capped", "hot", "braked")) {
            ForkFiles files = new ForkFiles(folder.resolve(name));
            PlayedTrace.into(files, PlayedTrace.lines(name), Fault.NONE);
            assertEquals(PlayedTrace.lines(name), Files.readAllLines(files.telemetry()));
        }
    }

    /** The power cap is no fault of a figure; that it made the clock, and the clock the time, is told. */
    @Test
    void timeThatDiffersWhileCyclesDoNotIsTheClock() throws IOException {
        JsonNode verdict = compared(run("a", FAST, "calm", Fault.NONE), run("b", SLOW, "capped", Fault.NONE));
        assertEquals("CLOCK", verdict.path("verdict").asText(), verdict.toString());
        assertEquals(1, verdict.path("cyclesRatio").asDouble(), 5e-3);
    }

    @Test
    void timeThatDiffersInCyclesTooIsTheKernel() throws IOException {
        JsonNode verdict = compared(run("a", FAST, "calm", Fault.NONE), run("b", SLOW, "calm", Fault.NONE));
        assertEquals("SLOWER", verdict.path("verdict").asText(), verdict.toString());
    }

    /** Without a clock throughout nobody says it was the clock. */
    @Test
    void aClockThatFallsSilentSettlesNothing() throws IOException {
        JsonNode verdict =
                compared(run("a", FAST, "calm", Fault.NONE), run("b", SLOW, "capped", Fault.CLOCK_FALLS_SILENT));
        assertEquals("SLOWER", verdict.path("verdict").asText(), verdict.toString());
        assertTrue(verdict.path("cyclesRatio").isNull(), verdict.toString());
    }

    @Test
    void aFigureOfADeviceHeldBackByHeatIsNoFigure() throws IOException {
        Path hot = run("b", SLOW, "hot", Fault.NONE);
        assertEquals("yes", throttled(hot));
        JsonNode verdict = compared(run("a", FAST, "calm", Fault.NONE), hot);
        assertEquals("INVALID", verdict.path("verdict").asText(), verdict.toString());
        assertTrue(verdict.path("reasons").toString().contains("THROTTLED"), verdict.toString());
    }

    /** A brake that was on and off again within an iteration is in no reason at its end; its counter tells. */
    @Test
    void aPowerBrakeIsToldByItsCounterAlone() throws IOException {
        assertEquals("yes", throttled(run("b", SLOW, "braked", Fault.NONE)));
    }

    /** A count that goes backwards is not known, and no huge or negative time; the reasons still tell. */
    @Test
    void countsThatStartAgainAreNotKnownForThatIteration() throws IOException {
        Path bundle = run("a", FAST, "hot", Fault.COUNTS_START_AGAIN);
        List<String> lines = Files.readAllLines(bundle.resolve(Layout.telemetry("m5", 0)));
        assertTrue(lines.get(2).contains("\"energyMj\":null") && lines.get(2).contains("\"heat\":null"), lines.get(2));
        assertEquals(PlayedTrace.lines("hot").get(1), lines.get(1));
        assertEquals("yes", throttled(bundle));
    }

    @Test
    void whatNobodyTellsIsUnknownAndNoTroubleToTheFigure() throws IOException {
        Path silent = run("a", FAST, "hot", Fault.NOBODY_TELLS);
        assertEquals("unknown", throttled(silent));
        JsonNode verdict = compared(silent, run("b", SLOW, "calm", Fault.NONE));
        assertEquals("SLOWER", verdict.path("verdict").asText(), verdict.toString());
    }

    private static String throttled(Path bundle) throws IOException {
        return BundleReader.open(bundle).allCases().get(0).validity().throttled();
    }

    private JsonNode compared(Path base, Path candidate) throws IOException {
        StringWriter out = new StringWriter();
        CompareJson.write(Compare.of(base, candidate, new CompareOptions(0.03, false, Set.of())), out);
        return new JsonMapper().readTree(out.toString()).at("/cases/0");
    }

    /** A run of five forks, each beside the same trace. */
    private Path run(String name, double ns, String trace, Fault fault) throws IOException {
        BenchmarkPlan plan = MadePlan.of("gemm/made_" + name, null, 5);
        Path bundle = folder.resolve(name);
        RunRecord record = MadePlan.record(bundle, plan);
        WorkFolder work = WorkFolder.in(bundle);
        List<String> lines = PlayedTrace.lines(trace);
        MadeForks forks = new MadeForks("", work, (cell, fork) -> ns * (1 + 0.001 * (fork % 3)));
        ForkRunner beside =
                (cell, fork) -> told((ForkOutcome.Measured) forks.run(cell, fork), work, cell, fork, lines, fault);
        assertTrue(new RunLoop(plan, beside, record, new Silent(), Budget.unlimited()).run());
        record.end();
        assertEquals(List.of(), BundleValidator.validate(bundle));
        return bundle;
    }

    private static ForkOutcome told(
            ForkOutcome.Measured fork, WorkFolder work, Cell cell, int number, List<String> lines, Fault fault) {
        try {
            String throttled = PlayedTrace.into(work.fork(cell, number), lines, fault);
            return new ForkOutcome.Measured(
                    fork.implementation(), fork.inputsSha256(), fork.correctness(), throttled, fork.iterations());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Silent implements RunListener {
        @Override
        public void forkStarts(Cell cell, int fork, Progress progress) {}

        @Override
        public void forkEnded(Cell cell, int fork, ForkOutcome outcome, Progress progress) {}
    }
}
