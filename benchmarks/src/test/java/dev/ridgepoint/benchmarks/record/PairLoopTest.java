package dev.ridgepoint.benchmarks.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.analysis.compare.Compare;
import dev.ridgepoint.analysis.compare.CompareJson;
import dev.ridgepoint.analysis.compare.CompareOptions;
import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.CellPairs;
import dev.ridgepoint.benchmarks.plan.CellPairs.Pair;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forks of two sides take turns, stop where their ratio is known, and leave bundles that say the same again. */
class PairLoopTest {
    private static final ForkAim AIM = new ForkAim(ForkAim.Of.RATIO, 0.02, 8);

    @TempDir
    private Path folder;

    private final List<String> order = new ArrayList<>();

    /** Everything of a comparison whose sides are made. */
    private final class Made {
        private final BenchmarkPlan planA;
        private final BenchmarkPlan planB;
        private final List<Pair> pairs;
        private final RunRecord recordA;
        private final RunRecord recordB;
        private final PairLoop loop;

        Made(BiFunction<Cell, Integer, Double> a, BiFunction<Cell, Integer, Double> b, Budget budget, long... rows)
                throws IOException {
            planA = MadePlan.of("gemm/made_a", AIM, rows);
            planB = MadePlan.of("gemm/made_b", AIM, rows);
            pairs = CellPairs.of(planA, planB);
            recordA = record("a", planA);
            recordB = record("b", planB);
            loop = new PairLoop(
                    side("A", planA, recordA, a), side("B", planB, recordB, b), pairs, new Silent(), budget);
        }

        /** New, or taken up where an earlier attempt left it. */
        private RunRecord record(String side, BenchmarkPlan plan) throws IOException {
            Path bundle = folder.resolve(side);
            return Files.exists(bundle) ? MadePlan.resumed(bundle, plan) : MadePlan.record(bundle, plan);
        }

        private PairLoop.Side side(
                String name, BenchmarkPlan plan, RunRecord record, BiFunction<Cell, Integer, Double> ns)
                throws IOException {
            MadeForks forks = new MadeForks(name, WorkFolder.in(folder.resolve(name.toLowerCase(Locale.ROOT))), ns);
            return new PairLoop.Side(
                    plan,
                    (cell, fork) -> {
                        order.add(name + " " + cell.id() + " " + fork);
                        return forks.run(cell, fork);
                    },
                    record);
        }

        boolean run() throws IOException {
            boolean whole = loop.run();
            recordA.end();
            recordB.end();
            return whole;
        }
    }

    /** The machine wanders by half while the ratio stays at 1.1: only a comparison within blocks can see it. */
    @Test
    void abbaFindsARatioThatTheMachinesDriftHides() throws IOException {
        Random random = new Random(1);
        double[] drift = random.doubles(AIM.mostForks(), 1, 1.5).toArray();
        Made made = new Made(
                (cell, fork) -> 1000 * drift[fork] * (1 + 0.001 * (fork % 3)),
                (cell, fork) -> 1100 * drift[fork],
                Budget.unlimited(),
                5);
        assertTrue(made.run());
        assertEquals(
                List.of(
                        "A m5 0", "B m5 0", "B m5 1", "A m5 1", "A m5 2", "B m5 2", "B m5 3", "A m5 3", "A m5 4",
                        "B m5 4"),
                order);
        JsonNode paired = compared(true);
        assertEquals("SLOWER", paired.at("/cases/0/verdict").asText(), paired.toString());
        assertEquals(1.1, paired.at("/cases/0/ratio").asDouble(), 0.005);
        double width = paired.at("/cases/0/ci/1").asDouble()
                        / paired.at("/cases/0/ratio").asDouble()
                - 1;
        assertEquals(made.loop.width(made.pairs.get(0)), width, 1e-12, "what it stopped by is what compare prints");
        assertEquals("INCONCLUSIVE", compared(false).at("/cases/0/verdict").asText());
        for (String side : List.of("a", "b")) {
            assertEquals(List.of(), BundleValidator.validate(folder.resolve(side)));
            assertTrue(BundleReader.open(folder.resolve(side)).run().complete());
            assertEquals(
                    "quick+custom+ratio2%of8/1",
                    BundleReader.open(folder.resolve(side)).run().protocol().id());
        }
    }

