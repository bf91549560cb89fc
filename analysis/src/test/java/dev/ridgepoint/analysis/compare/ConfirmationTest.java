package dev.ridgepoint.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is run again, and what decides. */
class ConfirmationTest {
    private static final double MARGIN = Math.log(1.03);

    @Test
    void whatWasCalledOrLeftOpenIsRunAgain() {
        List<Verdict> wanted =
                Arrays.stream(Verdict.values()).filter(Confirmation::wanted).toList();
        assertEquals(List.of(Verdict.FASTER, Verdict.SLOWER, Verdict.INCONCLUSIVE), wanted);
    }

    @Test
    void onlyWhatIsBeyondTheMarginAndBeyondChanceIsCalled() {
        assertEquals(Verdict.SLOWER, Confirmation.verdict(0.04, 0.05, 1, MARGIN));
        assertEquals(Verdict.FASTER, Confirmation.verdict(-0.04, 0.001, 1, MARGIN));
        assertEquals(Verdict.INCONCLUSIVE, Confirmation.verdict(0.04, 0.06, 1, MARGIN));
        assertEquals(Verdict.INCONCLUSIVE, Confirmation.verdict(MARGIN, 0.001, 0.5, MARGIN));
        assertEquals(
                Verdict.EQUIVALENT, Confirmation.verdict(0.02, 0.001, 0.05, MARGIN), "real, and within the margin");
    }
}
