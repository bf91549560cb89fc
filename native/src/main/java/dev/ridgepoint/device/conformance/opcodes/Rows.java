package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.kernels.operand.CounterRandom;

/** Numbers at which instructions go wrong, every pair of them, and seeded ones beside them. */
final class Rows {
    private static final long SEED = 1;
    private static final int OPERANDS = 4;
    /** Exponents this far from 1's, so that sums are not one operand alone. */
    private static final int NEAR = 12;

    private static final long[] INTEGERS = {
        0,
        1,
        2,
        3,
        7,
        31,
        32,
        33,
        63,
        64,
        255,
        0xffff,
        -1,
        -2,
        0x5555555555555555L,
        0xaaaaaaaaaaaaaaaaL,
        0x0123456789abcdefL
    };
    private static final long[] F32 = {
        0,
        0x80000000L,
        1,
        0x80000001L,
        0x7fffff,
        0x800000,
        0x80800000L,
        0x3f800000,
        0xbf800000L,
        0x3f800001,
        0x3f7fffff,
        0x40000000,
        0x3f000000,
        0x40490fdb,
        0x7f7fffff,
        0xff7fffffL,
        0x7f800000,
        0xff800000L,
        0x7fc00000,
        0x7f800001,
        0x4b000000,
        0x33800000
    };
    private static final long[] F64 = {
        0,
        1L << 63,
        1,
        0x10000000000000L,
        0xfffffffffffffL,
        0x3ff0000000000000L,
        0xbff0000000000000L,
        0x3ff0000000000001L,
        0x4000000000000000L,
        0x7fefffffffffffffL,
        0x7ff0000000000000L,
        0xfff0000000000000L,
        0x7ff8000000000000L,
        0x4330000000000000L,
        0x41dfffffffc00000L,
        0x3ca0000000000000L
    };
    private static final long[] F16 = {
        0, 0x8000, 1, 0x3ff, 0x400, 0x3c00, 0xbc00, 0x3c01, 0x7bff, 0xfbff, 0x7c00, 0xfc00, 0x7e00, 0x4000, 0x3555,
        0x1400
    };
    private static final long[] BF16 = {
        0, 0x8000, 1, 0x7f, 0x80, 0x3f80, 0xbf80, 0x3f81, 0x7f7f, 0xff7f, 0x7f80, 0xff80, 0x7fc0, 0x4000, 0x3eaa, 0x3b80
    };

    private Rows() {}

    /** Every code of so many bits as operand 0; operands behind it are scrambled codes. */
    static Inputs codes(int bits) {
        return Inputs.of(1 << bits, (row, operand) -> operand == 0 ? row : scrambled(row, operand));
    }

    /** Every code in the lower half of operand 0, scrambled ones in the upper. */
    static Inputs pairsOfCodes() {
        return Inputs.of(1 << 16, (row, operand) -> row & 0xffffL | scrambled(row, operand + 1) << 16);
    }

    private static long scrambled(long row, int operand) {
        return row * 40503 * (2L * operand + 1) & 0xffff;
    }

    /** Integers of so many bits, 32 and 64 among them as amounts and positions. */
    static Inputs integers(int bits) {
        return integers(bits, 300);
    }

    static Inputs integers(int bits, int random) {
        long top = 1L << bits - 1;
        long[] special = new long[INTEGERS.length + 4];
        System.arraycopy(INTEGERS, 0, special, 0, INTEGERS.length);
        special[INTEGERS.length] = top - 1;
        special[INTEGERS.length + 1] = top;
        special[INTEGERS.length + 2] = top + 1;
        special[INTEGERS.length + 3] = top >>> 1;
        return crossed(special).then(random("integers", random));
    }

    static Inputs f32() {
        return crossed(F32).then(floats("f32", 23, 8, 700));
    }

    static Inputs f64() {
        return crossed(F64).then(floats("f64", 52, 11, 400));
    }

    static Inputs f16() {
        return crossed(F16).then(floats("f16", 10, 5, 700));
    }

    static Inputs bf16() {
        return crossed(BF16).then(floats("bf16", 7, 8, 700));
    }

    /** Halves side by side: of each row, and of another row above. */
    static Inputs paired(Inputs halves) {
        int rows = halves.rows();
        return Inputs.of(
                rows,
                (row, operand) ->
                        halves.bits(row, operand) & 0xffff | halves.bits((row * 31 + 7) % rows, operand) << 16);
    }

    /** All pairs of these numbers as operands 0 and 1, others of them behind. */
    static Inputs crossed(long... special) {
        int n = special.length;
        return Inputs.of(n * n, (row, operand) -> switch (operand) {
            case 0 -> special[row / n];
            case 1 -> special[row % n];
            default -> special[(row / n * 7 + row % n * 3 + operand - 2) % n];
        });
    }

    /** Any bits; of four rows one has operands that nearly agree, and one a small second operand. */
    static Inputs random(String stream, int rows) {
        CounterRandom random = CounterRandom.of(SEED, stream);
        return Inputs.of(rows, (row, operand) -> {
            long bits = random.bits((long) row * OPERANDS + operand);
            if (operand != 1 || row % 4 == 0 || row % 4 == 3) {
                return bits;
            }
            return row % 4 == 1 ? random.bits((long) row * OPERANDS) ^ bits & 7 : bits & 63;
        });
    }

    /** Any bits in every second row, and numbers of a size in the others. */
    static Inputs floats(String stream, int fraction, int exponent, int rows) {
        CounterRandom random = CounterRandom.of(SEED, stream);
        long bias = (1L << exponent - 1) - 1;
        long near = Math.min(NEAR, bias - 1);
        return Inputs.of(rows, (row, operand) -> {
            long bits = random.bits((long) row * OPERANDS + operand);
            if (row % 2 == 0) {
                return bits;
            }
            long size = bias - near + (bits >>> 40) % (2 * near);
            return bits & ((1L << fraction) - 1 | 1L << fraction + exponent) | size << fraction;
        });
    }
}
