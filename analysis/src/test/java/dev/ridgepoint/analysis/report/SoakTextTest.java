package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SoakTextTest {
    /** A busy machine drifts manyfold, and hundredths of a percent of that are no figure. */
    @Test
    void aDriftIsSaidAsFinelyAsItIsKnown() {
        assertEquals("+1.23", SoakText.percent(0.01234));
        assertEquals("-0.05", SoakText.percent(-0.0005));
        assertEquals("+99.90", SoakText.percent(0.999));
        assertEquals("+520", SoakText.percent(5.1953));
        assertEquals("+8634", SoakText.percent(86.3427));
    }
}