    @Test
    void aWideRatioGetsMoreForksOnBothSidesAndANarrowOneNone() throws IOException {
        Made made = new Made(
                (cell, fork) -> 1000.0,
                (cell, fork) -> cell.id().equals("m5") ? 1000.0 + fork : fork % 2 == 0 ? 1100.0 : 1000 / 1.1,
                Budget.unlimited(),
                5,
                6);
        assertTrue(made.run());
        assertEquals(5, made.loop.blocks(made.pairs.get(0)));
        assertEquals(8, made.loop.blocks(made.pairs.get(1)));
        assertFalse(AIM.metBy(made.loop.width(made.pairs.get(1))), "and it missed all the same");
        Map<String, String> verdicts = new TreeMap<>();
        compared(true)
                .path("cases")
                .forEach(one -> verdicts.put(
                        one.path("benchmark").asText(), one.path("verdict").asText()));
        assertEquals(Map.of("m5", "EQUIVALENT", "m6", "INCONCLUSIVE"), verdicts);
    }

    @Test
    void noBlockIsStartedThatTheBudgetWouldCut() throws IOException {
        long[] clock = {0};
        BiFunction<Cell, Integer, Double> second = (cell, fork) -> {
            clock[0] += 1_000_000_000L;
            return 1000.0;
        };
        Made made = new Made(second, second, Budget.of(Duration.ofSeconds(6), () -> clock[0]), 5, 6);
        assertFalse(made.run(), "the plan's forks have not run");
        assertEquals(0, order.size() % 2, "each block is whole: " + order);
        Set<String> a = forks(order, "A");
        assertEquals(a, forks(order, "B"));
        assertFalse(BundleReader.open(folder.resolve("a")).run().complete());
        assertEquals(List.of(), BundleValidator.validate(folder.resolve("a")));
    }

    private static Set<String> forks(List<String> order, String side) {
        return order.stream()
                .filter(one -> one.startsWith(side))
                .map(one -> one.substring(2))
                .collect(Collectors.toSet());
    }

    /** Cut within a block, and then among the forks that are added: no fork runs twice and none is missing. */
    @Test
    void whatWasCutOffGoesOnWithTheOtherHalfOfItsBlock() throws IOException {
        BiFunction<Cell, Integer, Double> even = (cell, fork) -> 1000.0;
        BiFunction<Cell, Integer, Double> wide =
                (cell, fork) -> cell.id().equals("m5") ? 1000.0 : fork % 2 == 0 ? 1100.0 : 1000 / 1.1;
        for (int cut : new int[] {7, 25}) {
            cutAfter(cut, even, wide);
        }
        Made last = new Made(even, wide, Budget.unlimited(), 5, 6);
        assertTrue(last.run());
        assertEquals(2 * (5 + 8), order.size(), "each fork once: " + order);
        assertEquals(Set.copyOf(order).size(), order.size());
        assertEquals(forks(order, "A"), forks(order, "B"));
        assertEquals(order.get(6).substring(2), order.get(7).substring(2), "the half block first");
        for (String side : List.of("a", "b")) {
            assertTrue(BundleReader.open(folder.resolve(side)).run().complete());
            assertEquals(
                    2, BundleReader.open(folder.resolve(side)).run().resumed().size());
            assertEquals(List.of(), BundleValidator.validate(folder.resolve(side)));
        }
    }

    private void cutAfter(int forks, BiFunction<Cell, Integer, Double> a, BiFunction<Cell, Integer, Double> b)
            throws IOException {
        Made made = new Made(cut(forks, a), cut(forks, b), Budget.unlimited(), 5, 6);
        assertThrows(IllegalStateException.class, made::run);
        made.recordA.end();
        made.recordB.end();
        order.remove(order.size() - 1);
        assertFalse(BundleReader.open(folder.resolve("a")).run().complete());
    }

