package dev.ridgepoint.kernels.oracle;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Arrays in a file: the length, then the elements, big-endian, in blocks. */
final class ArrayData {
    private static final int BLOCK = 1 << 13;

    private ArrayData() {}

    static void write(DataOutput target, byte[] array) throws IOException {
        target.writeInt(array.length);
        target.write(array);
    }

    static byte[] readBytes(DataInput source) throws IOException {
        byte[] array = new byte[source.readInt()];
        source.readFully(array);
        return array;
    }

    static void write(DataOutput target, double[] array) throws IOException {
        target.writeInt(array.length);
        byte[] block = new byte[BLOCK * Double.BYTES];
        for (int from = 0; from < array.length; from += BLOCK) {
            int count = Math.min(BLOCK, array.length - from);
            ByteBuffer.wrap(block).asDoubleBuffer().put(array, from, count);
            target.write(block, 0, count * Double.BYTES);
        }
    }

    static double[] readDoubles(DataInput source) throws IOException {
        double[] array = new double[source.readInt()];
        byte[] block = new byte[BLOCK * Double.BYTES];
        for (int from = 0; from < array.length; from += BLOCK) {
            int count = Math.min(BLOCK, array.length - from);
            source.readFully(block, 0, count * Double.BYTES);
            ByteBuffer.wrap(block).asDoubleBuffer().get(array, from, count);
        }
        return array;
    }

    static void write(DataOutput target, float[] array) throws IOException {
        target.writeInt(array.length);
        byte[] block = new byte[BLOCK * Float.BYTES];
        for (int from = 0; from < array.length; from += BLOCK) {
            int count = Math.min(BLOCK, array.length - from);
            ByteBuffer.wrap(block).asFloatBuffer().put(array, from, count);
            target.write(block, 0, count * Float.BYTES);
        }
    }

    static float[] readFloats(DataInput source) throws IOException {
        float[] array = new float[source.readInt()];
        byte[] block = new byte[BLOCK * Float.BYTES];
        for (int from = 0; from < array.length; from += BLOCK) {
            int count = Math.min(BLOCK, array.length - from);
            source.readFully(block, 0, count * Float.BYTES);
            ByteBuffer.wrap(block).asFloatBuffer().get(array, from, count);
        }
        return array;
    }
}
