package dev.ridgepoint.device.cpu.cost;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cpu.CpuDevice;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.WorkModel;

/**
 * Our quantisers against a loop that reads and writes as many bytes and does nothing else. One scale for all of a matrix, or
 * one a column, wants it read twice, so there the loop reads twice as much too.
 */
final class QuantiseCost {
    /** Twice the last-level cache of a large CPU's core complex, so that memory is what is measured. */
    static final long IN_MEMORY = 64L << 20;
    /** Within any second-level cache, both sides together. */
    static final long IN_CACHE = 128L << 10;

    private static final int COLS = 1024;
    private static final long BYTES_A_TIMING = 8L << 20;

    private QuantiseCost() {}

    /** One direction of one format, for a plain matrix of so many bytes. */
    static Figure of(CpuDevice device, Direction direction, DType plain, QuantFormat format, long bytes, int rounds) {
        QuantizeProblem problem = QuantizeProblem.of(direction, bytes / COLS / (plain.bits() / 8), COLS, plain, format);
        WorkModel work = problem.work();
        long read = (long) work.bytesRead() * (isReadAgain(direction, format) ? 2 : 1);
        long written = (long) work.bytesWritten();
        int calls = (int) Math.max(1, BYTES_A_TIMING / bytes);
        try (Operands operands = new Operands(device, problem);
                DeviceBuffer from = device.allocate(read);
                DeviceBuffer to = device.allocate(written);
                PreparedLaunch launch = operands.prepare(direction.id() + "/cpu_" + format.id() + "_native")) {
            from.fill((byte) 1);
            to.fill((byte) 0);
            try (NativeTask copy = NativeTask.copyMix(from.address(), read, to.address(), written)) {
                Ratio ratio = Ratio.of(rounds, () -> CallCost.time(launch, calls), () -> copy.timeRuns(calls))
                        .perCall(calls);
                return new Figure(
                        direction.id() + " " + plain + " / " + format,
                        "copy, " + (read >> 10) + " KiB to " + (written >> 10) + " KiB",
                        ratio,
                        bytes == IN_MEMORY ? new Goal(">= 0.8 of its rate", 1 / ratio.ratio() >= 0.8) : Goal.NONE);
            }
        }
    }

    /**
     * Whether memory is read once more than the least work says: that supposes a cache for some whole columns, and columns
     * read for themselves are slower than two readings of whole rows ({@code native/WORKLOG.md} has the figures).
     */
    private static boolean isReadAgain(Direction direction, QuantFormat format) {
        return direction == Direction.QUANTIZE && format.granularity().equals(Granularity.PER_COLUMN);
    }
}
