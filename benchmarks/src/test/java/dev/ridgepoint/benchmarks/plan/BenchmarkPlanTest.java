package dev.ridgepoint.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.fake.FakeDevice;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.kernels.workload.Glob;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.kernels.workload.Suites;
import dev.ridgepoint.kernels.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkPlanTest {
    private static final RunSettings SETTINGS = new RunSettings(
            Target.of("fake"),
            "custom",
            TimingDomain.CPU_CALL,
            CacheState.COLD,
            new Cell.Inputs(Distribution.NORMAL, 7),
            List.of("-wi", "1"));

    @Test
    void aRoundRunsEveryCellOnceInAnOrderOfItsOwn() {
        BenchmarkPlan plan = planOf(20);
        Set<List<Cell>> orders = new HashSet<>();
        for (int round = 0; round < 5; round++) {
            List<Cell> order = plan.round(round);
            assertEquals(new HashSet<>(plan.cells()), new HashSet<>(order));
            assertEquals(order, plan.round(round), "the same round twice");
            orders.add(order);
        }
        assertEquals(5, orders.size(), "each round has its own order");
    }

    @Test
    void shardsPartitionThePlan() {
        BenchmarkPlan plan = planOf(11);
        List<String> together = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            together.addAll(plan.shard(new Shard(i, 3)).caseIds());
        }
        assertEquals(plan.caseIds().size(), together.size());
        assertEquals(new HashSet<>(plan.caseIds()), new HashSet<>(together));
    }

    @Test
    void refusesShardsThatAreNone() {
        for (String text : List.of("0/2", "3/2", "1", "1/0", "-1/2", "a/b", "1/99999")) {
            assertTrue(
                    assertThrows(IllegalArgumentException.class, () -> Shard.parse(text))
                            .getMessage()
                            .contains("--shard"),
                    text);
        }
        assertEquals(new Shard(2, 4), Shard.parse("2/4"));
    }

    @Test
    void survivesItsFileWholeAndOneCellAtATime(@TempDir Path folder) throws IOException {
        BenchmarkPlan plan = planOf(4);
        Path file = folder.resolve("plan.ndjson");
        PlanFile.write(plan, file);
        assertEquals(plan, PlanFile.read(file));
        for (Cell cell : plan.cells()) {
            assertEquals(cell, PlanFile.find(file, cell.id()));
        }
        IOException none = assertThrows(IOException.class, () -> PlanFile.find(file, "no such case"));
        assertTrue(none.getMessage().contains("no such case"));
    }

    @Test
    void everyProblemOfTheSuitesSurvivesItsJson() {
        for (Workload workload : Suites.of("full")) {
            Problem problem = workload.problem();
            assertEquals(problem, ProblemJson.read(ProblemJson.write(problem)), workload.id());
        }
    }

    @Test
    void aCaseNoKernelSupportsIsSkippedWithAReason() {
        BenchmarkPlan plan = planner(SETTINGS, Long.MAX_VALUE)
                .plan(List.of(workload(5, Precision.FP32), workload(5, Precision.BF16)), Protocol.of("quick"));
        assertEquals(1, plan.cells().size());
        assertEquals("gemm/fake_fp32_plain", plan.cells().get(0).kernel());
        assertEquals("native", plan.cells().get(0).support());
        assertEquals(1, plan.skips().size());
        assertFalse(plan.skips().get(0).reason().isBlank());
    }

    /** A section of a suite names kernels; a vendor's alone lacks none of ours, and where it cannot, that is said. */
    @Test
    void aWorkloadMayNameItsKernels() {
        FakeDevice device = new FakeDevice();
        KernelRow ours = device.kernels().get(0);
        KernelRow vendor = new FakeVendor(
                "gemm/vendor_any_fake",
                problem -> problem.precisionId().equals("fp32") ? Optional.empty() : Optional.of("it has no bf16"));
        List<KernelRow> rows = List.of(vendor, ours);
        Workload bf16 = workload(5, Precision.BF16);
        Workload fp32 = workload(5, Precision.FP32);
        Planner planner = new Planner(rows, device.traits(), SETTINGS, Memory.shared(Long.MAX_VALUE));
        BenchmarkPlan alone = planner.plan(List.of(fp32.of(Glob.of("gemm/vendor_*"))), Protocol.of("quick"));
        assertEquals(List.of("gemm/vendor_any_fake"), kernels(alone));
        assertEquals(List.of(), alone.skips());
        assertTrue(alone.cells().get(0).id().endsWith(":vendor_any_fake"), "it is never taken for ours");
        BenchmarkPlan none = planner.plan(List.of(bf16.of(Glob.of("gemm/vendor_*"))), Protocol.of("quick"));
        assertEquals(List.of(), kernels(none));
        assertEquals(
                List.of("it has no bf16"),
                none.skips().stream().map(Skip::reason).toList());
        BenchmarkPlan own = planner.plan(List.of(fp32.of(Glob.of(ours.id()))), Protocol.of("quick"));
        assertEquals(List.of(ours.id()), kernels(own));
        assertEquals(List.of(), own.skips());
        BenchmarkPlan both = planner.plan(List.of(fp32), Protocol.of("quick"));
        assertEquals(List.of("gemm/vendor_any_fake", ours.id()), kernels(both));
    }

    private static List<String> kernels(BenchmarkPlan plan) {
        return plan.cells().stream().map(Cell::kernel).toList();
    }

    /** It would count as incorrect, and the run would fail, for what is known. */
    @Test
    void whatIsKnownToBeWrongOnSomeInputsIsSkippedOnTheseAlone() {
        KernelRow wrong = new KnownWrong();
        FakeDevice device = new FakeDevice();
        for (Distribution distribution : Distribution.values()) {
            RunSettings settings = new RunSettings(
                    SETTINGS.target(),
                    SETTINGS.suite(),
                    SETTINGS.domain(),
                    SETTINGS.cache(),
                    new Cell.Inputs(distribution, 7),
                    List.of());
            BenchmarkPlan plan = new Planner(List.of(wrong), device.traits(), settings, Memory.shared(Long.MAX_VALUE))
                    .plan(List.of(workload(5, Precision.FP32)), Protocol.of("quick"));
            boolean subnormal = distribution == Distribution.ADVERSARIAL;
            boolean skipped = distribution == Distribution.NON_FINITE;
            assertEquals(skipped || subnormal ? 0 : 1, plan.cells().size(), distribution.toString());
            List<String> reasons = plan.skips().stream().map(Skip::reason).toList();
            if (subnormal) {
                assertTrue(reasons.get(0).startsWith("subnormal numbers are zeros"), reasons.toString());
            } else {
                assertEquals(skipped ? List.of("it passes over NaN") : List.of(), reasons);
            }
        }
    }

    private static final class KnownWrong implements KernelRow {
        @Override
        public String id() {
            return "gemm/fake_fp32_wrong";
        }

        @Override
        public String idea() {
            return "none";
        }

        @Override
        public Optional<String> wrongOnNonFinite(Problem problem) {
            return Optional.of("it passes over NaN");
        }

        @Override
        public boolean multipliesSubnormals(DeviceTraits device) {
            return false;
        }

        @Override
        public Support supports(Problem problem, DeviceTraits device) {
            return Support.natively();
        }
    }

    @Test
    void aCaseThatDoesNotFitMemoryIsSkippedWithTheFigures() {
        BenchmarkPlan plan = planner(SETTINGS, 1000).plan(List.of(workload(5, Precision.FP32)), Protocol.of("quick"));
        assertTrue(plan.cells().isEmpty());
        assertTrue(plan.skips().get(0).reason().contains("GiB"));
    }

    @Test
    void coldRotatesThroughTwiceTheCacheAndWarmStays() {
        assertEquals(1, CacheState.WARM.sets(64, 1 << 20));
        assertEquals(2048, CacheState.COLD.sets(1024, 1 << 20));
        assertEquals(2051, CacheState.COLD.sets(1023, 1 << 20));
        assertEquals(1, CacheState.COLD.sets(1L << 40, 1 << 20));
        assertEquals(1, CacheState.COLD.sets(1024, 0));
    }

    @Test
    void everyOperationHasItsBenchmarkInEveryDomain() throws ClassNotFoundException {
        for (String op : ShapeJson.OPS) {
            for (TimingDomain domain : TimingDomain.values()) {
                assertNotEquals(null, Class.forName(domain.benchmarkClass(op)));
            }
        }
    }

    static BenchmarkPlan planOf(int cases) {
        List<Workload> workloads = new ArrayList<>();
        for (int m = 1; m <= cases; m++) {
            workloads.add(workload(m, m % 4 == 0 ? Precision.BF16 : Precision.FP32));
        }
        return planner(SETTINGS, Long.MAX_VALUE).plan(workloads, Protocol.of("smoke"));
    }

    private static Planner planner(RunSettings settings, long availableBytes) {
        FakeDevice device = new FakeDevice();
        return new Planner(device.kernels(), device.traits(), settings, Memory.shared(availableBytes));
    }

    private static Workload workload(long m, Precision precision) {
        GemmProblem problem = new GemmProblem(GemmShape.of(m, 7, 33), precision);
        return new Workload(
                "own/" + problem.id(),
                problem,
                new Provenance(null, null, "own \"role\"", null, null, null, null, "a test"));
    }
}
