package dev.ridgepoint.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.compare.Confirmation.Fresh;
import dev.ridgepoint.analysis.compare.Confirmation.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is run again, with how many forks, and what these decide. */
class ConfirmationTest {
    private static final double MARGIN = 0.03;

    /** Log times -0.01, 0, 0.01, -0.01, 0, 0.01 about a level. */
    private static double[] forks(double level, double spread) {
        double[] forks = new double[9];
        for (int i = 0; i < forks.length; i++) {
            forks[i] = level * Math.exp(spread * (i % 3 - 1));
        }
        return forks;
    }

    private static Fresh fresh(double ratio, double spread) {
        return new Fresh(forks(100, spread), forks(100 * ratio, spread), false);
    }

    @Test
    void whatWasCalledOrLeftOpenIsRunAgain() {
        List<Verdict> wanted =
                Arrays.stream(Verdict.values()).filter(Confirmation::wanted).toList();
        assertEquals(List.of(Verdict.FASTER, Verdict.SLOWER, Verdict.INCONCLUSIVE), wanted);
    }

    /** Five forks that detect 9 % are log 1.09 over log 1.06, squared, times too few: 10.94. */
    @Test
    void noisierCasesGetMoreForksWithinBounds() {
        assertEquals(11, Confirmation.forks(5, 0.09, MARGIN));
        assertEquals(10, Confirmation.forks(5, 0.02, MARGIN));
        assertEquals(20, Confirmation.forks(5, 0.5, MARGIN));
        assertEquals(20, Confirmation.forks(10, 0.09, MARGIN), "ten forks that only detect 9 % need more");
        assertEquals(10, Confirmation.forks(5, 0.09, 0.1), "a wider margin needs fewer");
    }

    @Test
    void theSideWithFewerForksCounts() {
        Figures figures = new Figures(1, 1, 1, 1, 1, 0.1, 0.09, 1, 1, 0);
        CaseVerdict first = new CaseVerdict(
                "key",
                "case",
                "case",
                Map.of(),
                Verdict.INCONCLUSIVE,
                figures,
                null,
                null,
                MARGIN,
                5,
                10,
                1,
                1,
                List.of(),
                List.of(),
                Set.of(),
                null,
                false,
                List.of());
        assertEquals(11, Confirmation.forks(first));
    }

    @Test
    void freshForksDecide() {
        List<Result> results = Confirmation.decide(
                List.of(fresh(1.10, 0.01), fresh(0.90, 0.01), fresh(1.001, 0.01), fresh(1.04, 0.2)), MARGIN);
        assertEquals(
                List.of(Verdict.SLOWER, Verdict.FASTER, Verdict.EQUIVALENT, Verdict.INCONCLUSIVE),
                results.stream().map(Result::verdict).toList());
        assertEquals(
                List.of(Reason.BEYOND_MARGIN, Reason.BEYOND_MARGIN, Reason.WITHIN_MARGIN, Reason.MDE_ABOVE_MARGIN),
                results.stream().map(Result::reason).toList());
        assertEquals(1.10, results.get(0).ratio(), 1e-12);
        assertTrue(results.get(0).low() > 1.08 && results.get(0).high() < 1.12);
        assertEquals(
                List.of(true, true, true, false),
                results.stream().map(Result::couldShow).toList());
    }

    @Test
    void aRealChangeWithinTheMarginIsNotCalled() {
        Result result = Confirmation.decide(List.of(fresh(1.02, 0.001)), MARGIN).get(0);
        assertTrue(result.p() < 1e-6);
        assertEquals(Verdict.EQUIVALENT, result.verdict());
    }

    @Test
    void forksThatCouldShowTheMarginAndLieNearItSaySo() {
        Result result = Confirmation.decide(List.of(fresh(1.029, 0.01)), MARGIN).get(0);
        assertEquals(Verdict.INCONCLUSIVE, result.verdict());
        assertEquals(Reason.NEAR_MARGIN, result.reason());
        assertTrue(result.couldShow());
    }

    /** The same forks are a call alone, and lost among many that are quiet. */
    @Test
    void correctionIsOverTheCasesRunAgain() {
        Fresh doubtful = fresh(1.10, 0.085);
        Result alone = Confirmation.decide(List.of(doubtful), MARGIN).get(0);
        assertEquals(Verdict.SLOWER, alone.verdict());
        assertEquals(alone.p(), alone.q());
        List<Fresh> many = new ArrayList<>(List.of(doubtful));
        for (int i = 0; i < 9; i++) {
            many.add(fresh(1, 0.085));
        }
        Result among = Confirmation.decide(many, MARGIN).get(0);
        assertEquals(alone.p(), among.p());
        assertEquals(10 * alone.p(), among.q(), 1e-12);
        assertEquals(Verdict.INCONCLUSIVE, among.verdict());
        assertEquals(Reason.LOST_TO_CORRECTION, among.reason());
    }

    @Test
    void blocksAreComparedWithinThemselves() {
        double[] base = {100, 150, 90, 200, 120};
        double[] candidate = {105, 158, 94, 211, 126};
        Result paired = Confirmation.decide(List.of(new Fresh(base, candidate, true)), MARGIN)
                .get(0);
        assertEquals(Verdict.SLOWER, paired.verdict());
        Result apart = Confirmation.decide(List.of(new Fresh(base, candidate, false)), MARGIN)
                .get(0);
        assertEquals(Verdict.INCONCLUSIVE, apart.verdict());
        assertFalse(apart.couldShow());
    }

    @Test
    void refusesForksThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new Fresh(new double[] {1}, new double[] {1, 2}, false));
        assertThrows(IllegalArgumentException.class, () -> new Fresh(new double[] {1, 0}, new double[] {1, 2}, false));
        assertThrows(
                IllegalArgumentException.class, () -> new Fresh(new double[] {1, 2}, new double[] {1, 2, 3}, true));
    }
}
