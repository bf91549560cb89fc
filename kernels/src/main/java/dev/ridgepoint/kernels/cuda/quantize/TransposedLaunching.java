package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Granularity;
import java.util.List;
import java.util.Map;

/** Codes of a matrix that lies the other way: squares of 128 x 128, whose patches registers turn. */
record TransposedLaunching() implements Launching {
    private static final int SIDE = 128;
    /** The step that finds largest magnitudes of rows of codes, which are columns of x. */
    private static final ColumnLaunching OF_ROWS = new ColumnLaunching();

    @Override
    public String idea() {
        return "8 x 8 patches turned in registers, 128 codes of a row side by side";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        Granularity shared = task.format().granularity();
        if (shared.equals(Granularity.PER_TENSOR)) {
            return byTensor(task, entries);
        }
        return shared.equals(Granularity.PER_ROW) ? byRow(task, entries) : bySquare(task, entries);
    }

    private static LaunchPlan byTensor(Task task, Entries entries) {
        AbsMax parts = AbsMax.over(task);
        return new LaunchPlan(
                parts.blocks() + " parts: no more than the device holds blocks; then squares of 128",
                List.of(
                        parts.launch(task, entries),
                        new KernelLaunch(
                                entries.main(),
                                // Each block reads the maxima of all parts, so there are not more than parts.
                                squares(task, parts.blocks()),
                                List.of(
                                        Argument.buffer("x"),
                                        Argument.int64(task.rows()),
                                        Argument.int64(task.cols()),
                                        Argument.buffer(AbsMax.PARTIALS),
                                        Argument.int32(parts.blocks()),
                                        Argument.buffer("codes"),
                                        Argument.buffer("scales")))),
                parts.scratch());
    }

    private static LaunchPlan byRow(Task task, Entries entries) {
        Task ofX = new Task(task.direction(), task.format(), task.cols(), task.rows(), task.units());
        Geometry geometry = OF_ROWS.geometry(ofX);
        Argument rows = Argument.int64(task.rows());
        Argument cols = Argument.int64(task.cols());
        Argument partials = Argument.buffer(AbsMax.PARTIALS);
        return new LaunchPlan(
                geometry.grid().y() + " shares of x's rows: fills the device; then squares of 128",
                List.of(
                        new KernelLaunch(
                                entries.step("absmax"), geometry, List.of(Argument.buffer("x"), rows, cols, partials)),
                        OF_ROWS.scales(ofX, entries, geometry),
                        new KernelLaunch(
                                entries.main(),
                                squares(task, Long.MAX_VALUE),
                                List.of(Argument.buffer("x"), rows, cols, partials, Argument.buffer("codes")))),
                Map.of(AbsMax.PARTIALS, geometry.grid().y() * task.rows() * Float.BYTES));
    }

    private static LaunchPlan bySquare(Task task, Entries entries) {
        return LaunchPlan.of(
                "a square of 128 a block: no choice to make",
                new KernelLaunch(
                        entries.main(),
                        squares(task, Long.MAX_VALUE),
                        List.of(
                                Argument.buffer("x"),
                                Argument.int64(task.rows()),
                                Argument.int64(task.cols()),
                                Argument.buffer("codes"),
                                Argument.buffer("scales"))));
    }

    /** All squares along a row of codes; no more rows of squares than so many blocks have. */
    private static Geometry squares(Task task, long blocks) {
        int across = Launching.blocks(Geometry.tiles(task.cols(), SIDE));
        long down = Math.min(Geometry.tiles(task.rows(), SIDE), Math.max(1, blocks / across));
        return Geometry.of(Dim3.of(across, (int) Math.min(down, MOST_DOWN)), Dim3.of(BLOCK));
    }
}
