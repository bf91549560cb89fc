package dev.ridgepoint.kernels.cuda.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Rotary;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Counts that kernels keep in an int are refused where they overflow, and not before. */
class LimitsTest {
    private static final DeviceTraits HOPPER =
            new DeviceTraits("test", "sm_90a", Set.of(), 132, 232_448, 50L << 20, Set.of());

    private static void refuses(CudaRow kernel, String field, Problem tooLarge, Problem largest) {
        Support.Unsupported refusal =
                assertInstanceOf(Support.Unsupported.class, kernel.supports(tooLarge, HOPPER), tooLarge.id());
        assertEquals(field, refusal.reason().split(":")[0], refusal.reason());
        assertInstanceOf(Support.Supported.class, kernel.supports(largest, HOPPER), largest.id());
    }

    @Test
    void tokensOfQueriesAndRowsOfOneSequence() {
        FlashAttention flash = new FlashAttention(Precision.BF16);
        refuses(flash, "Sq", crossing(40_000, 60_000, 1), crossing(40_000, 50_000, 1));
        refuses(flash, "Sq", crossing(1, 1 << 28, 8), crossing(1, 1 << 28, 7));
    }

    private static Problem crossing(long batch, long queries, long heads) {
        return new AttentionProblem(AttentionShape.of(batch, heads, 1, queries, 16, 64, Mask.FULL), Precision.BF16);
    }

    @Test
    void tokensOfACache() {
        refuses(new RopeAppend(Precision.BF16), "Skv", cache(50_000), cache(30_000));
    }

    private static Problem cache(long tokens) {
        return new AppendProblem(AppendShape.of(65_535, 1, 1, tokens, 64, Rotary.HALF), Precision.BF16);
    }
}
