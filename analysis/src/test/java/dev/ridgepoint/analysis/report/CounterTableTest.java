package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CounterTableTest {
    /** Its least bytes are (4 x 8 + 8 x 8 + 4 x 8) x 4 = 512. */
    private static final GemmProblem PROBLEM = new GemmProblem(GemmShape.of(4, 8, 8), Precision.FP32);

    private static List<String> cells(Map<String, Long> counters) {
        Question question = Question.of(PROBLEM, "device-event", "cold", new Question.Inputs("normal", 1, null));
        CaseResult result = new CaseResult(
                "a:b",
                CaseKeys.of(question),
                question,
                new Subject("gemm/made_up", "jni", "emulated", "sm_90a", "made up", "native", null),
                null,
                PROBLEM.work(),
                new Outcome.Simulated(counters, null),
                null);
        String row = CounterTable.of(List.of(new CaseRow(result, CaseLabel.UNKNOWN, null)))
                .plain(400)
                .lines()
                .reduce((first, last) -> last)
                .orElseThrow();
        return Arrays.stream(row.strip().split("  +")).toList();
    }

    private static Map<String, Long> counters() {
        return new TreeMap<>(Map.of(
                "ptx.warpInstructions", 1234L,
                "ptx.globalLoads.sectors", 60L,
                "ptx.globalStores.sectors", 4L,
                "ptx.globalLoads.uniqueSectors", 28L,
                "ptx.globalStores.uniqueSectors", 4L,
                "ptx.named.uniqueBytes", 768L,
                "ptx.sharedLoads.wavefronts", 30L,
                "ptx.sharedLoads.idealWavefronts", 20L));
    }

    /** 768 and 512 bytes of 32 sectors of 32. */
    @Test
    void sharesAreOfSectorsThatBlocksTouch() {
        List<String> cells = cells(counters());
        assertEquals(List.of("1,234", "64", "0.750", "0.500", "1.50"), cells.subList(2, 7));
    }

    @Test
    void whatAnOlderRunDidNotCountIsNoZero() {
        Map<String, Long> older = counters();
        older.remove("ptx.named.uniqueBytes");
        assertEquals(Numbers.NONE, cells(older).get(4));
    }
}
