package dev.ridgepoint.device.cpu.cost;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cpu.CpuDevice;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.WorkModel;

/** Our quantisers against a loop that reads and writes as many bytes and does nothing else. */
final class QuantiseCost {
    /** Twice the last-level cache and more, so that memory is what is measured. */
    private static final long ELEMENTS_BYTES = 64L << 20;

    private static final int COLS = 4096;

    private QuantiseCost() {}

    static Figure of(CpuDevice device, Direction direction, DType plain, QuantFormat format, int rounds) {
        long rows = ELEMENTS_BYTES / COLS / (plain.bits() / 8);
        QuantizeProblem problem = QuantizeProblem.of(direction, rows, COLS, plain, format);
        WorkModel work = problem.work();
        long read = (long) work.bytesRead();
        long written = (long) work.bytesWritten();
        String kernel = direction.id() + "/cpu_" + format.id() + "_native";
        try (Operands operands = new Operands(device, problem);
                DeviceBuffer from = device.allocate(read);
                DeviceBuffer to = device.allocate(written);
                PreparedLaunch launch = operands.prepare(kernel)) {
            from.fill((byte) 1);
            to.fill((byte) 0);
            try (NativeTask copy = NativeTask.copyMix(from.address(), read, to.address(), written)) {
                Ratio ratio = Ratio.of(rounds, () -> CallCost.time(launch, 1), () -> copy.timeRuns(1));
                double share = 1 / ratio.ratio();
                return new Figure(
                        direction.id() + " " + plain + " / " + format,
                        "copy of " + (read >> 20) + " MiB to " + (written >> 20) + " MiB",
                        ratio,
                        ">= 0.8 of the copy's rate",
                        share >= 0.8);
            }
        }
    }
}
