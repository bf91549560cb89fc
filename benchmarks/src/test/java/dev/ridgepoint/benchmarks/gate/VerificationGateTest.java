package dev.ridgepoint.benchmarks.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.fake.FakeDevice;
import dev.ridgepoint.benchmarks.fake.Saboteur;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.Correctness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationGateTest {
    private static final int SETS = 3;
    private static final int TIMED_CALLS = 20;

    private final FakeDevice device = new FakeDevice();

    @ParameterizedTest
    @EnumSource(Saboteur.class)
    void saysNoToEverySaboteurAndSaysWhy(Saboteur saboteur) {
        IncorrectException no =
                assertThrows(IncorrectException.class, () -> gated(FakeDevice.SABOTEURS + saboteur.ordinal()));
        assertTrue(no.getMessage().contains(saboteur.reason()), saboteur + ": " + no.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RIGHT_UNTIL_TIMED", "INPUT_OVERWRITTEN_WHEN_TIMED", "INPUT_OVERWRITTEN_AT_LAST"})
    void saysNoToSaboteursThatDoNotWaitForTiming(Saboteur saboteur) {
        long rows = FakeDevice.SABOTEURS + saboteur.ordinal();
        BoundSet set = sets(rows).get(0);
        assertThrows(IncorrectException.class, () -> gate(rows).untimed(set));
    }

    @Test
    void withoutTimingBothInputsAreChecked() {
        assertEquals(2 * 5L * 7, gate(5).untimed(sets(5).get(0)).checkedElements());
    }

    @Test
    void letsAnHonestKernelPassAndCountsWhatItSaw() {
        Correctness[] seen = gated(5);
        for (Correctness correctness : seen) {
            assertTrue(correctness.passed());
            assertEquals(SETS, correctness.buffers());
            assertEquals("elementwise", correctness.toleranceKind());
            assertTrue(correctness.relFrobenius() < 1e-6, "fp32 sums of 33 terms");
        }
        // Every output of every set once, and of one set a second time.
        assertEquals((SETS + 1) * 5L * 7, seen[0].checkedElements());
        // What timing left in every set, and the results for changed inputs in two.
        assertEquals((SETS + 2) * 5L * 7, seen[1].checkedElements());
    }

    @Test
    void leavesOutputsPoisonedSoThatTimingMustWriteThem() {
        List<BoundSet> sets = sets(5);
        gate(5).beforeTiming(sets);
        IncorrectException no = assertThrows(IncorrectException.class, () -> gate(5).afterTiming(sets, SETS));
        assertTrue(no.getMessage().contains("after timing"), no.getMessage());
    }

    @Test
    void doesNotAskAfterSetsThatNoTimedCallReached() {
        List<BoundSet> sets = sets(5);
        VerificationGate gate = gate(5);
        gate.beforeTiming(sets);
        sets.get(0).run();
        assertEquals(1, gate.afterTiming(sets, 1).buffers());
    }

    /** The life of a case in a fork: gate, timed calls in rotation, gate. */
    private Correctness[] gated(long rows) {
        List<BoundSet> sets = sets(rows);
        VerificationGate gate = gate(rows);
        Correctness before = gate.beforeTiming(sets);
        for (int i = 0; i < TIMED_CALLS; i++) {
            sets.get(i % SETS).run();
        }
        return new Correctness[] {before, gate.afterTiming(sets, SETS)};
    }

    private VerificationGate gate(long rows) {
        return new VerificationGate(expectation(rows, 1), () -> expectation(rows, 2));
    }

    private List<BoundSet> sets(long rows) {
        List<BoundSet> sets = new ArrayList<>();
        for (int i = 0; i < SETS; i++) {
            sets.add(BoundSet.create(
                    device, kernel(rows), problem(rows), expectation(rows, 1).operands()));
        }
        return sets;
    }

    private KernelRow kernel(long rows) {
        return device.kernels().stream()
                .filter(kernel -> kernel.supports(problem(rows), device.traits()) instanceof Support.Supported)
                .findFirst()
                .orElseThrow();
    }

    private static Expectation expectation(long rows, long seed) {
        OperandSet operands = OperandSet.generate(problem(rows), Distribution.NORMAL, seed);
        return new Expectation(operands, Verifier.of(problem(rows), operands));
    }

    private static GemmProblem problem(long rows) {
        return new GemmProblem(GemmShape.of(rows, 7, 33), Precision.FP32);
    }
}
