package dev.ridgepoint.kernels.cuda;

/** What a kernel is handed for one of its parameters. */
public sealed interface Argument {
    /** Size of the parameter, which is also its alignment. */
    int bytes();

    /** The address of a buffer: an operand of the problem or scratch of the plan, by name. */
    record Buffer(String name) implements Argument {
        @Override
        public int bytes() {
            return Long.BYTES;
        }
    }

    /**
     * A number.
     *
     * @param bits its bits, the lowest {@code bytes} of them
     * @param bytes 1, 2, 4 or 8
     */
    record Scalar(long bits, int bytes) implements Argument {
        public Scalar {
            if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8) {
                throw new IllegalArgumentException("bytes: a scalar has 1, 2, 4 or 8, got " + bytes);
            }
        }
    }

    static Argument buffer(String name) {
        return new Buffer(name);
    }

    /** A pointer to nothing. */
    static Argument nullPointer() {
        return new Scalar(0, 8);
    }

    static Argument int8(int value) {
        return new Scalar(value & 0xffL, 1);
    }

    static Argument int16(int value) {
        return new Scalar(value & 0xffffL, 2);
    }

    static Argument int32(int value) {
        return new Scalar(value & 0xffff_ffffL, 4);
    }

    static Argument int64(long value) {
        return new Scalar(value, 8);
    }

    static Argument fp32(float value) {
        return int32(Float.floatToRawIntBits(value));
    }

    static Argument fp64(double value) {
        return int64(Double.doubleToRawLongBits(value));
    }
}
