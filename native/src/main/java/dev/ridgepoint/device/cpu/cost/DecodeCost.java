package dev.ridgepoint.device.cpu.cost;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cpu.CpuDevice;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.WorkModel;

/** One token of Llama-3-8B for a batch over its cache, against a loop that reads as many bytes and does nothing else. */
final class DecodeCost {
    private static final long BATCH = 4;
    private static final long KEYS = 4096;

    private DecodeCost() {}

    /** A cache in pages of so many tokens, or in one piece where that is 0. */
    static Figure of(CpuDevice device, Precision precision, long page, int rounds) {
        AttentionShape whole = AttentionShape.of(BATCH, 32, 8, 1, KEYS, 128, Mask.CAUSAL);
        AttentionShape shape = page == 0 ? whole : whole.withPages(page);
        AttentionProblem problem = new AttentionProblem(shape, precision);
        WorkModel work = problem.work();
        long read = (long) work.bytesRead();
        long written = (long) work.bytesWritten();
        try (Operands operands = new Operands(device, problem);
                DeviceBuffer from = device.allocate(read);
                DeviceBuffer to = device.allocate(written);
                PreparedLaunch launch = operands.prepare("attention/cpu_" + precision.id() + "_native")) {
            from.fill((byte) 1);
            to.fill((byte) 0);
            try (NativeTask copy = NativeTask.copyMix(from.address(), read, to.address(), written)) {
                Ratio ratio = Ratio.of(rounds, () -> CallCost.time(launch, 1), () -> copy.timeRuns(1));
                return new Figure(
                        "decode " + precision.id() + (page == 0 ? "" : ", pages of " + page),
                        "copy, " + (read >> 10) + " KiB to " + (written >> 10) + " KiB",
                        ratio,
                        Goal.NONE);
            }
        }
    }
}
