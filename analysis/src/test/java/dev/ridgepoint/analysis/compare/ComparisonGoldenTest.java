package dev.ridgepoint.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every test that a verdict rests on, against values SciPy computed; {@code goldens/comparison.py} says how. */
class ComparisonGoldenTest {
    private static JsonNode golden;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = ComparisonGoldenTest.class.getResourceAsStream("/goldens/comparison.json")) {
            golden = new ObjectMapper().readTree(in);
        }
        assertEquals(200, golden.get("pairs").size());
    }

    @Test
    void welchAndOneSidedTestsAgreeToNineDigits() {
        for (JsonNode row : golden.get("pairs")) {
            TwoSamples ours = TwoSamples.welch(doubles(row.get("a")), doubles(row.get("b")));
            JsonNode theirs = row.get("welch");
            agree(theirs, "df", ours.df());
            tested(theirs, ours);
        }
    }

    @Test
    void studentsTestWithinBlocksAgreesToNineDigits() {
        int paired = 0;
        for (JsonNode row : golden.get("pairs")) {
            if (row.has("paired")) {
                paired++;
                tested(row.get("paired"), TwoSamples.paired(doubles(row.get("a")), doubles(row.get("b"))));
            }
        }
        assertTrue(paired >= 50, paired + " pairs of as many");
    }

    @Test
    void mannAndWhitneyAgreeToNineDigits() {
        for (JsonNode row : golden.get("pairs")) {
            agree(row, "mannWhitney", MannWhitney.p(doubles(row.get("a")), doubles(row.get("b"))));
            agree(row, "mannWhitney", MannWhitney.p(doubles(row.get("b")), doubles(row.get("a"))));
        }
    }

    @Test
    void benjaminiAndHochbergAgreeToNineDigits() {
        for (JsonNode row : golden.get("corrected")) {
            double[] theirs = doubles(row.get("q"));
            double[] ours = FalseDiscovery.q(doubles(row.get("p")));
            for (int i = 0; i < theirs.length; i++) {
                assertEquals(theirs[i], ours[i], 1e-9 * theirs[i]);
            }
        }
        assertEquals(9, golden.get("corrected").size());
    }

    /** Two fives wholly apart: 2 of 252 orders. All alike: nothing to tell. */
    @Test
    void ordersByHand() {
        assertEquals(2 / 252.0, MannWhitney.p(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10}), 1e-12);
        assertEquals(1, MannWhitney.p(new double[] {1, 1}, new double[] {1, 1, 1}));
        assertEquals(1, MannWhitney.p(new double[30], new double[30]));
    }

    private static void tested(JsonNode theirs, TwoSamples ours) {
        agree(theirs, "p", ours.p());
        // A bound is of a ratio; its logarithm may lie next to nothing.
        assertEquals(1, Math.exp(ours.low(0.95) - theirs.get("low").asDouble()), 1e-9);
        assertEquals(1, Math.exp(ours.high(0.95) - theirs.get("high").asDouble()), 1e-9);
        agree(theirs, "pEquivalent", ours.pEquivalent(golden.get("margin").asDouble()));
    }

    /** A p below 1e-9 decides nothing by its digits. */
    private static void agree(JsonNode row, String field, double ours) {
        double theirs = row.get(field).asDouble();
        assertEquals(theirs, ours, Math.max(1e-9 * Math.abs(theirs), 1e-15), () -> field + " of " + row);
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
