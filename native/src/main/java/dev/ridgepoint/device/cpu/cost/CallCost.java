package dev.ridgepoint.device.cpu.cost;

import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cpu.CpuDevice;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;

/**
 * Our path to oneDNN, a launch from Java, against the same primitive run by a loop in C++: one primitive for both, because
 * two of one kind may differ by 15 % for where their scratch memory happens to lie.
 */
final class CallCost {
    private CallCost() {}

    static Figure cube(CpuDevice device, int extent, int calls, int rounds) {
        GemmProblem problem = new GemmProblem(GemmShape.of(extent, extent, extent), Precision.FP32);
        try (Operands operands = new Operands(device, problem);
                PreparedLaunch launch = operands.prepare("gemm/cpu_fp32_onednn");
                NativeTask loop = NativeTask.ofPrimitives(device.oneDnn(), device.oneDnnCalls(launch))) {
            Ratio ratio = Ratio.of(rounds, () -> time(launch, calls), () -> loop.timeRuns(calls))
                    .perCall(calls);
            return judge(extent, ratio);
        }
    }

    static long time(PreparedLaunch launch, int calls) {
        long begin = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            launch.launch();
        }
        return System.nanoTime() - begin;
    }

    private static Figure judge(int extent, Ratio ratio) {
        boolean small = extent < 256;
        double extraNs = ratio.theirsNs() * (ratio.ratio() - 1);
        Goal goal = small
                ? new Goal("<= 2 us more a call", extraNs <= 2000)
                : new Goal("<= 1 % more", ratio.ratio() <= 1.01);
        return new Figure("fp32 GEMM " + extent + "^3 from Java", "the same primitive from C++", ratio, goal);
    }
}
