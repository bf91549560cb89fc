package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.oracle.ExactExpectation.Buffer;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Rope;
import dev.ridgepoint.kernels.shape.Rotary;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What appending must leave in a cache. Keys are turned as {@link Turning} says, where anything turns. A plain cache has that
 * rounded once to its type, a quantised one has the codes and the scale its format gives the unrounded row. Values are not
 * turned. Every other place stays as it was.
 */
final class AppendExpectation {
    private final AttentionShape shape;
    private final QuantFormat format;
    private final OperandSet operands;
    /** Null where nothing turns. */
    private final Turning turning;

    private AppendExpectation(AppendProblem problem, OperandSet operands) {
        AppendShape append = problem.shape();
        shape = append.reader();
        format = problem.precision().kvFormat();
        this.operands = operands;
        turning = append.rotary() == Rotary.NONE
                ? null
                : Turning.of(new Rope(append.rotary(), append.rotaryDim()), operands);
    }

    static ExactExpectation of(AppendProblem problem, OperandSet operands) {
        AppendExpectation all = new AppendExpectation(problem, operands);
        List<Buffer> buffers = new ArrayList<>(all.written("k", true));
        buffers.addAll(all.written("v", false));
        return new ExactExpectation(buffers, Tolerance.of(problem).source());
    }

    /** The cache of keys or values, and its scales where it is quantised. */
    private List<Buffer> written(String name, boolean keys) {
        DecodedMatrix rows = DecodedMatrix.of(operands, name);
        int width = rows.cols();
        Target target = new Target(spec(name + "Cache"), width, format == null);
        Target scales = format == null ? null : new Target(spec(name + "CacheScales"), 1, false);
        int heads = Math.toIntExact(shape.kvHeads());
        boolean turned = keys && turning != null;
        IntBuffer positions = turned ? operands.input("positions").asIntBuffer() : null;
        List<Sequence> sequences = Sequence.of(shape, operands);
        Slots slots = Slots.of(shape, operands, sequences.size());
        for (Sequence sequence : sequences) {
            for (int i = 0; i < sequence.queries(); i++) {
                int token = sequence.firstQuery() + i;
                long slot = slots.of(sequence, sequence.keys() - sequence.queries() + i);
                for (int head = 0; head < heads; head++) {
                    float[] row = rows.rows(0, token * heads + head, 1);
                    if (turned) {
                        turning.turn(row, 0, positions.get(token));
                    }
                    put(row, slot * heads + head, target, scales);
                }
            }
        }
        return scales == null ? List.of(target.buffer()) : List.of(target.buffer(), scales.buffer());
    }

    private OperandSpec spec(String name) {
        return operands.specs().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void put(float[] row, long at, Target target, Target scales) {
        if (format == null) {
            target.put(at, FloatCodec.encode(target.spec.type(), row));
            return;
        }
        QuantCodec codec = QuantCodecs.of(format);
        QuantTensor tensor = codec.encode(row, 1, row.length);
        target.put(at, tensor.codes());
        scales.put(at, tensor.scales());
    }

    /** A buffer of rows, of which some are written. */
    private static final class Target {
        private final OperandSpec spec;
        private final int cols;
        private final boolean numeric;
        private final byte[] bytes;
        private final BitSet written = new BitSet();

        Target(OperandSpec spec, int cols, boolean numeric) {
            this.spec = spec;
            this.cols = cols;
            this.numeric = numeric;
            this.bytes = new byte[Math.toIntExact(spec.bytes())];
        }

        void put(long row, byte[] content) {
            ByteBuffer.wrap(bytes).put(Math.toIntExact(row * content.length), content);
            int first = Math.toIntExact(row * cols);
            written.set(first, first + cols);
        }

        Buffer buffer() {
            return new Buffer(spec.name(), spec.type(), cols, numeric, bytes, written);
        }
    }
}
