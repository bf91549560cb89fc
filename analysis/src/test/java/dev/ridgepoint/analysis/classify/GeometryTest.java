package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeometryTest {
    private static Geometry ragged(Mask mask, Segment... segments) {
        return Geometry.of(new AttentionShape(1, 8, 2, 0, 0, 64, 64, mask, 0, 0, false, 0, List.of(segments)));
    }

    @Test
    void queriesBeforeAllKeysAreNoTailOfACache() {
        assertEquals(Geometry.BEFORE_KEYS, Geometry.of(AttentionShape.of(1, 8, 2, 40, 30, 64, Mask.CAUSAL)));
        assertEquals(Geometry.BEFORE_KEYS, Geometry.of(AttentionShape.of(1, 8, 2, 4, 3, 64, Mask.CAUSAL)));
        assertEquals(
                Geometry.BEFORE_KEYS,
                Geometry.of(AttentionShape.of(1, 8, 2, 40, 30, 64, Mask.CAUSAL).withWindow(Mask.SLIDING, 5)));
        assertEquals(Geometry.BEFORE_KEYS, ragged(Mask.CAUSAL, new Segment(2, 1, 9), new Segment(1, 1, 0)));
        assertEquals(Geometry.BEFORE_KEYS, ragged(Mask.FULL, new Segment(2, 5, 5), new Segment(1, 5, 0)));
        assertEquals(Geometry.TAIL_AFTER_CACHE, Geometry.of(AttentionShape.of(1, 8, 2, 30, 40, 64, Mask.CAUSAL)));
        assertEquals(Geometry.WIDE_TO_NARROW, Geometry.of(AttentionShape.of(1, 8, 2, 40, 30, 64, Mask.FULL)));
    }

    /** Such as a server leaves in a batch whose size it may not change. */
    @Test
    void sequencesThatAskNothingTellNothing() {
        Segment idle = new Segment(3, 0, 70);
        Segment nothing = new Segment(1, 0, 0);
        assertEquals(Geometry.RAGGED_ONES, ragged(Mask.CAUSAL, new Segment(2, 1, 9), idle, nothing));
        assertEquals(Geometry.RAGGED_CAUSAL, ragged(Mask.CAUSAL, new Segment(2, 90, 90), nothing));
        assertEquals(Geometry.RAGGED_MIX, ragged(Mask.CAUSAL, idle, new Segment(1, 90, 90), new Segment(1, 1, 9)));
    }
}
