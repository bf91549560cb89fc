package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.cuda.attention.ReferenceAttention;
import dev.ridgepoint.kernels.cuda.gemm.ReferenceGemm;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The references in fp64 on a device, against the oracle and against sums written out here: a JVM of its own. */
final class ReferenceTrial {
    private static final long SEED = 3;
    private static final double CLOSE = 1e-12;

    private ReferenceTrial() {}

    private static final List<AttentionProblem> ATTENTIONS = List.of(
            new AttentionProblem(AttentionShape.of(2, 4, 2, 3, 5, 24, Mask.FULL), Precision.FP32),
            new AttentionProblem(
                    new AttentionShape(
                            1,
                            4,
                            2,
                            0,
                            0,
                            24,
                            40,
                            Mask.CAUSAL,
                            0,
                            16,
                            false,
                            0,
                            List.of(new Segment(1, 3, 300), new Segment(2, 1, 17), new Segment(1, 1, 1))),
                    Precision.FP32),
            // Rows that see no key, of sequences without keys and of more queries than keys.
            new AttentionProblem(
                    new AttentionShape(
                            1,
                            4,
                            2,
                            0,
                            0,
                            24,
                            40,
                            Mask.CAUSAL,
                            0,
                            0,
                            false,
                            0,
                            List.of(new Segment(1, 3, 0), new Segment(1, 0, 9), new Segment(1, 7, 5))),
                    Precision.FP32),
            new AttentionProblem(
                    AttentionShape.of(1, 2, 1, 6, 20, 32, Mask.CAUSAL).withWindow(Mask.SLIDING, 50), Precision.BF16),
            new AttentionProblem(
                    AttentionShape.of(1, 2, 2, 9, 9, 16, Mask.FULL).withWindow(Mask.LOCAL, 4), Precision.FP16),
            new AttentionProblem(AttentionShape.of(2, 2, 1, 5, 21, 64, Mask.TREE), Precision.BF16_KV_INT8),
            new AttentionProblem(
                    new AttentionShape(2, 3, 1, 1, 33, 320, 272, Mask.CAUSAL, 0, 0, true, 0, List.of()),
                    Precision.BF16_KV_FP8));

    /** Of every precision that products are in; the last groups of all are ragged, as are words of eight channels. */
    private static final List<GemmProblem> PRODUCTS = Precision.ALL.stream()
            .filter(precision -> !precision.quantisesCacheOnly())
            .map(precision -> new GemmProblem(GemmShape.of(5, 300, 333), precision))
            .toList();

    /** Lines it prints, each with whether something held. */
    static final int ANSWERS = PRODUCTS.size() + ATTENTIONS.size() + 2;

