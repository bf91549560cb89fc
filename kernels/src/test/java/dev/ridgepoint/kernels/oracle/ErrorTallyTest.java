package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTallyTest {
    /** A tolerance that is no number allows nothing: it would else pass whatever is finite. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.5, 1.5, true",
        "1, 0.5, 1.6, false",
        "1, NaN, 2, false",
        "1, NaN, 1, false",
        "1, 0.5, NaN, false",
        "NaN, 0, NaN, true",
        "NaN, 0, 1, false",
        "Infinity, 0, Infinity, true",
        "Infinity, 0, -Infinity, false",
        "Infinity, 0, 3e38, false"
    })
    void oneElement(double expected, double allowed, double got, boolean passes) {
        ErrorTally tally = new ErrorTally();
        tally.compare(expected, allowed, got, (row, col) -> "c", 0, 0);
        assertEquals(passes, tally.verdict("full", "a test", 0, 0).passed());
    }
}
