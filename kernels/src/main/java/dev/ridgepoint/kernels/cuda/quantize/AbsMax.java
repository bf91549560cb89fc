package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import java.util.List;
import java.util.Map;

/** The first launch of formats with a scale a tensor: each block leaves the largest magnitude of its part. */
record AbsMax(int blocks) {
    /** Blocks an SM holds at once. */
    private static final int PER_UNIT = 8;

    static final String PARTIALS = "partials";

    /** As many blocks as the device holds at once, if there is work for them. */
    static AbsMax over(Launching.Task task) {
        long wanted = Geometry.tiles(task.rows() * task.cols(), Launching.BLOCK * Launching.VECTOR);
        return new AbsMax((int) Math.min(wanted, resident(task)));
    }

    /** As many blocks as the device holds at once. */
    static long resident(Launching.Task task) {
        return Math.max(1, (long) PER_UNIT * task.units());
    }

    KernelLaunch launch(Launching.Task task, Launching.Entries entries) {
        return new KernelLaunch(
                entries.step("absmax"),
                geometry(),
                List.of(Argument.buffer("x"), Argument.int64(task.rows() * task.cols()), Argument.buffer(PARTIALS)));
    }

    Geometry geometry() {
        return Geometry.of(Dim3.of(blocks), Dim3.of(Launching.BLOCK));
    }

    Map<String, Long> scratch() {
        return Map.of(PARTIALS, (long) blocks * Float.BYTES);
    }
}
