package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.ByteBuffer;

/** A product as a kernel would compute it: fp32 sums, one by one, rounded to the output type. */
final class PlainKernel {
    private PlainKernel() {}

    static Outputs multiply(GemmProblem problem, OperandSet operands) {
        GemmShape shape = problem.shape();
        DecodedMatrix a = DecodedMatrix.of(operands, "a");
        DecodedMatrix b = DecodedMatrix.of(operands, "b");
        int m = (int) shape.m();
        int n = (int) shape.n();
        int k = (int) shape.k();
        int choices = shape.moe() == null ? 1 : shape.moe().topK();
        float[] c = new float[m * choices * n];
        for (int row = 0; row < m * choices; row++) {
            int expert = shape.moe() == null ? 0 : operands.input("routing").getInt(row * 4);
            float[] left = a.rows(0, row / choices, 1);
            float[] weights = b.rows(expert, 0, n);
            for (int j = 0; j < n; j++) {
                float sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += left[l] * weights[j * k + l];
                }
                c[row * n + j] = sum * (float) (a.factor(0) * b.factor(expert));
            }
        }
        return new Outputs("c", problem.precision().output(), c);
    }

    /** One output operand, to be tampered with. */
    static final class Outputs implements OutputReader {
        private final String name;
        private final DType type;
        private final byte[] bytes;

        Outputs(String name, DType type, float[] values) {
            this.name = name;
            this.type = type;
            this.bytes = FloatCodec.encode(type, values);
        }

        @Override
        public void read(String operand, long offset, ByteBuffer target) {
            if (!operand.equals(name)) {
                throw new IllegalArgumentException(operand);
            }
            target.put(bytes, (int) offset, target.remaining());
        }

        int elements() {
            return bytes.length * 8 / type.bits();
        }

        float get(int element) {
            float[] value = new float[1];
            FloatCodec.decode(type, at(element), value, 0, 1);
            return value[0];
        }

        void set(int element, float value) {
            FloatCodec.encode(type, new float[] {value}, 0, 1, at(element));
        }

        void poison(int element) {
            ByteBuffer at = at(element);
            for (int i = 0; i < type.bits() / 8; i++) {
                at.put(Verifier.POISON);
            }
        }

        private ByteBuffer at(int element) {
            return ByteBuffer.wrap(bytes).position(element * type.bits() / 8);
        }
    }
}
