package dev.ridgepoint.device.cpu.attention;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import java.util.List;

/** Small shapes that between them have every feature and no round extent. */
final class AttentionShapes {
    static final List<AttentionShape> ALL = List.of(
            AttentionShape.of(1, 1, 1, 1, 1, 1, Mask.FULL),
            AttentionShape.of(2, 3, 3, 17, 17, 40, Mask.FULL),
            AttentionShape.of(2, 4, 2, 129, 129, 64, Mask.CAUSAL),
            AttentionShape.of(1, 8, 1, 9, 71, 32, Mask.CAUSAL),
            AttentionShape.of(3, 8, 2, 1, 130, 128, Mask.CAUSAL),
            AttentionShape.of(2, 4, 4, 1, 67, 20, Mask.FULL),
            AttentionShape.of(1, 4, 2, 30, 77, 16, Mask.FULL),
            AttentionShape.of(1, 4, 2, 100, 150, 16, Mask.CAUSAL).withWindow(Mask.SLIDING, 33),
            AttentionShape.of(1, 2, 2, 150, 150, 16, Mask.FULL).withWindow(Mask.LOCAL, 20),
            AttentionShape.of(2, 4, 2, 7, 90, 32, Mask.TREE),
            AttentionShape.of(3, 8, 2, 1, 100, 64, Mask.CAUSAL).withPages(16),
            AttentionShape.of(2, 4, 2, 5, 83, 32, Mask.TREE).withPages(16),
            AttentionShape.of(2, 4, 1, 1, 200, 32, Mask.CAUSAL)
                    .withWindow(Mask.SLIDING, 50)
                    .withPages(16),
            AttentionShape.of(2, 4, 2, 150, 20, 16, Mask.CAUSAL),
            AttentionShape.of(1, 4, 2, 9, 4, 64, Mask.CAUSAL).withWindow(Mask.SLIDING, 3),
            AttentionShape.of(2, 4, 1, 3, 1, 20, Mask.CAUSAL).withPages(16),
            ragged(Mask.CAUSAL, 0),
            ragged(Mask.CAUSAL, 16),
            empty(Mask.CAUSAL, 0),
            empty(Mask.FULL, 0),
            empty(Mask.CAUSAL, 16),
            mla(1, 0),
            mla(3, 32));

    private AttentionShapes() {}

    private static AttentionShape ragged(Mask mask, long page) {
        List<Segment> segments = List.of(new Segment(2, 1, 40), new Segment(1, 19, 19), new Segment(1, 5, 70));
        return new AttentionShape(1, 4, 2, 0, 0, 32, 32, mask, 0, page, false, 0, segments);
    }

    /** Sequences without keys, without queries, and with more queries than keys. */
    private static AttentionShape empty(Mask mask, long page) {
        List<Segment> segments =
                List.of(new Segment(1, 3, 0), new Segment(1, 0, 9), new Segment(2, 1, 40), new Segment(1, 7, 5));
        return new AttentionShape(1, 4, 2, 0, 0, 32, 32, mask, 0, page, false, 0, segments);
    }

    /** Absorbed MLA: one key head whose first elements are the value. */
    private static AttentionShape mla(long queries, long page) {
        return new AttentionShape(2, 16, 1, queries, 75, 72, 64, Mask.CAUSAL, 0, page, true, 0, List.of());
    }
}
