package dev.ridgepoint.kernels.operand;

import java.util.Arrays;
import java.util.stream.Stream;

/** Rows, one kind after another, of what goes wrong in kernels. */
final class AdversarialRows implements ValueStream {
    /** One kind of row: its value at a column, given a normal value to vary it with. */
    private interface Kind {
        float at(long col, float normal);
    }

    private static final Kind[] FINITE = {
        (col, normal) -> normal,
        // Ties of int8 under scale 1 (the first column is the largest), and of e4m3 between 8 and 16.
        (col, normal) -> col == 0 ? 127 : col % 120 + 0.5f,
        // Neighbours of ties on either side.
        (col, normal) -> col == 0 ? 127 : Math.nextAfter(col % 120 + 0.5f, normal * 1e9),
        // Ties of e4m3 under scale 1: 8.5, 9.5 ... 15.5 lie half-way between codes.
        (col, normal) -> col == 0 ? 448 : 8.5f + col % 8,
        (col, normal) -> 0,
        (col, normal) -> -1.5f,
        // Sums cancel to the last pair.
        (col, normal) -> col % 2 == 0 ? 3 : -3,
        // Subnormal in fp32 and bf16, zero in fp16.
        (col, normal) -> normal * 1e-39f,
        // Subnormal in fp16 and e5m2.
        (col, normal) -> normal * 0x1p-17f,
        // Forty powers of two, either sign.
        (col, normal) -> Math.copySign(Math.scalb(1f, (int) (col * 7 % 40) - 28), normal),
        // All but one element vanish beside it.
        (col, normal) -> col == 1 ? 30000 : normal * 1e-3f,
        (col, normal) -> col % 2 == 0 ? 0f : -0f,
    };

    private static final Kind[] NON_FINITE = {
        (col, normal) -> col == 1 ? Float.NaN : normal,
        (col, normal) -> col == 1 ? Float.POSITIVE_INFINITY : normal,
        (col, normal) -> col == 1 ? Float.NEGATIVE_INFINITY : normal,
    };

    private final ValueStream normals;
    private final long cols;
    private final Kind[] kinds;

    private AdversarialRows(ValueStream normals, long cols, Kind[] kinds) {
        this.normals = normals;
        this.cols = cols;
        this.kinds = kinds;
    }

    static ValueStream finite(ValueStream normals, long cols) {
        return new AdversarialRows(normals, cols, FINITE);
    }

    static ValueStream nonFinite(ValueStream normals, long cols) {
        Kind[] all =
                Stream.concat(Arrays.stream(NON_FINITE), Arrays.stream(FINITE)).toArray(Kind[]::new);
        return new AdversarialRows(normals, cols, all);
    }

    @Override
    public void fill(long first, float[] target, int count) {
        normals.fill(first, target, count);
        int i = 0;
        while (i < count) {
            Kind kind = kinds[(int) ((first + i) / cols % kinds.length)];
            for (long col = (first + i) % cols; col < cols && i < count; col++) {
                target[i] = kind.at(col, target[i]);
                i++;
            }
        }
    }
}
