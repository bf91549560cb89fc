package dev.ridgepoint.device.cpu.cost;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cpu.CpuDevice;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Execution;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.device.cpu.onednn.Primitive;
import dev.ridgepoint.device.cpu.onednn.Softmax;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.List;

/**
 * Our attention against what a C++ programmer would write first: one product, one softmax, one product over all heads of
 * a sequence, run from C++ on the same operands. That one is not asked to mask, so it does no more than it must.
 */
final class AttentionCost {
    private AttentionCost() {}

    static Figure of(CpuDevice device, String kernel, String name, AttentionShape shape, int rounds) {
        AttentionProblem problem = new AttentionProblem(shape, Precision.FP32);
        try (Operands operands = new Operands(device, problem);
                PreparedLaunch launch = operands.prepare(kernel);
                Plain plain = new Plain(device, shape, operands)) {
            Ratio ratio = Ratio.of(rounds, () -> CallCost.time(launch, 1), () -> plain.task.timeRuns(1));
            return new Figure(
                    kernel + " " + name,
                    "oneDNN product + softmax + product from C++",
                    ratio,
                    new Goal("<= 1.1 of its time", ratio.ratio() <= 1.1));
        }
    }

    /** The three primitives; batch must be 1. */
    private static final class Plain implements AutoCloseable {
        private final DeviceBuffer scores;
        private final DeviceBuffer output;
        private final List<Primitive> primitives;
        private final List<Execution> executions;
        private final NativeTask task;

        Plain(CpuDevice device, AttentionShape shape, Operands operands) {
            long group = shape.groupSize();
            long kvHeads = shape.kvHeads();
            long dim = shape.headDim();
            long keys = shape.seqLenKv();
            long queries = shape.seqLenQ();
            long token = shape.qHeads() * dim;
            scores = device.allocate(Float.BYTES * shape.qHeads() * queries * keys);
            output = device.allocate(Float.BYTES * queries * token);
            scores.fill((byte) 0);
            output.fill((byte) 0);
            long[] rows = {kvHeads, group, queries, dim};
            Layout q = Layout.strided(DType.FP32, rows, new long[] {group * dim, dim, token, 1});
            Layout k = Layout.strided(
                    DType.FP32, new long[] {kvHeads, 1, dim, keys}, new long[] {dim, dim, 1, kvHeads * dim});
            Layout v = Layout.strided(
                    DType.FP32, new long[] {kvHeads, 1, keys, dim}, new long[] {dim, dim, kvHeads * dim, 1});
            Layout s = Layout.rowMajor(DType.FP32, kvHeads, group, queries, keys);
            try (Matmul first = Matmul.of(q, k, s).times((float) (1 / Math.sqrt(dim)));
                    Matmul second = Matmul.of(s, v, q)) {
                primitives = List.of(
                        first.compile(device.oneDnn()),
                        Softmax.compile(device.oneDnn(), s, s),
                        second.compile(device.oneDnn()));
            }
            executions = List.of(
                    primitives
                            .get(0)
                            .bind(List.of(
                                    Argument.source(q, operands.address("q")),
                                    Argument.weights(k, operands.address("k")),
                                    Argument.destination(s, scores.address()))),
                    primitives
                            .get(1)
                            .bind(List.of(
                                    Argument.source(s, scores.address()), Argument.destination(s, scores.address()))),
                    primitives
                            .get(2)
                            .bind(List.of(
                                    Argument.source(s, scores.address()),
                                    Argument.weights(v, operands.address("v")),
                                    Argument.destination(q, output.address()))));
            task = NativeTask.ofPrimitives(device.oneDnn(), executions);
        }

        @Override
        public void close() {
            task.close();
            executions.forEach(Execution::close);
            primitives.forEach(Primitive::close);
            scores.close();
            output.close();
        }
    }
}
