package dev.ridgepoint.analysis.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.serve.Served.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulation against queues whose answers are known in closed form, against conservation, and by hand. */
class ServerTest {
    private static final double SECOND = 1e9;
    private static final int RUNS = 12;
    private static final int REQUESTS = 40_000;

    /** One token each: a prompt is the whole service, so an M/D/1 queue. Wait = rho D / (2 (1 - rho)). */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 0.8})
    void constantServiceWaitsAsPollaczekAndKhinchineSay(double rho) {
        List<Double> waits = new ArrayList<>();
        for (long seed = 1; seed <= RUNS; seed++) {
            Arrivals arrivals = Arrivals.poisson(rho, 100, 1, REQUESTS, seed);
            waits.add(Server.play(arrivals, new FixedSteps(1, SECOND, SECOND / 100))
                                    .meanFirstNs()
                            / SECOND
                    - 1);
        }
        agrees(rho / (2 * (1 - rho)), waits);
    }

    /** Prompts of geometric length, long enough to be exponential: an M/M/1 queue. Wait = rho S / (1 - rho). */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 0.7})
    void exponentialServiceWaitsAsErlangSays(double rho) {
        double mean = 2000;
        List<Double> waits = new ArrayList<>();
        for (long seed = 1; seed <= RUNS; seed++) {
            Random random = new Random(1000 + seed);
            List<Request> requests = new ArrayList<>();
            double service = 0;
            for (Request one : Arrivals.poisson(rho, 1, 1, REQUESTS, seed).requests()) {
                long tokens = 1 + (long) (-mean * Math.log1p(-random.nextDouble()));
                service += tokens / mean;
                requests.add(new Request(one.arrivalNs(), tokens, 1));
            }
            Arrivals arrivals = new Arrivals("made", null, 0, requests);
            double stay = Server.play(arrivals, new FixedSteps(1, SECOND, SECOND / mean))
                            .meanNs()
                    / SECOND;
            waits.add(stay - service / requests.size());
        }
        agrees(rho / (1 - rho), waits);
    }

    /** Within three standard errors of the runs' mean, themselves within a tenth of what theory says. */
    private static void agrees(double theory, List<Double> runs) {
        double mean = runs.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double variance =
                runs.stream().mapToDouble(one -> (one - mean) * (one - mean)).sum() / (runs.size() - 1);
        double standardError = Math.sqrt(variance / runs.size());
        assertTrue(standardError < 0.1 * theory, "the runs tell nothing: " + standardError + " of " + theory);
        assertEquals(theory, mean, 3 * standardError, "mean wait, standard error " + standardError);
    }

    /** Mean number present, summed up while time passes, is rate times mean stay, whatever the batch does. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 32})
    void littlesLawHolds(int batch) {
        Arrivals arrivals = Arrivals.poisson(3, 200, 20, 5000, 7);
        Served served = Server.play(arrivals, new FixedSteps(batch, 0.01 * SECOND, 1e5));
        double rate = arrivals.requests().size() / served.spanNs();
        assertEquals(rate * served.meanNs(), served.meanPresent(), 1e-9 * served.meanPresent());
    }

    @Test
    void aLoneRequestTakesItsPromptAndItsSteps() {
        Arrivals one = new Arrivals("made", null, 0, List.of(new Request(SECOND, 100, 11)));
        Served served = Server.play(one, new FixedSteps(8, 5e6, 1e6));
        assertEquals(100e6, served.meanFirstNs(), 1);
        assertEquals(100e6 + 10 * 5e6, served.meanNs(), 1);
        assertEquals(11 / (served.spanNs() / SECOND), served.tokensPerSecond(), 1e-9);
    }

    /** B comes during A's prompt and goes before A's next token; a third finds the batch full and waits for a place. */
    @Test
    void promptsGoBeforeStepsUntilTheBatchIsFull() {
        Arrivals three = new Arrivals(
                "made", null, 0, List.of(new Request(0, 10, 3), new Request(1, 10, 3), new Request(2, 10, 2)));
        Served served = Server.play(three, new FixedSteps(2, 5, 1));
        // Prompts to 10 and 20, steps to 25 and 30, then the third's prompt to 40 and its step to 45.
        assertEquals((10 + (20 - 1) + (40 - 2)) / 3.0, served.meanFirstNs(), 1e-9);
        assertEquals((30 + (30 - 1) + (45 - 2)) / 3.0, served.meanNs(), 1e-9);
    }

    @Test
    void batchingServesMoreThanOneAtATime() {
        Arrivals arrivals = Arrivals.poisson(5, 10, 50, 4000, 3);
        Served alone = Server.play(arrivals, new FixedSteps(1, 0.01 * SECOND, 1e5));
        Served together = Server.play(arrivals, new FixedSteps(16, 0.01 * SECOND, 1e5));
        assertNotNull(alone.overload(), "50 steps of 10 ms five times a second are too many for one at a time");
        assertNull(together.overload());
        assertTrue(alone.overload().startsWith("overloaded: "), alone.overload());
    }

    @Test
    void percentilesAreWithheldWhereTooFewRequestsAreIndependent() {
        Latency few = Server.play(Arrivals.poisson(0.1, 100, 1, 90, 1), new FixedSteps(1, SECOND, 1e7))
                .latencies()
                .get(0);
        assertTrue(few.percentilesNs().isEmpty(), few.toString());
        Served busy = Server.play(Arrivals.poisson(0.9, 100, 1, 20_000, 1), new FixedSteps(1, SECOND, 1e7));
        Latency many = busy.latencies().get(0);
        assertEquals(18_000, many.requests());
        assertTrue(many.effective() < 1000, "neighbours wait in the same queue: " + many.effective());
        assertTrue(many.percentilesNs().containsKey("p50"), many.toString());
        assertFalse(many.percentilesNs().containsKey("p99.9"), many.toString());
        assertTrue(busy.latencies().get(1).percentilesNs().isEmpty(), "one token has no time between tokens");
    }

    @Test
    void theSameSeedIsTheSameLoad() {
        assertEquals(Arrivals.poisson(2, 5, 5, 100, 9), Arrivals.poisson(2, 5, 5, 100, 9));
        assertFalse(Arrivals.poisson(2, 5, 5, 100, 9)
                .requests()
                .equals(Arrivals.poisson(2, 5, 5, 100, 10).requests()));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.poisson(0, 5, 5, 100, 9));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.poisson(1, 0, 5, 100, 9));
    }

    @Test
    void aRequestBeyondWhatWasMeasuredIsRefused() {
        Arrivals arrivals = new Arrivals("made", null, 0, List.of(new Request(0, 999_999, 9)));
        String refusal = assertThrows(
                        IllegalArgumentException.class, () -> Server.play(arrivals, new FixedSteps(1, 1, 1)))
                .getMessage();
        assertEquals("request 1 reaches 1000008 tokens; the longest cache measured has 1000000", refusal);
    }
}
