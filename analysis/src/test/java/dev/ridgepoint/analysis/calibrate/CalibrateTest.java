package dev.ridgepoint.analysis.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.compare.DetectableChange;
import dev.ridgepoint.analysis.compare.TwoSamples;
import dev.ridgepoint.results.bundle.BundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families of cases whose spread is known. */
class CalibrateTest {
    @TempDir
    private Path folder;

    private static List<SameCode.Case> cases(int cases, int runs, double sd) {
        Random random = new Random(31);
        List<SameCode.Case> made = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            List<double[]> forks = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                forks.add(random.doubles(20, -1, 1)
                        .map(u -> sd * u * Math.sqrt(3))
                        .toArray());
            }
            made.add(new SameCode.Case("gemm cpu-call", forks));
        }
        return made;
    }

    /** The slowdown that theory says is found four times in five is, and nothing is called one in fifty times at most. */
    @Test
    void marginAlarmsAndPowerOfAKnownSpread() {
        double sd = 0.02;
        List<SameCode.Case> cases = cases(40, 2, sd);
        double shown = DetectableChange.alike(Calibrate.FORKS, sd).atMargin(0);
        Calibration.Family first = Calibrate.family("gemm cpu-call", cases, 0.03, List.of());
        assertEquals(sd, first.cv(), 0.002);
        assertEquals(shown, first.mde(), 0.1 * shown);
        assertTrue(first.margin() > 0.95 * shown && first.margin() < 1.3 * shown, first.toString());
        assertTrue(first.falseAlarms() <= Calibrate.FALSE_ALARMS);
        assertEquals(40, first.forksSeen());
        assertEquals(40, first.pairs());
        assertTrue(first.pairAlarms() <= 3, "of 40 pairs of the same code");

        double found = DetectableChange.alike(Calibrate.FORKS, sd).atMargin(Math.log1p(first.margin()));
        assertEquals(
                0.8, Calibrate.family("gemm cpu-call", cases, found, List.of()).power(), 0.05);
        assertTrue(Calibrate.family("gemm cpu-call", cases, 0.005, List.of()).power() < 0.05);
    }

    @Test
    void steadyBoxesHaveTheLeastMargin() {
        Calibration.Family steady = Calibrate.family("gemm device-event", cases(10, 1, 0.001), 0.03, List.of());
        assertEquals(Calibrate.LEAST_MARGIN, steady.margin());
        assertEquals(1, steady.power());
        assertEquals(0, steady.pairs());
    }

    @Test
    void forksThatWereReallySlowedAreFoundWhereTheMarginLetsThem() {
        List<SameCode.Case> cases = cases(10, 1, 0.001);
        for (double slower : new double[] {0.1, 0.005}) {
            List<TwoSamples> really = cases.stream()
                    .map(one -> TwoSamples.welch(one.logs(), slowed(one.logs(), slower)))
                    .toList();
            Calibration.Family family = Calibrate.family("gemm cpu-call", cases, 0.03, really);
            assertEquals(10, family.slowed());
            assertEquals(slower > Calibrate.LEAST_MARGIN ? 10 : 0, family.slowedFound());
            assertEquals(slower, family.slowdown(), 1e-9);
        }
        assertNull(Calibrate.family("gemm cpu-call", cases, 0.03, List.of()).slowdown());
    }

    private static double[] slowed(double[] logs, double slower) {
        return Arrays.stream(logs).map(log -> log + Math.log1p(slower)).toArray();
    }

    @Test
    void theModelKeepsMeanAndSpread() {
        double[] seen = {1, 1.01, 1.02, 1.05, 1.2};
        double[] drawn = new ForkModel(seen).draw(50_000, new Random(1));
        assertEquals(StatUtils.mean(seen), StatUtils.mean(drawn), 0.002);
        assertEquals(StatUtils.variance(seen), StatUtils.variance(drawn), 0.03 * StatUtils.variance(seen));
    }

    @Test
    void isReadBackAndNothingElseIs() throws IOException {
        Calibration calibration = new Calibration(
                Calibration.SCHEMA,
                "a box",
                null,
                "p",
                List.of("r"),
                5,
                0.03,
                "how",
                List.of(Calibrate.family("gemm cpu-call", cases(3, 1, 0.02), 0.03, List.of())));
        Path file = folder.resolve("calibration.json");
        calibration.write(file);
        assertEquals(calibration, Calibration.read(file));
        double margin = calibration.families().get(0).margin();
        assertEquals(margin, calibration.of("gemm cpu-call", 0.5));
        assertEquals(0.5, calibration.of("attention cpu-call", 0.5));
        String text = Files.readString(file);
        for (String[] edit : new String[][] {
            {"\"1.1.0\"", "\"2.0.0\""},
            {"\"forks\" : 5", "\"forks\" : 0"},
            {"\"forks\" : 5", "\"extra\" : 5"},
            {"}", ""}
        }) {
            Files.writeString(file, text.replace(edit[0], edit[1]));
            assertThrows(BundleException.class, () -> Calibration.read(file), edit[1]);
        }
        Files.writeString(file, text.replaceAll("\"margin\" : [0-9.E-]+", "\"margin\" : 0"));
        BundleException refused = assertThrows(BundleException.class, () -> Calibration.read(file));
        assertTrue(refused.getMessage().contains("/families/0/margin"), refused.getMessage());
    }

    @Test
    void aBoxThatIsTooNoisyToGateIsToldSo() {
        assertTrue(CalibrationText.render(ofMargin(Calibrate.MOST_MARGIN)).contains("too noisy to gate"));
        assertFalse(CalibrationText.render(ofMargin(0.5)).contains("too noisy to gate"));
    }

    private static Calibration ofMargin(double margin) {
        Calibration.Family family = new Calibration.Family("gemm", 4, 10, 0.8, 4, margin, 0.03, 0.02, 0, 0, 0, 0, null);
        return new Calibration(
                Calibration.SCHEMA, "device", null, "protocol", List.of("run"), 5, 0.03, "method", List.of(family));
    }
}
