package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * The OCP microscaling formats (MX v1.0): blocks of 32 along a row under one E8M0 scale, which {@link QuantCodecs#of}
 * chooses by {@link MxScaleRule#FLOOR}.
 *
 * <p>Scaling is by powers of two, so division and multiplication by the reciprocal are the same: {@code code =
 * cvt.rn.satfinite(x * 2^-e)}. The scale 2^127 has the subnormal reciprocal 2^-127, which must not be flushed. Scales
 * lie row-major [rows, ceil(cols / 32)], not in the swizzled order of cuBLAS; a ragged last block is ordinary.
 *
 * <p>NaN and infinity make their whole block NaN: scale 255, codes 0x7F in fp8 and, as e2m1 has no NaN, 0x7 in fp4. An
 * all-zero block has scale code 0 and zero codes. value = code * 2^e in fp32.
 */
final class MxCodec implements QuantCodec {
    private final QuantFormat format;
    private final MiniFloat element;
    private final MxScaleRule rule;

    private MxCodec(QuantFormat format, MxScaleRule rule) {
        this.format = format;
        this.element = (MiniFloat) FloatCodec.of(format.element());
        this.rule = rule;
    }

    static List<QuantCodec> all() {
        return List.of(
                new MxCodec(QuantFormat.MXFP8_E4M3, MxScaleRule.FLOOR),
                new MxCodec(QuantFormat.MXFP4, MxScaleRule.FLOOR));
    }

    static QuantCodec of(QuantFormat format, MxScaleRule rule) {
        if (!format.equals(QuantFormat.MXFP8_E4M3) && !format.equals(QuantFormat.MXFP4)) {
            throw new IllegalArgumentException("format: expected mxfp8_e4m3 or mxfp4, got " + format);
        }
        return new MxCodec(format, rule);
    }

    @Override
    public QuantFormat format() {
        return format;
    }

    @Override
    public QuantTensor encode(float[] values, int rows, int cols) {
        Groups groups = Groups.of(format.granularity(), values, rows, cols);
        QuantTensor tensor = QuantTensor.empty(format, rows, cols, 1);
        CodeRows codes = new CodeRows(format.layout(), cols, tensor.codes());
        groups.forEachRun(0, rows, (group, from, to) -> {
            int scale = scaleCode(values, from, to);
            tensor.scales()[group] = (byte) scale;
            float reciprocal = FloatCodec.decode(DType.E8M0, scale == E8m0.NAN ? scale : 254 - scale);
            for (int i = from; i < to; i++) {
                codes.put(i, element.encode(values[i] * reciprocal));
            }
        });
        return tensor;
    }

    private int scaleCode(float[] values, int from, int to) {
        float absMax = 0;
        for (int i = from; i < to; i++) {
            absMax = Math.max(absMax, Math.abs(values[i]));
        }
        return Float.isFinite(absMax) ? rule.code(absMax, element) : E8m0.NAN;
    }

    @Override
    public float[] decodeRows(QuantTensor tensor, int fromRow, int toRow) {
        Groups groups = new Groups(format.granularity(), tensor.rows(), tensor.cols());
        CodeRows codes = new CodeRows(format.layout(), tensor.cols(), tensor.codes());
        int start = fromRow * tensor.cols();
        float[] values = new float[toRow * tensor.cols() - start];
        groups.forEachRun(fromRow, toRow, (group, from, to) -> {
            float scale = FloatCodec.decode(DType.E8M0, tensor.scales()[group]);
            for (int i = from; i < to; i++) {
                values[i - start] = element.decode(codes.get(i)) * scale;
            }
        });
        return values;
    }
}