    public static void main(String[] args) {
        try (CudaDevice device = (CudaDevice) Devices.open(args[0])) {
            for (GemmProblem problem : PRODUCTS) {
                OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, SEED);
                LaunchPlan plan = ReferenceGemm.plan(problem, 0, problem.shape().m());
                Sums sums = run(device, CudaProbe.REFERENCE_GEMM, plan, operands, "c");
                report(operands, sums, problem.precision().output());
            }
            for (AttentionProblem problem : ATTENTIONS) {
                OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, SEED);
                LaunchPlan plan = ReferenceAttention.plan(problem);
                Sums sums = run(device, CudaProbe.REFERENCE_ATTENTION, plan, operands, "o");
                report(operands, sums, problem.precision().output());
            }
            lastRowOfAProduct(device);
            oneKey(device);
        }
    }

    private record Sums(double[] values, double[] magnitudes, double[] squares) {}

    private static void report(OperandSet operands, Sums sums, DType output) {
        boolean passed = Verifier.of(operands.problem(), operands)
                .check((name, offset, to) -> encode(output, sums.values, offset, to))
                .passed();
        System.out.println(operands.problem().id() + " " + passed);
    }

    /** Against sums written out here. */
    private static void lastRowOfAProduct(CudaDevice device) {
        GemmProblem problem = PRODUCTS.get(0);
        GemmShape shape = problem.shape();
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, SEED);
        Sums sums = run(device, CudaProbe.REFERENCE_GEMM, ReferenceGemm.plan(problem, shape.m() - 1, 1), operands, "c");
        FloatBuffer a = operands.input("a").asFloatBuffer();
        FloatBuffer b = operands.input("b").asFloatBuffer();
        boolean same = true;
        for (int col = 0; col < shape.n(); col++) {
            double sum = 0;
            double magnitude = 0;
            double square = 0;
            for (int i = 0; i < shape.k(); i++) {
                double term =
                        (double) a.get((int) ((shape.m() - 1) * shape.k() + i)) * b.get((int) (col * shape.k() + i));
                sum += term;
                magnitude += Math.abs(term);
                square += term * term;
            }
            same &= close(sum, sums.values[col], magnitude)
                    && close(magnitude, sums.magnitudes[col], magnitude)
                    && close(square, sums.squares[col], square);
        }
        System.out.println("last row " + same);
    }

    /** Of one key the probability is 1, so that the terms are the values. */
    private static void oneKey(CudaDevice device) {
        AttentionProblem problem =
                new AttentionProblem(AttentionShape.of(1, 1, 1, 1, 1, 300, Mask.FULL), Precision.FP32);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, SEED);
        Sums sums = run(device, CudaProbe.REFERENCE_ATTENTION, ReferenceAttention.plan(problem), operands, "o");
        FloatBuffer v = operands.input("v").asFloatBuffer();
        boolean same = true;
        for (int d = 0; d < v.limit(); d++) {
            double value = v.get(d);
            same &= sums.values[d] == value
                    && sums.magnitudes[d] == Math.abs(value)
                    && sums.squares[d] == value * value;
        }
        System.out.println("one key " + same);
    }

    private static boolean close(double expected, double actual, double size) {
        return Math.abs(expected - actual) <= CLOSE * size;
    }

    private static Sums run(CudaDevice device, CudaProbe kernel, LaunchPlan plan, OperandSet operands, String output) {
        Map<String, DeviceBuffer> buffers = new LinkedHashMap<>();
        for (OperandSpec spec : operands.specs()) {
            boolean input = spec.role() == OperandSpec.Role.INPUT;
            // An output in 16 bits takes four times the bytes in fp64, one in 32 bits twice.
            buffers.put(spec.name(), device.allocate(input ? spec.bytes() : 4 * spec.bytes()));
            if (input) {
                buffers.get(spec.name()).upload(0, operands.input(spec.name()));
            }
        }
        long bytes = buffers.get(output).bytes();
        buffers.put("magnitudes", device.allocate(bytes));
        buffers.put("squares", device.allocate(bytes));
        // More than a number a row.
        buffers.put("scores", device.allocate(bytes));
        try (PreparedLaunch launch = device.prepare(kernel, plan, buffers)) {
            launch.launch();
            launch.synchronize();
        }
        Sums sums = new Sums(
                doubles(buffers.get(output)), doubles(buffers.get("magnitudes")), doubles(buffers.get("squares")));
        buffers.values().forEach(DeviceBuffer::close);
        return sums;
    }

    private static double[] doubles(DeviceBuffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate((int) buffer.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        buffer.download(0, bytes);
        double[] values = new double[bytes.capacity() / Double.BYTES];
        bytes.clear().asDoubleBuffer().get(values);
        return values;
    }

    /** The part of the output, in its own type, that the gate asks for. */
    private static void encode(DType type, double[] values, long offset, ByteBuffer to) {
        int first = (int) (offset / type.bytes());
        float[] part = new float[(int) (to.remaining() / type.bytes())];
        for (int i = 0; i < part.length; i++) {
            part[i] = (float) values[first + i];
        }
        to.put(FloatCodec.encode(type, part));
    }
}
