package dev.ridgepoint.kernels.precision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Eight-bit codes in row-major order under one fp32 scale a group: what int8 and fp8 formats have in common.
 *
 * <p>The group's largest magnitude is an exact maximum that passes over NaN, as {@code fmaxf} does, so it does not
 * depend on the order of the reduction. Scales lie row-major over groups, little-endian; a ragged last group is an
 * ordinary group. A value decodes to {@code code * scale}, one fp32 multiplication.
 */
abstract class ScaledCodec implements QuantCodec {
    private final QuantFormat format;

    ScaledCodec(QuantFormat format) {
        this.format = format;
    }

    /** The scale stored for a group with this largest magnitude. */
    abstract float scale(float absMax);

    /** The number that elements are divided or multiplied by. */
    abstract float factor(float absMax, float scale);

    /** Codes of {@code values[from, to)}, all of one group, at the same places of {@code codes}. */
    abstract void encodeRun(float[] values, int from, int to, float factor, byte[] codes);

    /** Values of the codes from {@code codeFrom} on, all of one group. */
    abstract void decodeRun(byte[] codes, int codeFrom, float scale, float[] values, int from, int to);

    @Override
    public final QuantFormat format() {
        return format;
    }

    @Override
    public final QuantTensor encode(float[] values, int rows, int cols) {
        Groups groups = Groups.of(format.granularity(), values, rows, cols);
        QuantTensor tensor = QuantTensor.empty(format, rows, cols, 1);
        float[] absMax = groups.absMax(values);
        float[] factors = new float[absMax.length];
        ByteBuffer scales = ByteBuffer.wrap(tensor.scales()).order(ByteOrder.LITTLE_ENDIAN);
        for (int g = 0; g < absMax.length; g++) {
            float scale = scale(absMax[g]);
            scales.putFloat(scale);
            factors[g] = factor(absMax[g], scale);
        }
        groups.forEachRun(0, rows, (group, from, to) -> encodeRun(values, from, to, factors[group], tensor.codes()));
        return tensor;
    }

    @Override
    public final byte[] encodeUnder(float scale, float[] values) {
        byte[] codes = new byte[values.length];
        encodeRun(values, 0, values.length, factor(scale * largestCode(), scale), codes);
        return codes;
    }

    @Override
    public final float[] decodeRows(QuantTensor tensor, int fromRow, int toRow) {
        Groups groups = new Groups(format.granularity(), tensor.rows(), tensor.cols());
        ByteBuffer scales = ByteBuffer.wrap(tensor.scales()).order(ByteOrder.LITTLE_ENDIAN);
        int start = fromRow * tensor.cols();
        float[] values = new float[toRow * tensor.cols() - start];
        groups.forEachRun(
                fromRow,
                toRow,
                (group, from, to) -> decodeRun(
                        tensor.codes(), from, scales.getFloat(group * Float.BYTES), values, from - start, to - start));
        return values;
    }
}
