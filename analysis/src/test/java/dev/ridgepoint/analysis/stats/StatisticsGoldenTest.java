package dev.ridgepoint.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.analysis.steady.SteadyState;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against values SciPy computed; {@code goldens/statistics.py} says how. */
class StatisticsGoldenTest {
    private static JsonNode golden;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = StatisticsGoldenTest.class.getResourceAsStream("/goldens/statistics.json")) {
            golden = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void forkStatisticsAgreeToNineDigits() {
        for (JsonNode row : golden.get("forkStatistics")) {
            ForkStatistics ours = ForkStatistics.of(
                    doubles(row.get("means")), row.get("confidence").asDouble());
            agree(row, "geometricMean", ours.geometricMean());
            agree(row, "low", ours.low());
            agree(row, "high", ours.high());
            agree(row, "cv", ours.cv());
            agree(row, "logSd", ours.logSd());
        }
        assertEquals(15, golden.get("forkStatistics").size());
    }

    @Test
    void detectableEffectAgreesToThreeDigits() {
        for (JsonNode row : golden.get("detectable")) {
            double ours = DetectableEffect.of(
                    row.get("forks").asInt(), row.get("logSd").asDouble());
            double theirs = row.get("mde").asDouble();
            double tolerance = row.get("forks").asInt() == 2 ? 3e-3 : 1e-3;
            assertEquals(1, ours / theirs, tolerance, row.toString());
        }
    }

    @Test
    void effectiveSamplesAgreeToNineDigits() {
        for (JsonNode row : golden.get("effectiveSamples")) {
            agree(row, "effective", EffectiveSamples.of(doubles(row.get("series"))));
        }
    }

    @Test
    void percentilesAgreeAndThoseWithAThinTailAreLeftOut() {
        JsonNode row = golden.get("percentiles");
        double[] series = doubles(row.get("series"));
        SteadyState.Verdict steady = new SteadyState.Verdict(0, List.of(), SteadyState.Course.FLAT);
        Map<String, Double> ours = Percentiles.of(List.of(new ForkSeries(0, series, 0, steady)), series.length);
        for (Map.Entry<String, JsonNode> e : row.get("values").properties()) {
            agree(row.get("values"), e.getKey(), ours.get(e.getKey()));
        }
        assertEquals(List.of("p5", "p50", "p95"), List.copyOf(ours.keySet()), "1200 samples hold no p99");
    }

    private static void agree(JsonNode row, String field, double ours) {
        double theirs = row.get(field).asDouble();
        assertTrue(Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs), field + ": " + ours + " against " + theirs);
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }
}
