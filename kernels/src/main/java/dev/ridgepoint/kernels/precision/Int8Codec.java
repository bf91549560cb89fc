package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * Symmetric int8 as vLLM's {@code scaled_quant.cu} computes it: scale = absMax / 127, code = round(value) to nearest,
 * ties to even, saturated to [-128, 127] ({@code cvt.rni.sat.s8}).
 *
 * <p>Two forms are published, and they differ at ties. One scale a tensor: {@code x / scale}, a division. One scale a
 * token, channel or group: {@code x * inv} with {@code inv = absMax == 0 ? 0 : 127 / absMax}, a division of its own
 * and not the reciprocal of the stored scale.
 *
 * <p>Nothing else is special; the arithmetic decides. NaN passes the maximum unseen and becomes code 0. An infinity
 * makes the scale infinite and every code of its group 0, which decodes to NaN. An all-zero group has scale 0. Where
 * the largest magnitude is a subnormal so small that {@code inv} overflows (or the scale underflows to 0), non-zero
 * elements saturate and zeros, being NaN by then, become 0.
 */
final class Int8Codec extends ScaledCodec {
    /** How elements meet their scale. */
    private enum Form {
        DIVIDE,
        MULTIPLY
    }

    private final Form form;

    private Int8Codec(QuantFormat format, Form form) {
        super(format);
        this.form = form;
    }

    static List<QuantCodec> all() {
        return List.of(
                new Int8Codec(QuantFormat.INT8_TENSOR, Form.DIVIDE),
                new Int8Codec(QuantFormat.INT8_TOKEN, Form.MULTIPLY),
                new Int8Codec(QuantFormat.INT8_CHANNEL, Form.MULTIPLY),
                new Int8Codec(QuantFormat.INT8_G128, Form.MULTIPLY));
    }

    @Override
    public float largestCode() {
        return 127;
    }

    @Override
    float scale(float absMax) {
        return absMax / 127f;
    }

    @Override
    float factor(float absMax, float scale) {
        if (form == Form.DIVIDE) {
            return scale;
        }
        return absMax == 0 ? 0 : 127f / absMax;
    }

    @Override
    void encodeRun(float[] values, int from, int to, float factor, byte[] codes) {
        if (form == Form.DIVIDE) {
            for (int i = from; i < to; i++) {
                codes[i] = saturate(values[i] / factor);
            }
        } else {
            for (int i = from; i < to; i++) {
                codes[i] = saturate(values[i] * factor);
            }
        }
    }

    /** Ties to even; Java's conversion takes NaN to 0 and clamps to int, as the PTX instruction does. */
    private static byte saturate(float value) {
        return (byte) Math.max(-128, Math.min(127, (int) Math.rint(value)));
    }

    @Override
    void decodeRun(byte[] codes, int codeFrom, float scale, float[] values, int from, int to) {
        for (int i = from, c = codeFrom; i < to; i++, c++) {
            values[i] = codes[c] * scale;
        }
    }
}
