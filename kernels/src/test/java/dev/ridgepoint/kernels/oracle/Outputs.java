package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/** One output operand in memory, to be tampered with. */
final class Outputs implements OutputReader {
    private final String name;
    private final DType type;
    private final byte[] bytes;

    private Outputs(String name, DType type, byte[] bytes) {
        this.name = name;
        this.type = type;
        this.bytes = bytes;
    }

    static Outputs of(String name, DType type, float[] values) {
        return new Outputs(name, type, FloatCodec.encode(type, values));
    }

    Outputs copy() {
        return new Outputs(name, type, bytes.clone());
    }

    @Override
    public void read(String operand, long offset, ByteBuffer target) {
        if (!operand.equals(name)) {
            throw new IllegalArgumentException(operand);
        }
        target.put(bytes, (int) offset, target.remaining());
    }

    int elements() {
        return bytes.length / bytesOfElement();
    }

    float get(int element) {
        float[] value = new float[1];
        FloatCodec.decode(type, ByteBuffer.wrap(bytes).position(element * bytesOfElement()), value, 0, 1);
        return value[0];
    }

    void set(int element, float value) {
        ByteBuffer at = ByteBuffer.wrap(bytes).position(element * bytesOfElement());
        FloatCodec.encode(type, new float[] {value}, 0, 1, at);
    }

    /** Leaves elements as the gate left them before the kernel ran. */
    void poison(int from, int to) {
        Arrays.fill(bytes, from * bytesOfElement(), to * bytesOfElement(), Verifier.POISON);
    }

    /** Takes every element from the place that {@code from} names. */
    Outputs permuted(LongUnaryOperator from) {
        Outputs moved = copy();
        for (int i = 0; i < elements(); i++) {
            moved.set(i, get((int) from.applyAsLong(i)));
        }
        return moved;
    }

    private int bytesOfElement() {
        return type.bits() / 8;
    }
}
