package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outputs of several pieces, of which those that are right are not looked at element by element. */
class ExactExpectationTest {
    private static final int COUNT = (1 << 20) + 1000;

    private final byte[] expected = new byte[COUNT];
    private final byte[] got = new byte[COUNT];

    private Verdict verdict() {
        ExactExpectation.Buffer codes = new ExactExpectation.Buffer("codes", DType.INT8, 0, false, expected);
        return new ExactExpectation(List.of(codes), "test")
                .check((name, offset, target) -> target.put(got, (int) offset, target.remaining()));
    }

    private void fill() {
        for (int i = 0; i < COUNT; i++) {
            expected[i] = (byte) (i % 7 - 2);
            got[i] = expected[i];
        }
    }

    @Test
    void whatIsRightHasNoError() {
        fill();
        Verdict verdict = verdict();
        assertTrue(verdict.passed());
        assertEquals(COUNT, verdict.checkedElements());
        assertEquals(0, verdict.relFrobenius());
        assertEquals(1, verdict.cosine());
        assertNull(verdict.sqnrDb());
    }

    /** Errors are in proportion to all that was compared, in whatever piece they are. */
    @Test
    void oneWrongElementIsFoundAndCountsAgainstAllOthers() {
        for (int wrong : new int[] {0, 999_999, 1 << 20, COUNT - 1}) {
            fill();
            got[wrong] += 3;
            double squares = 0;
            double product = 0;
            double squaresGot = 0;
            for (int i = 0; i < COUNT; i++) {
                squares += expected[i] * expected[i];
                squaresGot += got[i] * got[i];
                product += expected[i] * got[i];
            }
            Verdict verdict = verdict();
            assertFalse(verdict.passed());
            assertEquals(COUNT, verdict.checkedElements());
            assertEquals(3 / Math.sqrt(squares), verdict.relFrobenius(), 1e-15);
            assertEquals(product / Math.sqrt(squares * squaresGot), verdict.cosine(), 1e-15);
            assertTrue(verdict.firstMismatch().startsWith("codes[" + wrong + "]"), verdict.firstMismatch());
        }
    }
}
