package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Rotary;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntBinaryOperator;

/** A machine that appends token by token, written apart from the oracle: complex numbers, and its own search for slots. */
final class AppendMachine {
    private AppendMachine() {}

    /** What it leaves, by buffer; bytes it does not touch are {@code before}. */
    static Map<String, byte[]> append(AppendProblem problem, OperandSet operands, byte before) {
        AppendShape append = problem.shape();
        Map<String, byte[]> outputs = new HashMap<>();
        for (OperandSpec spec : operands.specs()) {
            if (spec.role() == OperandSpec.Role.OUTPUT) {
                byte[] bytes = new byte[(int) spec.bytes()];
                Arrays.fill(bytes, before);
                outputs.put(spec.name(), bytes);
            }
        }
        int token = 0;
        int sequence = 0;
        int firstOfSequence = 0;
        for (Segment segment : append.reader().sequences()) {
            for (int s = 0; s < segment.count(); s++, sequence++) {
                int cached = (int) (segment.seqLenKv() - segment.seqLenQ());
                for (int i = 0; i < segment.seqLenQ(); i++, token++) {
                    int slot = slot(append, operands, sequence, firstOfSequence, cached + i);
                    for (int head = 0; head < append.reader().kvHeads(); head++) {
                        int from = token * (int) append.reader().kvHeads() + head;
                        int to = slot * (int) append.reader().kvHeads() + head;
                        float[] key = row(operands, problem, "k", from);
                        if (append.rotary() != Rotary.NONE) {
                            int position =
                                    operands.input("positions").asIntBuffer().get(token);
                            rotate(key, append, operands, position);
                        }
                        store(problem, key, "kCache", to, outputs);
                        store(problem, row(operands, problem, "v", from), "vCache", to, outputs);
                    }
                }
                firstOfSequence += (int) segment.seqLenKv();
            }
        }
        return outputs;
    }

    private static int slot(AppendShape append, OperandSet operands, int sequence, int first, int key) {
        int page = (int) append.reader().pageSize();
        if (page == 0) {
            return first + key;
        }
        int longest = append.reader().sequences().stream()
                .mapToInt(s -> (int) ((s.seqLenKv() + page - 1) / page))
                .max()
                .orElseThrow();
        IntBuffer table = operands.input("blockTable").asIntBuffer();
        return table.get(sequence * longest + key / page) * page + key % page;
    }

    private static float[] row(OperandSet operands, AppendProblem problem, String name, int row) {
        int width = (int)
                (name.equals("k")
                        ? problem.shape().reader().headDim()
                        : problem.shape().reader().valueDim());
        DType type = problem.precision().activation();
        float[] values = new float[width];
        ByteBuffer source = operands.input(name);
        source.position(row * width * type.bits() / 8);
        FloatCodec.decode(type, source, values, 0, width);
        return values;
    }

    private static void rotate(float[] key, AppendShape append, OperandSet operands, int position) {
        int width = (int) append.rotaryDim();
        int half = width / 2;
        IntBinaryOperator place =
                append.rotary() == Rotary.HALF ? (pair, part) -> pair + part * half : (pair, part) -> 2 * pair + part;
        for (int pair = 0; pair < half; pair++) {
            float re = operands.input("cosSin").getFloat(4 * (position * width + pair));
            float im = operands.input("cosSin").getFloat(4 * (position * width + half + pair));
            float x = key[place.applyAsInt(pair, 0)];
            float y = key[place.applyAsInt(pair, 1)];
            float xRe = x * re;
            float yIm = y * im;
            float yRe = y * re;
            float xIm = x * im;
            key[place.applyAsInt(pair, 0)] = xRe - yIm;
            key[place.applyAsInt(pair, 1)] = yRe + xIm;
        }
    }

    private static void store(AppendProblem problem, float[] row, String name, int at, Map<String, byte[]> outputs) {
        if (problem.precision().kvFormat() == null) {
            byte[] bytes = FloatCodec.encode(problem.precision().kv(), row);
            System.arraycopy(bytes, 0, outputs.get(name), at * bytes.length, bytes.length);
            return;
        }
        QuantTensor tensor = QuantCodecs.of(problem.precision().kvFormat()).encode(row, 1, row.length);
        System.arraycopy(tensor.codes(), 0, outputs.get(name), at * row.length, row.length);
        System.arraycopy(tensor.scales(), 0, outputs.get(name + "Scales"), at * 4, 4);
    }
}
