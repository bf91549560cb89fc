package dev.ridgepoint.device.cpu.cost;

import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cpu.CpuDevice;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Execution;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.device.cpu.onednn.Primitive;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;

/** Our path to oneDNN, a launch from Java, against the same primitive run by a loop in C++. */
final class CallCost {
    private CallCost() {}

    static Figure cube(CpuDevice device, int extent, int calls, int rounds) {
        GemmProblem problem = new GemmProblem(GemmShape.of(extent, extent, extent), Precision.FP32);
        Layout c = Layout.rowMajor(DType.FP32, extent, extent);
        Layout b = Layout.transposed(DType.FP32, extent, extent);
        try (Operands operands = new Operands(device, problem);
                PreparedLaunch launch = operands.prepare("gemm/cpu_fp32_onednn");
                Matmul matmul = Matmul.of(c, b, c);
                Primitive primitive = matmul.compile(device.oneDnn());
                Execution execution = primitive.bind(List.of(
                        Argument.source(c, operands.address("a")),
                        Argument.weights(b, operands.address("b")),
                        Argument.destination(c, operands.address("c"))));
                NativeTask loop = NativeTask.ofPrimitives(device.oneDnn(), List.of(execution))) {
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
        return new Figure(
                "fp32 GEMM " + extent + "^3 from Java",
                "the same oneDNN primitive from C++",
                ratio,
                small ? "<= 2 us more a call" : "<= 1 % more",
                small ? extraNs <= 2000 : ratio.ratio() <= 1.01);
    }
}
