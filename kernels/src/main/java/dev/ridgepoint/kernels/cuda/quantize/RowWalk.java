package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.precision.Granularity;

/**
 * A matrix as a kernel walks over it, a vector a thread: x along a row, y over rows. Rows are joined to one where scales
 * do not tell them apart, so that short rows fill blocks too.
 */
record RowWalk(long rows, long cols, String reason) {
    /** Groups along rows: joined where they divide a row evenly. */
    static RowWalk inGroups(Launching.Task task) {
        boolean even = task.cols() % task.format().granularity().cols() == 0;
        return even
                ? new RowWalk(1, task.rows() * task.cols(), "groups divide rows evenly: rows joined to one")
                : new RowWalk(task.rows(), task.cols(), "rows end within a group: row by row");
    }

    /** Whoever shares scales: joined as well where all do. */
    static RowWalk of(Launching.Task task) {
        Granularity shared = task.format().granularity();
        if (shared.equals(Granularity.PER_TENSOR)) {
            return new RowWalk(1, task.rows() * task.cols(), "one scale: rows joined to one");
        }
        return shared.rows() == 1 && shared.cols() != Granularity.ALL
                ? inGroups(task)
                : new RowWalk(task.rows(), task.cols(), "scales differ by row: row by row");
    }

    /** A row a block, as far as a grid goes. */
    Geometry geometry() {
        return geometry(Long.MAX_VALUE);
    }

    /** No more blocks than that: each then takes several parts. */
    Geometry geometry(long blocks) {
        long across = Math.min(blocks, Geometry.tiles(cols, (long) Launching.BLOCK * Launching.VECTOR));
        long down = Math.min(Math.min(rows, Launching.MOST_DOWN), Math.max(1, blocks / across));
        return Geometry.of(Dim3.of(Launching.blocks(across), (int) down), Dim3.of(Launching.BLOCK));
    }
}
