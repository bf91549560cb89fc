package dev.ridgepoint.kernels.operand;

import java.util.Arrays;
import java.util.function.LongFunction;

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

    /** Which rows the few are, each with the kind of its place in {@link #NON_FINITE}: of different heads, however many there are. */
    private static final long[] FEW = {10, 25, 40};

    private final ValueStream normals;
    private final long cols;
    private final LongFunction<Kind> kinds;

    private AdversarialRows(ValueStream normals, long cols, LongFunction<Kind> kinds) {
        this.normals = normals;
        this.cols = cols;
        this.kinds = kinds;
    }

    static ValueStream finite(ValueStream normals, long cols) {
        return new AdversarialRows(normals, cols, AdversarialRows::finite);
    }

    static ValueStream nonFinite(ValueStream normals, long cols, Specials specials) {
        return new AdversarialRows(
                normals,
                cols,
                switch (specials) {
                    case NONE -> AdversarialRows::finite;
                    case ROWS -> row -> inTurn(row, NON_FINITE.length);
                    case NAN_ROWS -> row -> inTurn(row, 1);
                    case FEW -> row -> few(row, NON_FINITE.length);
                    case ONE_NAN -> row -> few(row, 1);
                    case FIRST_ROW -> row -> row == 0 ? NON_FINITE[0] : FINITE[0];
                    case USUAL_ROWS -> row -> FINITE[0];
                });
    }

    private static Kind finite(long row) {
        return FINITE[(int) (row % FINITE.length)];
    }

    /** A usual row first, so that a product of one row is not NaN all over. */
    private static Kind inTurn(long row, int specials) {
        int place = (int) (row % (specials + FINITE.length));
        return place == 0 || place > specials ? finite(place == 0 ? 0 : place - specials) : NON_FINITE[place - 1];
    }

    private static Kind few(long row, int specials) {
        int which = Arrays.binarySearch(FEW, row);
        return which >= 0 && which < specials ? NON_FINITE[which] : finite(row);
    }

    @Override
    public void fill(long first, float[] target, int count) {
        normals.fill(first, target, count);
        int i = 0;
        while (i < count) {
            Kind kind = kinds.apply((first + i) / cols);
            for (long col = (first + i) % cols; col < cols && i < count; col++) {
                target[i] = kind.at(col, target[i]);
                i++;
            }
        }
    }
}
