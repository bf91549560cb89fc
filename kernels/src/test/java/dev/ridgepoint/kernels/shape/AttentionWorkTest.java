package dev.ridgepoint.kernels.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The closed forms against loops that look at every pair and note every element touched. */
class AttentionWorkTest {
    /** Sizes no two of which can be taken for one another. */
    private static final Footprint SIZES = new Footprint(2, 16, 0.5, 4);

    private static final int MAX_LENGTH = 9;

    /** What a mask means, written down once more and independently of the shapes. */
    private static boolean visible(Mask mask, long window, int queries, int keys, int query, int key) {
        int position = keys - queries + query;
        return switch (mask) {
            case FULL -> true;
            case CAUSAL, TREE -> key <= position;
            case SLIDING -> key <= position && position - key < window;
            case LOCAL -> Math.abs(position - key) <= window / 2;
        };
    }

    private interface PerShape {
        void accept(int queries, int keys, AttentionShape shape);
    }

    /** Calls back for every length and window a mask allows, windows beyond the length included. */
    private static void forAll(Mask mask, int qHeads, int kvHeads, PerShape body) {
        boolean windowed = mask == Mask.SLIDING || mask == Mask.LOCAL;
        boolean anyLengths = mask == Mask.FULL || mask == Mask.CAUSAL || mask == Mask.SLIDING;
        for (int queries = 1; queries <= MAX_LENGTH; queries++) {
            for (int keys = anyLengths ? 1 : queries; keys <= (mask == Mask.LOCAL ? queries : MAX_LENGTH); keys++) {
                for (int window = windowed ? 1 : 0; window <= (windowed ? 2 * MAX_LENGTH + 3 : 0); window++) {
                    body.accept(
                            queries,
                            keys,
                            new AttentionShape(
                                    2, qHeads, kvHeads, queries, keys, 3, 5, mask, window, 0, false, 0, List.of()));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mask.class)
    void visiblePairsMatchCounting(Mask mask) {
        forAll(mask, 1, 1, (queries, keys, shape) -> {
            long pairs = 0;
            for (int q = 0; q < queries; q++) {
                for (int k = 0; k < keys; k++) {
                    pairs += visible(mask, shape.window(), queries, keys, q, k) ? 1 : 0;
                }
            }
            assertEquals(pairs, shape.visiblePairs(queries, keys), shape::id);
        });
    }

    @ParameterizedTest
    @EnumSource(Mask.class)
    void flopsAndBytesMatchCounting(Mask mask) {
        forAll(mask, 4, 2, (queries, keys, shape) -> {
            Tally tally = Tally.of(shape, queries, keys);
            WorkModel work = shape.work(SIZES);
            assertEquals(tally.flops, work.flops(), shape::id);
            assertEquals(tally.exponentials, shape.exponentials(), shape::id);
            double read = tally.queryElements.size() * 2.0 + tally.cacheElements.size() * 0.5;
            assertEquals(read, work.bytesRead(), shape::id);
            assertEquals(2.0 * 4 * queries * 5 * 4, work.bytesWritten(), shape::id);
        });
    }

    /** Every multiply-add done and every element touched. */
    private static final class Tally {
        private long flops;
        private long exponentials;
        private final Set<List<Integer>> queryElements = new HashSet<>();
        private final Set<List<Integer>> cacheElements = new HashSet<>();

        static Tally of(AttentionShape shape, int queries, int keys) {
            Tally tally = new Tally();
            int group = (int) (shape.qHeads() / shape.kvHeads());
            for (int b = 0; b < shape.batch(); b++) {
                for (int h = 0; h < shape.qHeads(); h++) {
                    for (int q = 0; q < queries; q++) {
                        for (int k = 0; k < keys; k++) {
                            if (visible(shape.mask(), shape.window(), queries, keys, q, k)) {
                                tally.pair(shape, b, h, h / group, q, k);
                            }
                        }
                    }
                }
            }
            return tally;
        }

        private void pair(AttentionShape shape, int b, int head, int kvHead, int q, int k) {
            exponentials++;
            for (int d = 0; d < shape.headDim(); d++) {
                flops += 2;
                queryElements.add(List.of(b, head, q, d));
                cacheElements.add(List.of(0, b, kvHead, k, d));
            }
            for (int d = 0; d < shape.valueDim(); d++) {
                flops += 2;
                cacheElements.add(List.of(shape.kvShared() ? 0 : 1, b, kvHead, k, d));
            }
        }
    }

    @Test
    void sharedValuesCostNoBytes() {
        var shape = new AttentionShape(2, 4, 1, 1, 6, 5, 3, Mask.CAUSAL, 0, 0, true, 0, List.of());
        Tally tally = Tally.of(shape, 1, 6);
        assertEquals(tally.flops, shape.work(SIZES).flops());
        assertEquals(
                tally.queryElements.size() * 2.0 + tally.cacheElements.size() * 0.5,
                shape.work(SIZES).bytesRead());
    }

    @Test
    void crossAttentionSeesEveryKey() {
        WorkModel work = AttentionShape.of(1, 1, 1, 64, 77, 32, Mask.FULL).work(Footprint.uniform(DType.BF16));
        assertEquals(64.0 * 77 / (64 + 77), work.arithmeticIntensity(), 1e-12);
    }

    @Test
    void decodeIntensityIsTheGroupSizeAtAnyBatch() {
        for (long batch : new long[] {1, 8, 64}) {
            AttentionShape shape = AttentionShape.of(batch, 32, 8, 1, 1 << 20, 128, Mask.CAUSAL);
            WorkModel work = shape.work(Footprint.uniform(DType.BF16));
            assertEquals(shape.groupSize(), work.arithmeticIntensity(), 1e-4);
        }
    }

    @Test
    void unfusedScoresCrossTheBusFourTimes() {
        AttentionShape shape = AttentionShape.of(2, 4, 2, 3, 7, 5, Mask.CAUSAL);
        long passes = 0;
        for (int b = 0; b < 2; b++) {
            for (int h = 0; h < 4; h++) {
                for (int q = 0; q < 3; q++) {
                    for (int k = 0; k < 7; k++) {
                        passes += 4; // written by Q K^T, read and written by the softmax, read by P V
                    }
                }
            }
        }
        WorkModel unfused = shape.unfusedWork(SIZES);
        assertEquals(shape.work(SIZES).bytes() + passes * SIZES.activation(), unfused.bytes());
        assertEquals(shape.work(SIZES).flops(), unfused.flops());
        assertEquals(unfused.bytesRead() - shape.work(SIZES).bytesRead(), passes / 2 * SIZES.activation());
    }

    @Test
    void segmentsSumOverSubBatches() {
        List<Segment> segments = List.of(new Segment(1, 5, 9), new Segment(3, 1, 7));
        var ragged = new AttentionShape(1, 4, 2, 0, 0, 8, 8, Mask.CAUSAL, 0, 0, false, 0, segments);
        WorkModel parts = AttentionShape.of(1, 4, 2, 5, 9, 8, Mask.CAUSAL)
                .work(SIZES)
                .plus(AttentionShape.of(3, 4, 2, 1, 7, 8, Mask.CAUSAL).work(SIZES));
        assertEquals(parts, ragged.work(SIZES));
    }

    /** One sequence of any lengths, 0 among them, beside one of one query and one key. */
    @ParameterizedTest
    @EnumSource(
            value = Mask.class,
            names = {"FULL", "CAUSAL", "SLIDING"})
    void sequencesWithoutKeysOrQueriesMatchCounting(Mask mask) {
        long window = mask == Mask.SLIDING ? 2 : 0;
        long page = 2;
        WorkModel other = new AttentionShape(1, 4, 2, 1, 1, 3, 5, mask, window, page, false, 0, List.of()).work(SIZES);
        for (int queries = 0; queries <= 5; queries++) {
            for (int keys = 0; keys <= 5; keys++) {
                List<Segment> segments = List.of(new Segment(1, queries, keys), new Segment(1, 1, 1));
                var shape = new AttentionShape(1, 4, 2, 0, 0, 3, 5, mask, window, page, false, 0, segments);
                Tally tally = Tally.of(shape, queries, keys);
                long pages = tally.flops > 0 ? (keys + 1) / 2 : 0;
                double read = tally.queryElements.size() * 2.0 + tally.cacheElements.size() * 0.5 + 4 * pages;
                WorkModel expected = new WorkModel(tally.flops, read, 4.0 * queries * 5 * 4).plus(other);
                assertEquals(expected, shape.work(SIZES), shape::id);
                Set<Integer> seeing = new HashSet<>();
                tally.queryElements.forEach(element -> seeing.add(element.get(2)));
                assertEquals(seeing.size(), shape.seeingQueries(queries, keys), shape::id);
            }
        }
    }

    @Test
    void aPagedCacheAddsItsBlockTable() {
        AttentionShape shape = AttentionShape.of(3, 4, 2, 1, 33, 8, Mask.CAUSAL);
        double extra =
                shape.withPages(16).work(SIZES).bytesRead() - shape.work(SIZES).bytesRead();
        assertEquals(3 * 3 * 4, extra);
    }

    @Test
    void relativePositionsAddTwoProductsAndTwoTables() {
        AttentionShape plain = AttentionShape.of(2, 4, 4, 6, 6, 8, Mask.FULL);
        var relative = new AttentionShape(2, 4, 4, 6, 6, 8, 8, Mask.FULL, 0, 0, false, 10, List.of());
        long flops = 0;
        for (int side = 0; side < 2; side++) {
            for (int row = 0; row < 2 * 4 * 6; row++) {
                for (int position = 0; position < 10; position++) {
                    flops += 2 * 8;
                }
            }
        }
        assertEquals(flops, relative.work(SIZES).flops() - plain.work(SIZES).flops());
        assertEquals(
                2 * 10 * 4 * 8 * SIZES.activation(),
                relative.work(SIZES).bytesRead() - plain.work(SIZES).bytesRead());
    }

    /** The tree is data, so the model counts a chain: exact for one, an upper bound for any other tree. */
    @Test
    void aTreeIsCountedAsAChain() {
        AttentionShape tree = AttentionShape.of(1, 1, 1, 4, 10, 8, Mask.TREE);
        assertEquals(6 + 1 + 6 + 2 + 6 + 3 + 6 + 4, tree.visiblePairs(4, 10));
        int[] parents = {-1, 0, 0, 1};
        long pairs = 0;
        for (int q = 0; q < 4; q++) {
            pairs += 6;
            for (int node = q; node >= 0; node = parents[node]) {
                pairs++;
            }
        }
        assertTrue(pairs < tree.visiblePairs(4, 10));
    }
}
