package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;

/**
 * What an attention takes at least: pairs that are visible, multiply-adds of these, rows and bytes that are read. Of queries
 * that see no key nothing is read; their rows are written as all others are.
 */
record AttentionWork(AttentionShape shape) {
    long visiblePairs(long queries, long keys) {
        long seeing = shape.seeingQueries(queries, keys);
        return switch (shape.mask()) {
            case FULL -> seeing * keys;
            case CAUSAL, TREE -> seeing * keys - seeing * (seeing - 1) / 2;
            case SLIDING -> slidingPairs(seeing, keys);
            case LOCAL -> localPairs(seeing);
        };
    }

    private long slidingPairs(long queries, long keys) {
        long before = keys - queries;
        long growing = Math.max(0, Math.min(shape.window() - before, queries));
        return growing * before + growing * (growing + 1) / 2 + (queries - growing) * Math.min(shape.window(), keys);
    }

    private long localPairs(long positions) {
        long half = Math.min(shape.window() / 2, positions - 1);
        return positions * (2 * half + 1) - half * (half + 1);
    }

    double exponentials() {
        double count = 0;
        for (Segment s : shape.sequences()) {
            count += (double) s.count() * shape.qHeads() * visiblePairs(s.seqLenQ(), s.seqLenKv());
        }
        return count;
    }

    WorkModel work(Footprint bytes) {
        WorkModel total = new WorkModel(0, 0, 0);
        for (Segment s : shape.sequences()) {
            total = total.plus(workOfOne(s.seqLenQ(), s.seqLenKv(), bytes).times(s.count()));
        }
        // Both position tables are read once, whatever the batch: c2p scores keys' table, p2c the queries'.
        double tables = 2.0 * shape.relPositions() * shape.qHeads() * shape.headDim() * bytes.activation();
        return new WorkModel(total.flops(), total.bytesRead() + tables, total.bytesWritten());
    }

    double keyRowsRead() {
        double rows = 0;
        for (Segment s : shape.sequences()) {
            long seeing = shape.seeingQueries(s.seqLenQ(), s.seqLenKv());
            rows += (double) s.count() * shape.kvHeads() * keysRead(seeing, s.seqLenKv());
        }
        return rows;
    }

    private long keysRead(long seeing, long keys) {
        if (seeing == 0) {
            return 0;
        }
        return shape.mask() == Mask.SLIDING ? Math.min(keys, shape.window() + seeing - 1) : keys;
    }

    WorkModel unfusedWork(Footprint bytes) {
        double scores = 0;
        for (Segment s : shape.sequences()) {
            scores += (double) s.count() * shape.qHeads() * s.seqLenQ() * s.seqLenKv();
        }
        double passes = 2 * scores * bytes.activation();
        return work(bytes).plus(new WorkModel(0, passes, passes));
    }

    private WorkModel workOfOne(long queries, long keys, Footprint bytes) {
        double pairs = visiblePairs(queries, keys);
        long seeing = shape.seeingQueries(queries, keys);
        double flops = 2.0 * shape.qHeads() * pairs * (shape.headDim() + shape.valueDim())
                + 2.0 * 2.0 * shape.qHeads() * seeing * shape.relPositions() * shape.headDim();
        long keysRead = keysRead(seeing, keys);
        double angles = 0;
        if (shape.rope() != null) {
            // The tokens that ask are among the keys that are read, each of which turns once.
            flops += Rope.FLOPS
                    * shape.rope().dim()
                    * ((double) shape.qHeads() * seeing + (double) shape.kvHeads() * keysRead);
            angles = shape.rope().bytes(keysRead);
        }
        long widthRead = shape.kvShared() ? shape.headDim() : shape.headDim() + shape.valueDim();
        double read = (double) shape.qHeads() * seeing * shape.headDim() * bytes.activation()
                + (double) shape.kvHeads() * keysRead * widthRead * bytes.kv();
        boolean paged = shape.pageSize() > 0 && seeing > 0;
        double blockTable = paged ? 4.0 * ((keys + shape.pageSize() - 1) / shape.pageSize()) : 0;
        double written = (double) shape.qHeads()
                * queries
                * (shape.valueDim() * bytes.output() + (shape.lse() ? Float.BYTES : 0));
        return new WorkModel(flops, read + blockTable + angles, written);
    }
}
