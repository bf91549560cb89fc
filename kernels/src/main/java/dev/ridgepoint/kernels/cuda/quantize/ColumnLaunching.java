package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.util.List;
import java.util.Map;

/** One scale a column: the largest magnitudes of shares of the rows, then scales, then the codes. */
record ColumnLaunching() implements Launching {
    private static final Dim3 THREADS = Dim3.of(32, 8);
    private static final int COLUMNS = THREADS.x() * VECTOR;
    /** Blocks an SM holds at once. */
    private static final int PER_UNIT = 8;

    @Override
    public String idea() {
        return "largest magnitudes of columns in shares of the rows, then scales, then codes";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        Geometry geometry = geometry(task);
        Argument x = Argument.buffer("x");
        Argument rows = Argument.int64(task.rows());
        Argument cols = Argument.int64(task.cols());
        Argument partials = Argument.buffer(AbsMax.PARTIALS);
        return new LaunchPlan(
                geometry.grid().y() + " shares of the rows: fills the device",
                List.of(
                        new KernelLaunch(entries.step("absmax"), geometry, List.of(x, rows, cols, partials)),
                        scales(task, entries, geometry),
                        new KernelLaunch(
                                entries.main(), geometry, List.of(x, rows, cols, partials, Argument.buffer("codes")))),
                Map.of(AbsMax.PARTIALS, geometry.grid().y() * task.cols() * Float.BYTES));
    }

    /** Of the launches over the whole matrix: as many shares of the rows as fill the device. */
    Geometry geometry(Task task) {
        int across = Launching.blocks(Geometry.tiles(task.cols(), COLUMNS));
        long wanted = Geometry.tiles((long) PER_UNIT * task.units(), across);
        int shares = (int) Math.max(1, Math.min(wanted, Geometry.tiles(task.rows(), THREADS.y())));
        return Geometry.of(Dim3.of(across, Math.min(shares, MOST_DOWN)), THREADS);
    }

    /** Puts the shares' largest magnitudes together. */
    KernelLaunch scales(Task task, Entries entries, Geometry ofShares) {
        return new KernelLaunch(
                entries.symbol() + "_scales",
                Geometry.of(Dim3.of(Launching.blocks(Geometry.tiles(task.cols(), THREADS.x()))), THREADS),
                List.of(
                        Argument.buffer(AbsMax.PARTIALS),
                        Argument.int32(ofShares.grid().y()),
                        Argument.int64(task.cols()),
                        Argument.buffer("scales")));
    }
}
