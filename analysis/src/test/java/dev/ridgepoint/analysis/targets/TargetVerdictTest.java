package dev.ridgepoint.analysis.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgepoint.kernels.workload.Catalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetVerdictTest {
    private static final CaseChoice CHOICE =
            CaseChoice.of(Catalogue.load(), "llama-3-8b/o/decode_b1_kv512_bf16", "gemm/sm*");

    @ParameterizedTest
    @CsvSource({
        "0.95, 0.99, goal met",
        "0.94, 0.99, gate met",
        "0.88, 0.90, gate met",
        "0.87, 0.90, undecided",
        "0.87, 0.88, undecided",
        "0.80, 0.99, undecided",
        "0.80, 0.879, missed"
    })
    void isOfTheWholeInterval(double low, double high, String verdict) {
        assertEquals(
                verdict,
                TargetVerdict.of(new Ratio((low + high) / 2, low, high), 0.95, 0.88)
                        .id());
    }

    @ParameterizedTest
    @CsvSource({
        "0.50, 0.60, goal met",
        "0.50, 0.61, gate met",
        "0.59, 0.80, gate met",
        "0.59, 0.81, undecided",
        "0.80, 0.90, undecided",
        "0.81, 0.90, missed"
    })
    void lessIsBetterOfATime(double low, double high, String verdict) {
        Target target = new Target("t", RatioKind.TIME, CHOICE, CHOICE, 0.60, 0.80, "s");
        assertEquals(
                verdict, target.verdict(new Ratio((low + high) / 2, low, high)).id());
    }

    @ParameterizedTest
    @CsvSource({
        "TIME, 0.59, 0.70, 'gate met, goal undecided'",
        "TIME, 0.60, 0.70, 'gate met, goal undecided'",
        "TIME, 0.61, 0.70, gate met",
        "TIME, 0.59, 0.60, goal met",
        "TIME, 0.59, 0.81, undecided",
        "SPEEDUP, 1.20, 1.26, 'gate met, goal undecided'",
        "SPEEDUP, 1.20, 1.25, 'gate met, goal undecided'",
        "SPEEDUP, 1.20, 1.24, gate met",
        "SPEEDUP, 0.99, 1.26, undecided"
    })
    void aGoalWithinTheIntervalIsSaid(RatioKind kind, double low, double high, String words) {
        boolean more = kind.moreIsBetter();
        Target target = new Target("t", kind, CHOICE, CHOICE, more ? 1.25 : 0.60, more ? 1.0 : 0.80, "s");
        Ratio ratio = new Ratio((low + high) / 2, low, high);
        assertEquals(words, new TargetAnswer(target, target.verdict(ratio), null, 1, null, null, ratio, null).words());
    }

    @ParameterizedTest
    @CsvSource({
        "SPEEDUP, 1.0, 1.2, 't: goal: expected to be no easier than the gate of 1.2, got 1.0'",
        "TIME, 0.8, 0.6, 't: goal: expected to be no easier than the gate of 0.6, got 0.8'",
        "SAME_MIX, 0.9, 0.8, t: over: ratio 'same-mix' has none"
    })
    void aRowThatContradictsItselfIsRefused(RatioKind kind, double goal, double gate, String message) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Target("t", kind, CHOICE, CHOICE, goal, gate, "s"))
                        .getMessage());
    }
}