    private BiFunction<Cell, Integer, Double> cut(int forks, BiFunction<Cell, Integer, Double> ns) {
        return (cell, fork) -> {
            if (order.size() > forks) {
                throw new IllegalStateException("cut off");
            }
            return ns.apply(cell, fork);
        };
    }

    @Test
    void whatFailedBeforeACutIsLeftOnTheOtherSideAfterIt() throws IOException {
        BiFunction<Cell, Integer, Double> fails = (cell, fork) -> cell.id().equals("m6") && fork == 1 ? null : 1000.0;
        cutAfter(8, (cell, fork) -> 1000.0, fails);
        assertTrue(new Made((cell, fork) -> 1000.0, fails, Budget.unlimited(), 5, 6).run());
        for (String side : List.of("a", "b")) {
            assertTrue(BundleReader.open(folder.resolve(side)).run().complete());
            CaseResult left = BundleReader.open(folder.resolve(side)).allCases().stream()
                    .filter(one -> one.id().equals("m6"))
                    .findFirst()
                    .orElseThrow();
            assertFalse(left.outcome() instanceof Outcome.Measured, left.toString());
        }
    }

    @Test
    void whatFailsOnOneSideIsLeftOnTheOther() throws IOException {
        Made made = new Made(
                (cell, fork) -> 1000.0,
                (cell, fork) -> cell.id().equals("m6") && fork == 1 ? null : 1000.0,
                Budget.unlimited(),
                5,
                6);
        assertTrue(made.run());
        CaseResult left = BundleReader.open(folder.resolve("a")).allCases().stream()
                .filter(one -> one.id().equals("m6"))
                .findFirst()
                .orElseThrow();
        assertTrue(left.outcome() instanceof Outcome.Skipped, left.toString());
        assertEquals(
                3, order.stream().filter(one -> one.contains(" m6 ")).count(), "B's second fork ran first and failed");
        for (String side : List.of("a", "b")) {
            assertTrue(BundleReader.open(folder.resolve(side)).run().complete());
            assertEquals(List.of(), BundleValidator.validate(folder.resolve(side)));
        }
    }

    @Test
    void theSameKernelMeetsItselfAndTwoKernelsMeetOnOneQuestion() {
        List<Cell> two = List.of(MadePlan.cell("m5:x", 5, "gemm/x"), MadePlan.cell("m5:y", 5, "gemm/y"));
        BenchmarkPlan base = MadePlan.of("gemm/x", null, 5);
        BenchmarkPlan both = new BenchmarkPlan(base.settings(), base.protocol(), two, List.of());
        assertEquals(List.of("m5:x m5:x", "m5:y m5:y"), ids(CellPairs.of(both, both)));
        assertEquals(
                List.of("m5 m5:x"),
                ids(CellPairs.of(base, both)),
                "by its kernel, since the question is answered twice");
        BenchmarkPlan other = MadePlan.of("gemm/z", null, 6, 5);
        assertEquals(List.of("m5 m5"), ids(CellPairs.of(base, other)));
        assertEquals(List.of(), CellPairs.of(both, other), "two answers and one: nobody knows which is meant");
        BenchmarkPlan alone = other.only(Set.of("m5"), "left");
        assertEquals(List.of("m5", "m6"), alone.caseIds());
        assertEquals("left", alone.skips().get(0).reason());
    }

    private static List<String> ids(List<Pair> pairs) {
        return pairs.stream().map(pair -> pair.a().id() + " " + pair.b().id()).toList();
    }

    private JsonNode compared(boolean paired) throws IOException {
        StringWriter out = new StringWriter();
        CompareJson.write(
                Compare.of(folder.resolve("a"), folder.resolve("b"), new CompareOptions(0.03, paired, Set.of())), out);
        return new JsonMapper().readTree(out.toString());
    }

    private static final class Silent implements RunListener {
        @Override
        public void forkStarts(Cell cell, int fork, Progress progress) {
            assertTrue(progress.done() >= 0 && progress.done() <= progress.total());
        }

        @Override
        public void forkEnded(Cell cell, int fork, ForkOutcome outcome, Progress progress) {}
    }
}
