package dev.ridgepoint.kernels.operand;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DistributionTest {
    private static final int COUNT = 1 << 18;

    private static float[] values(Distribution distribution, String operand, long cols, int count) {
        float[] values = new float[count];
        distribution.stream(CounterRandom.of(7, operand), cols).fill(0, values, count);
        return values;
    }

    private static double moment(float[] values, int power) {
        double sum = 0;
        for (float value : values) {
            sum += Math.pow(value, power);
        }
        return sum / values.length;
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void anyRangeCanBeHadAlone(Distribution distribution) {
        float[] all = values(distribution, "a", 13, 1000);
        ValueStream stream = distribution.stream(CounterRandom.of(7, "a"), 13);
        for (int first = 0; first < 40; first++) {
            for (int count = 1; count < 12; count++) {
                float[] part = new float[count];
                stream.fill(first, part, count);
                assertArrayEquals(Arrays.copyOfRange(all, first, first + count), part);
            }
        }
    }

    /** Expected fourth moments: 3 of the normal, 9/5 of the uniform distribution. */
    @ParameterizedTest
    @CsvSource({"NORMAL,3", "UNIFORM,1.8"})
    void momentsAreThoseOfTheDistribution(Distribution distribution, double fourth) {
        float[] values = values(distribution, "a", 64, COUNT);
        assertEquals(0, moment(values, 1), 5 / Math.sqrt(COUNT));
        assertEquals(1, moment(values, 2), 0.015);
        assertEquals(0, moment(values, 3), 0.05);
        assertEquals(fourth, moment(values, 4), 0.1);
    }

    /** Textbook quantiles of the standard normal distribution. */
    @ParameterizedTest
    @CsvSource({"0.5,0", "0.841345,1", "0.975,1.959964", "0.99865,3", "0.0227501,-2"})
    void normalsHaveNormalQuantiles(double p, double x) {
        float[] values = values(Distribution.NORMAL, "a", 64, COUNT);
        Arrays.sort(values);
        double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        double deviation = Math.sqrt(p * (1 - p) / COUNT) / density;
        assertEquals(x, values[(int) (p * COUNT)], 4 * deviation);
    }

    @Test
    void tailsAreHeavy() {
        float[] values = values(Distribution.HEAVY_TAILED, "a", 64, COUNT);
        long far = 0;
        for (float value : values) {
            far += Math.abs(value) > 6 ? 1 : 0;
        }
        // About one in 750 lies beyond six deviations, where a normal distribution has one in 500 million.
        assertTrue(far > COUNT / 2000 && far < COUNT / 300, far + " of " + COUNT);
        assertEquals(0, moment(values, 1), 0.01);
    }

    @Test
    void neighboursAndOperandsAreUncorrelated() {
        float[] a = values(Distribution.NORMAL, "a", 64, COUNT);
        float[] b = values(Distribution.NORMAL, "b", 64, COUNT);
        for (int lag : new int[] {0, 1, 2, 3, 4, 64}) {
            double own = 0;
            double cross = 0;
            for (int i = 0; i < COUNT - lag; i++) {
                own += a[i] * a[i + lag];
                cross += a[i] * b[i + lag];
            }
            assertEquals(lag == 0 ? 1 : 0, own / COUNT, 0.012, "lag " + lag);
            assertEquals(0, cross / COUNT, 0.012, "lag " + lag);
        }
    }

    @Test
    void outliersFillWholeColumns() {
        int cols = 1024;
        float[] values = values(Distribution.OUTLIER_CHANNELS, "a", cols, COUNT);
        int outliers = 0;
        for (int col = 0; col < cols; col++) {
            double squares = 0;
            for (int row = 0; row < COUNT / cols; row++) {
                squares += values[row * cols + col] * values[row * cols + col];
            }
            double rms = Math.sqrt(squares / (COUNT / cols));
            boolean outlier = rms > 10;
            assertEquals(outlier ? 32 : 1, rms, outlier ? 8 : 0.25);
            outliers += outlier ? 1 : 0;
        }
        assertTrue(outliers > 4 && outliers < 32, outliers + " outlier columns");
    }

    @Test
    void adversarialRowsHoldWhatTheirNamesSay() {
        int cols = 128;
        float[] finite = values(Distribution.ADVERSARIAL, "x", cols, cols * 12);
        boolean subnormal = false;
        boolean negativeZero = false;
        for (float value : finite) {
            assertTrue(Float.isFinite(value));
            subnormal |= value != 0 && Math.abs(value) < Float.MIN_NORMAL;
            negativeZero |= Float.floatToRawIntBits(value) == 0x80000000;
        }
        assertTrue(subnormal && negativeZero);
        float[] all = values(Distribution.NON_FINITE, "x", cols, cols * 15);
        assertEquals(1, count(all, Float.NaN));
        assertEquals(1, count(all, Float.POSITIVE_INFINITY));
        assertEquals(1, count(all, Float.NEGATIVE_INFINITY));
    }

    private static int count(float[] values, float wanted) {
        int count = 0;
        for (float value : values) {
            count += Float.compare(value, wanted) == 0 ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void namesCanBeReadBack(Distribution distribution) {
        assertEquals(distribution, Distribution.parse(distribution.id()));
        assertNotEquals(distribution.id(), distribution.name());
    }

    @Test
    void anUnknownNameNamesTheKnownOnes() {
        String message = assertThrows(IllegalArgumentException.class, () -> Distribution.parse("gauss"))
                .getMessage();
        assertTrue(message.startsWith("distribution:") && message.contains("normal"), message);
    }
}
