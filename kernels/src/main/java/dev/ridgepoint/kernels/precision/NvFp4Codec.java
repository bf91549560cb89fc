package dev.ridgepoint.kernels.precision;

/**
 * NVFP4: e2m1 codes in blocks of 16 along a row, under e4m3 block scales, under one fp32 scale of the tensor; as
 * TransformerEngine's {@code core_nvfp4.cuh} computes it, each step rounded to fp32 in this association:
 *
 * <ol>
 *   <li>{@code enc = min(448 * 6 / tensorAbsMax, FLT_MAX)}, 1 where the tensor's largest magnitude is 0 or infinite;
 *       {@code tensorScale = 1 / enc} is stored;
 *   <li>block scale = e4m3({@code min(blockAbsMax * (enc * (1/6)), FLT_MAX)}), saturating;
 *   <li>{@code inv = min(1 / (blockScale * tensorScale), FLT_MAX)};
 *   <li>code = e2m1({@code x * inv}), ties to even, saturating at 6.
 * </ol>
 *
 * <p>value = {@code code * (blockScale * tensorScale)}. A block scale that underflows to 0 leaves zeros 0, and whatever
 * else is in the block decodes to 0. NaN passes the maxima unseen and becomes the code of +6 (PTX satfinite); an
 * infinity saturates. Both decode to finite numbers: the format cannot show them. Scales lie row-major [rows, ceil(cols /
 * 16)], not in the swizzled order of cuBLAS; a ragged last block is ordinary.
 */
final class NvFp4Codec implements QuantCodec {
    private static final float LARGEST = 448f * 6f;
    private static final float SIXTH = 1f / 6f;

    private final QuantFormat format = QuantFormat.NVFP4;

    @Override
    public QuantFormat format() {
        return format;
    }

    @Override
    public QuantTensor encode(float[] values, int rows, int cols) {
        Groups groups = Groups.of(format.granularity(), values, rows, cols);
        float enc = encodeScale(Groups.absMax(values, 0, values.length, 0));
        float tensorScale = 1 / enc;
        QuantTensor tensor = QuantTensor.empty(format, rows, cols, tensorScale);
        CodeRows codes = new CodeRows(format.layout(), cols, tensor.codes());
        groups.forEachRun(0, rows, (group, from, to) -> {
            float wanted = Groups.absMax(values, from, to, 0) * (enc * SIXTH);
            int scaleCode = MiniFloat.E4M3.encode(Math.min(wanted, Float.MAX_VALUE));
            tensor.scales()[group] = (byte) scaleCode;
            float inv = Math.min(1 / (MiniFloat.E4M3.decode(scaleCode) * tensorScale), Float.MAX_VALUE);
            for (int i = from; i < to; i++) {
                codes.put(i, MiniFloat.E2M1.encode(values[i] * inv));
            }
        });
        return tensor;
    }

    private static float encodeScale(float absMax) {
        float scale = Math.min(LARGEST / absMax, Float.MAX_VALUE);
        return absMax == 0 || scale == 0 ? 1 : scale;
    }

    @Override
    public float[] decodeRows(QuantTensor tensor, int fromRow, int toRow) {
        Groups groups = new Groups(format.granularity(), tensor.rows(), tensor.cols());
        CodeRows codes = new CodeRows(format.layout(), tensor.cols(), tensor.codes());
        int start = fromRow * tensor.cols();
        float[] values = new float[toRow * tensor.cols() - start];
        groups.forEachRun(fromRow, toRow, (group, from, to) -> {
            float scale = MiniFloat.E4M3.decode(tensor.scales()[group]) * tensor.tensorScale();
            for (int i = from; i < to; i++) {
                values[i - start] = MiniFloat.E2M1.decode(codes.get(i)) * scale;
            }
        });
        return values;
    }
}
